"""What others may ask of decompositions: the shares that were signed."""

from __future__ import annotations

from tanzhi.organisations.register.model import Region

from .model import SIGNED, Decomposition, Share


def signed_shares(region: Region, year: int) -> list[Share]:
    """The cities of the newest signed decomposition whose period holds the year."""
    signed = Decomposition.objects.filter(
        target__region=region, state=SIGNED, target__base_year__lt=year, target__end_year__gte=year
    )
    newest = signed.order_by("-signed_at", "-pk").first()
    return list(newest.shares.select_related("region", "decomposition__target")) if newest else []
