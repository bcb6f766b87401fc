"""What others may ask of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ledger import ledger_of
from .model import EnergyBalance, ReferencePoint

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Region


def reference(series: str, base: int, until: int) -> ReferencePoint | None:
    """The newest published point of a reference series."""
    points = ReferencePoint.objects.filter(series=series, base_year=base, year__lte=until)
    return points.order_by("-year", "-pk").first()


def energy_balance(region: Region, year: int, viewer: Actor) -> EnergyBalance | None:
    """The most settled balance of a region's energy in a year, of those that the viewer may see."""
    return ledger_of(region, viewer).energy.get(year)
