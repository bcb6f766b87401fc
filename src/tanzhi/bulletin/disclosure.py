"""What the law has made public about key emission units: who stands on the list of a year, and where."""

from __future__ import annotations

from datetime import date
from typing import Any

from tanzhi.figures import Question
from tanzhi.figures.basis import basis
from tanzhi.figures.places import region_of
from tanzhi.organisations.register.model import names_of
from tanzhi.organisations.register.queries import key_units


def disclosed(year: int, region: str = "") -> dict[str, Any]:
    """The list of key emission units (重点排放单位名录) of a year, as it stood on its last day."""
    place = region_of(Question(str(year), region))
    day = date(year, 12, 31)
    listed = list(key_units(day, place).select_related("region").order_by("code"))
    names = names_of(listed, day)
    return {
        "year": year,
        "region": {"code": place.code, "name": place.name.as_dict()},
        "basis": basis().as_dict(),
        "key_units": [
            {
                "code": unit.code,
                "name": names[unit.pk].as_dict() if unit.pk in names else None,
                "region": unit.region.name.as_dict(),
                "sector": unit.sector,
            }
            for unit in listed
        ],
    }
