"""Synthetic annual data of enterprises outside power: seeded, exact, without a database.

What a plant of an industry writes down in a month stands in the province's own folder; here it becomes a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from .facts import SINCE
from .generate import DAYS, SEED, Record, draw, months

HOURS = "running_hours"
MONTH = Decimal(720)


@dataclass(frozen=True, slots=True)
class Works:
    """A synthetic enterprise of another industry than power, with the guideline by which it accounts."""

    code: str
    region: str
    zh: str
    en: str
    sector: str
    guideline: str


def works_site(works: Works) -> dict[str, str]:
    """The one facility of a works."""
    return {
        "code": f"{works.code}-1", "zh": f"{works.zh}厂区", "en": f"{works.en}: site", "region": works.region,
        "since": SINCE.isoformat(),
    }  # fmt: skip


def works_units(typical: Mapping[str, Any], works: Works) -> list[dict[str, Any]]:
    """Its lines, processes or workshops as they are registered."""
    return [
        {
            "number": unit["number"],
            "attributes": {name: value for name, value in unit.items() if name != "number"},
            "since": SINCE.isoformat(),
        }
        for unit in industry_units(typical, works.code)
    ]


def size_of(typical: Mapping[str, Any], code: str) -> Decimal:
    """How large a plant is against the typical one of its industry."""
    return draw(Random(f"{SEED} {code} size"), *typical["order"])


def industry_units(typical: Mapping[str, Any], code: str) -> list[dict[str, str]]:
    """What the register says of a plant's units."""
    size, sized = size_of(typical, code), typical["sized"]
    return [
        {
            name: str((Decimal(value) * size).quantize(Decimal(value))) if name in sized else value
            for name, value in unit.items()
        }
        for unit in typical["units"]
    ]


def industry_year(typical: Mapping[str, Any], code: str, year: int) -> Record:
    """A plant's record of a year: twelve months of every unit, each like the typical one and none the same.

    Amounts follow the size of the plant and the hours that its units ran; of the rates, which do not, those that are
    tested come out a little different in every plant and month.
    """
    return {
        plural: [
            {name: value for name, value in unit.items() if name != "month"}
            | {"months": [_month(typical, unit["month"], (code, number), month) for month in months(year)]}
            for number, unit in enumerate(units, 1)
        ]
        for plural, units in typical["rows"].items()
    }


def _month(typical: Mapping[str, Any], row: Mapping[str, Any], unit: tuple[str, int], month: str) -> Record:
    """The plant's hours of the month are those of all its units: what one makes the next one uses."""
    code, number = unit
    own = Random(f"{SEED} {code} {number} {month}")
    ran = DAYS[int(month[5:])] * 24 * draw(Random(f"{SEED} {code} {month}"), "0.820", "0.985")
    size, rates, tested = size_of(typical, code), frozenset(typical["rates"]), frozenset(typical["tested"])

    def of(name: str, value: str) -> str:
        if name == HOURS:
            return str(ran.quantize(Decimal(value)))
        if name in tested:
            share = draw(Random(f"{SEED} {code} {name}"), "0.9850", "1.0150")
            share *= draw(Random(f"{SEED} {code} {number} {month} {name}"), "0.9880", "1.0120")
            return str((Decimal(value) * share).quantize(Decimal(value)))
        if name in rates or not value.replace(".", "").isdigit():
            return value
        share = ran / MONTH * size * draw(own, "0.9950", "1.0050")
        return str((Decimal(value) * share).quantize(Decimal(value)))

    stated: Record = {"month": month}
    for name, value in row.items():
        below = isinstance(value, list)
        stated[name] = (
            [{key: of(key, each) for key, each in line.items()} for line in value] if below else of(name, value)
        )
    return stated
