"""Synthetic monthly data of an example's power enterprises: seeded, exact, without a database.

Every number is drawn as a whole number of its smallest unit, so the same seed gives the same digits on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

SEED = 2023
CENT = Decimal("0.01")
DAYS = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
LABORATORY = "示例煤质检测中心（虚构）"
WINTER = {1, 2, 3, 11, 12}

Record = dict[str, Any]


@dataclass(frozen=True)
class Plant:
    """A synthetic power enterprise: the rated power of its units in MW, and whether they also supply heat."""

    code: str
    region: str
    zh: str
    en: str
    units: tuple[int, ...]
    heat: bool
    boiler: str = "pulverised"


def two(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def draw(random: Random, low: str, high: str) -> Decimal:
    """An even draw between two decimals, to the digits in which they are written."""
    first, last = Decimal(low), Decimal(high)
    digits = max(0, -int(first.as_tuple().exponent))
    return Decimal(random.randint(int(first.scaleb(digits)), int(last.scaleb(digits)))).scaleb(-digits)


@dataclass(frozen=True)
class Coal:
    """One month's as-fired coal as the laboratory and the plant report it."""

    carbon_air_dried: Decimal
    moisture_air_dried: Decimal
    moisture_as_received: Decimal
    ash_air_dried: Decimal
    net_calorific_value: Decimal


def coal_of(plant: Plant, month: str) -> Coal:
    """A plant burns much the same coal all year; each month's test differs a little."""
    own, now = Random(f"{SEED} {plant.code}"), Random(f"{SEED} {plant.code} {month}")
    turn = draw(now, "-0.90", "0.90")
    carbon = draw(own, "55.00", "59.50") + turn
    dry, wet = draw(now, "3.60", "5.20"), draw(own, "11.00", "15.00") + draw(now, "-0.60", "0.60")
    as_received = carbon / 100 * (100 - wet) / (100 - dry)
    heat = as_received / draw(now, "0.02600", "0.02650")
    ash = draw(now, "24.20", "25.80") - turn * 2  # where there is less carbon there is more ash, and less heat
    return Coal(carbon, dry, wet, ash, heat.quantize(Decimal("0.001"), ROUND_HALF_UP))


def production(plant: Plant, unit: int, month: str) -> Record:
    """Hours, generation and heat of a unit in a month; every unit rests for a while once a year."""
    rated, number = plant.units[unit - 1], int(month[5:])
    random = Random(f"{SEED} {plant.code} {unit} {month}")
    rest = Random(f"{SEED} {plant.code} {unit}").choice([4, 5, 6, 9, 10])
    possible = DAYS[number] * 24
    share = draw(random, "0.40", "0.55") if number == rest else draw(random, "0.80", "0.96")
    hours = two(possible * share)
    load = draw(random, "0.5200", "0.6700") + (Decimal("0.03") if number in WINTER | {7, 8} else 0)
    generation = (rated * hours * load).quantize(Decimal("0.001"), ROUND_HALF_UP)
    heat = two(rated * hours * draw(random, "0.80", "1.10")) if plant.heat and number in WINTER else Decimal("0.00")
    if plant.heat and number not in WINTER:
        heat = two(rated * hours * draw(random, "0.20", "0.26"))
    return {"running_hours": str(hours), "generation": str(generation), "heat_supplied": str(heat)}


def coal_used(plant: Plant, unit: int, month: str, output: Record, coal: Coal) -> Decimal:
    """Coal burned for what was produced, by the heat rate of a unit of that size, t."""
    rated = plant.units[unit - 1]
    random = Random(f"{SEED} {plant.code} {unit} {month} coal")
    rate = (Decimal("9.15") if rated >= 600 else Decimal("9.70")) + draw(random, "-0.10", "0.10")
    heat = Decimal(output["generation"]) * rate + Decimal(output["heat_supplied"]) * Decimal("0.72")
    return two(heat / coal.net_calorific_value)


def months(year: int, last: int = 12) -> list[str]:
    return [f"{year}-{number:02d}" for number in range(1, last + 1)]


def coal_stock(plant: Plant, unit: int, used: dict[str, Decimal]) -> Iterator[tuple[str, Record]]:
    """Opening stock, receipts and closing stock of each month: each opens with what the last one left."""
    opening = Decimal(plant.units[unit - 1] * 90)
    for month, quantity in used.items():
        closing = opening + draw(Random(f"{SEED} {plant.code} {unit} {month} stock"), "-2000.00", "2000.00")
        yield (
            month,
            {
                "opening_stock": str(two(opening)),
                "received": str(two(closing - opening + quantity)),
                "closing_stock": str(two(closing)),
            },
        )
        opening = closing


