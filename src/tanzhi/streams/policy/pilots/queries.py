"""What others may ask of pilots."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .model import Pilot

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Region


def pilots(region: Region, on: date, topic: str) -> list[Pilot]:
    """Pilots of a topic that were named by a day."""
    rows = Pilot.objects.filter(region__path__startswith=region.path, topic=topic, named_on__lte=on)
    return list(rows.select_related("region", "organisation").order_by("kind", "region__path"))
