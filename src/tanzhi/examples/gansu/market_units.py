"""Synthetic allocation data of 2021 and 2022: seeded, calibrated by the rulebook to exact totals for the two years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from tanzhi.examples.generate import Plant, draw
from tanzhi.law.evaluation import evaluate
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel import RecordNode

from .data import plants

YEARS = (2021, 2022)
OWED, ISSUED = 192_000_000, 188_000_000
IN_THE_CYCLE = 20
SHORT = "P16"
"""The plant whose gap exceeds a fifth: it is topped up."""
KILO = Decimal("0.001")

Record = dict[str, Any]
Filed = dict[tuple[str, int], Record]


def cycle_plants() -> list[Plant]:
    """The plants of the cycle; the others came into operation or onto the list later."""
    return plants()[:IN_THE_CYCLE]


@dataclass(frozen=True, slots=True)
class AllocationOutcome:
    """What the rulebook makes of a plant's year."""

    obligation: int
    allowance: int


def allocation_data() -> tuple[Filed, dict[tuple[str, int], AllocationOutcome]]:
    """Every plant's filed record for both years, and what comes of it; the totals are OWED and ISSUED exactly."""
    filed = {
        (plant.code, year): {"units": [_unit(plant, number, year) for number in range(1, len(plant.units) + 1)]}
        for plant in cycle_plants()
        for year in YEARS
    }
    _emit(filed)
    # Four fifths of the emission of the plant whose gap is capped; its own output does not matter.
    required = Decimal(
        ISSUED - sum(_number(node, "enterprise_allowance") for key, node in _nodes(filed) if key[0] == SHORT)
    )
    own = sum(
        _number(unit, "initial_allowance") for key, node in _nodes(filed) if key[0] != SHORT for unit in node.children
    )
    # Scale output, and with it the allowances, of all but the capped plant.
    scale = required / own
    for (code, _), record in filed.items():
        for unit in record["units"] if code != SHORT else ():
            unit["unit_power_supplied"] = str((Decimal(unit["unit_power_supplied"]) * scale).quantize(KILO))
            if "unit_heat" in unit:
                unit["unit_heat"] = str((Decimal(unit["unit_heat"]) * scale).quantize(Decimal("0.01")))
    # The last unit of the last year takes up what is left, in steps of 0.001 MWh.
    key = next(reversed(filed))
    fixed = sum(_number(node, "enterprise_allowance") for other, node in _nodes(filed) if other != key)
    unit = filed[key]["units"][-1]
    for _ in range(60):
        left = ISSUED - fixed - _number(_evaluated(*key, filed[key]), "enterprise_allowance")
        if left == 0:
            break
        step = (Decimal(left) / Decimal("0.92")).quantize(KILO)
        unit["unit_power_supplied"] = str(Decimal(unit["unit_power_supplied"]) + step)
    else:
        raise ValueError(f"no output of the last unit gives {ISSUED} t exactly; {left} t are left")
    return filed, {
        key: AllocationOutcome(_number(node, "enterprise_obligation"), _number(node, "enterprise_allowance"))
        for key, node in _nodes(filed)
    }


def _unit(plant: Plant, number: int, year: int) -> Record:
    """A unit's class, output and load; air-cooled as the register says."""
    rated, random = plant.units[number - 1], Random(f"market {plant.code} {number} {year}")
    hours = draw(random, "4900", "6300")
    load = draw(random, "62.00", "78.00")
    power = (rated * hours).quantize(KILO)
    row = {
        "unit": str(number),
        "unit_class": "III" if plant.code == SHORT else "I" if rated >= 400 else "II",
        "unit_power_supplied": str(power),
        "load_coefficient": str(load),
    }
    if plant.heat:
        row |= {"unit_heat": str((power * draw(random, "1.10", "1.70")).quantize(Decimal("0.01")))}
        row |= {"heat_ratio": str(draw(random, "0.1400", "0.2100"))}
    return row


def _emit(filed: Filed) -> None:
    """Emissions about the allowances, some plants above and some below, adding up to what is owed."""
    units = [
        (code, unit, node)
        for (code, year), root in _nodes(filed)
        for unit, node in zip(filed[code, year]["units"], root.children, strict=True)
    ]
    # How far a plant emits above its benchmark.
    raw = [
        Decimal(_number(node, "initial_allowance"))
        * (Decimal("1.34") if code == SHORT else draw(Random(f"market ratio {code}"), "0.940", "1.110"))
        for code, _, node in units
    ]
    scale = Decimal(OWED) / sum(raw)
    whole = [int(amount * scale) for amount in raw]
    whole[-1] += OWED - sum(whole)
    for (_, unit, _), emission in zip(units, whole, strict=True):
        unit["unit_obligation_emission"] = str(emission)
    for (code, year), record in filed.items():
        for unit, first in zip(record["units"], filed[code, YEARS[0]]["units"], strict=True):
            unit["base_emission"] = first["unit_obligation_emission"]
        filed[code, year] = record


def _nodes(filed: Filed) -> list[tuple[tuple[str, int], RecordNode]]:
    return [(key, _evaluated(key[0], key[1], record)) for key, record in filed.items()]


def _evaluated(code: str, year: int, record: Record) -> RecordNode:
    """As the platform will evaluate it: the register says that every unit is cooled by air."""
    units = [{"cooling": "air", **unit} for unit in record["units"]]
    return evaluate(power_allocation, year, {"enterprise": code, "units": units})


def _number(node: RecordNode, name: str) -> int:
    return int(node.value(name).number or 0)