def diesel(plant: Plant, unit: int, month: str) -> Record:
    quantity = draw(Random(f"{SEED} {plant.code} {unit} {month} diesel"), "8.00", "60.00")
    return {"fuel": "diesel", "fuel_consumption": str(quantity)}


def laboratory_report(plant: Plant, month: str) -> Record:
    """The report on the month's coal: sampled at its end, dated eight days later, from an accredited laboratory."""
    sampled = date.fromisoformat(f"{month}-28")
    return {
        "report_number": f"{plant.code}-{month}",
        "sampling_date": sampled.isoformat(),
        "report_date": (sampled + timedelta(days=8)).isoformat(),
        "laboratory_mark": "cma",
    }


def tested_coal(plant: Plant, month: str) -> Record:
    """The same report as the laboratory wrote it: one for the coal of all units, named by the months' rows."""
    coal, stated = coal_of(plant, month), laboratory_report(plant, month)
    sampled = date.fromisoformat(stated["sampling_date"])
    return {
        "report": stated["report_number"],
        "month": month,
        "material": "bituminous",
        "sample_number": f"{plant.code}-{month}-01",
        "sampled_on": sampled.isoformat(),
        "received_on": (sampled + timedelta(days=1)).isoformat(),
        "tested_on": (sampled + timedelta(days=5)).isoformat(),
        "reported_on": stated["report_date"],
        "laboratory": LABORATORY,
        "laboratory_mark": stated["laboratory_mark"],
        "standard": "GB/T 476",
        "carbon_air_dried": str(coal.carbon_air_dried),
        "moisture_air_dried": str(coal.moisture_air_dried),
        "ash_air_dried": str(coal.ash_air_dried),
        "hydrogen_air_dried": str(draw(Random(f"{SEED} {plant.code} {month} hydrogen"), "3.20", "4.40")),
        "total_sulphur": str(draw(Random(f"{SEED} {plant.code} {month} sulphur"), "0.40", "1.10")),
        "net_calorific_value": str(coal.net_calorific_value),
    }


def fuel_rows(coal: Coal, quantity: Decimal, more: Record, second: Record) -> list[Record]:
    first = {
        "fuel": "bituminous",
        "fuel_consumption": str(quantity),
        **{name: str(getattr(coal, name)) for name in Coal.__dataclass_fields__},
        **more,
    }
    return [first, second]


def unit_year(plant: Plant, unit: int, of: list[str], scale: Decimal, more: Decimal = Decimal(0)) -> Record:
    """A unit's months; `scale` calibrates the plausible consumption, `more` is added in the last month."""
    coals = {month: coal_of(plant, month) for month in of}
    output = {month: production(plant, unit, month) for month in of}
    used = {month: two(coal_used(plant, unit, month, output[month], coals[month]) * scale) for month in of}
    used[of[-1]] += more
    stock = dict(coal_stock(plant, unit, used))
    return {
        "unit": str(unit),
        "months": [
            {
                "month": month,
                **output[month],
                "fuels": fuel_rows(
                    coals[month],
                    used[month],
                    stock[month] | laboratory_report(plant, month),
                    diesel(plant, unit, month),
                ),
            }
            for month in of
        ],
    }


def enterprise_year(plant: Plant, of: list[str], scale: Decimal, more: Decimal = Decimal(0)) -> Record:
    """An enterprise's record as the rulebook reads it; `more` goes to its last unit."""
    last = len(plant.units)
    return {
        "enterprise": plant.code,
        "units": [
            unit_year(plant, unit, of, scale, more if unit == last else Decimal(0)) for unit in range(1, last + 1)
        ],
    }


@dataclass(frozen=True)
class Calibration:
    """What makes the province's rounded total exactly the one that the example must publish."""

    scale: Decimal
    more: Decimal


def calibrate(
    every: list[Plant],
    target: int,
    emission: Callable[[Plant, Record], Decimal],
    per_tonne: Decimal = Decimal("1.95"),
) -> Calibration:
    """Scale the coal, then let the last unit's December take up what is left, in steps of 0.01 t.

    `emission` is the rulebook's enterprise total in t; `per_tonne` roughly the CO2 of a tonne of coal.
    """
    of = months(2023)
    first = sum((emission(plant, enterprise_year(plant, of, Decimal(1))) for plant in every), Decimal(0))
    scale = (Decimal(target) / first).quantize(Decimal("0.000001"), ROUND_HALF_UP)
    fixed = sum((emission(plant, enterprise_year(plant, of, scale)) for plant in every[:-1]), Decimal(0))
    more = Decimal(0)
    for _ in range(40):
        left = Decimal(target) - fixed - emission(every[-1], enterprise_year(every[-1], of, scale, more))
        if left == 0:
            return Calibration(scale, more)
        more += two(left / per_tonne) or CENT.copy_sign(left)
    raise ValueError(f"no consumption of the last unit gives {target} t exactly; {left} t are left")
