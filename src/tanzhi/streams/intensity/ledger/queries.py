"""What others may ask of the ledger."""

from __future__ import annotations

from .model import ReferencePoint


def reference(series: str, base: int, until: int) -> ReferencePoint | None:
    """The newest published point of a reference series."""
    points = ReferencePoint.objects.filter(series=series, base_year=base, year__lte=until)
    return points.order_by("-year", "-pk").first()
