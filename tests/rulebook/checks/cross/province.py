"""A made-up province of honest plants: what differs by nature, from plant to plant, month to month, year to year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from random import Random

from tanzhi.rulebook.checks.cross.limits import CrossLimits, cross_checks
from tanzhi.rulebook.checks.cross.year_books import GRID_BILL, FiledNumber, Series, Statistic, YearBook
from tanzhi.rulebook.kernel.text import same

YEAR = 2023
HOURS_OF = (744, 672, 744, 720, 744, 720, 744, 744, 720, 744, 720, 744)
# By industry: tonnes an hour, MWh and tonnes of coal by tonne of output, heat of the coal, tCO2 by tonne, diesel.
INDUSTRIES: Mapping[str, tuple[str, ...]] = {
    "cement": ("190", "0.058", "0.140", "23.2", "0.86"),
    "glass": ("33", "0.097", "0.180", "24.1", "0.71"),
    "paper": ("40", "0.420", "0.300", "21.7", "0.62"),
    "copper": ("35", "0.840", "0.125", "22.4", "0.88"),
    "ammonia": ("29", "1.140", "1.640", "25.3", "3.90"),
}


def limits() -> CrossLimits:
    """The limits that the package ships."""
    own = {field.name for field in fields(CrossLimits)}
    return CrossLimits(**{t.name: t.entries[-1].value for t in cross_checks.parameters if t.name in own})


def written(number: float, decimals: int) -> str:
    """A number as a meter writes it; noise is made in binary, what is filed is decimal."""
    return f"{number:.{decimals}f}"


def series(unit: str, row: str, field: str, rate: bool, values: Mapping[str, str], year: int = YEAR) -> Series:
    cells = {}
    for month, digits in values.items():
        place = f"{unit}.months[{month}]" + (f".{row}" if row else "")
        cells[month] = FiledNumber(f"v{year}", place, digits)
    return Series(unit, row, field, same(field), rate, cells)


def unit_year(random: Random, unit: str, typical: tuple[str, ...], year: int, own: Mapping[str, float]) -> list[Series]:
    """A unit's twelve months: the meters' noise of a month upon what the plant is."""
    columns: dict[tuple[str, str, bool], dict[str, str]] = {}

    def note(row: str, field: str, rate: bool, month: str, value: str) -> None:
        columns.setdefault((row, field, rate), {})[month] = value

    stands_still = random.randrange(12) if random.random() < 0.1 else None
    stock = 4000 + 2000 * random.random()
    hourly, power, coal, heat, _ = (float(Decimal(value)) for value in typical)
    for number, most in enumerate(HOURS_OF, 1):
        month = f"{year}-{number:02d}"
        hours = 0.0 if number == stands_still else most * random.uniform(0.8, 0.99)
        output = hourly * own["size"] * hours * random.gauss(1, 0.012)
        burned = output * coal * own["coal"] * random.gauss(1, 0.015)
        opening, used = written(stock, 2), written(burned, 2)
        delivery = burned * random.uniform(0.9, 1.1) + (3000 if stock < 1500 else 0)
        bought = written(delivery, 2)
        stock = float(Decimal(opening) + Decimal(bought) - Decimal(used))
        note("", "output", False, month, written(output, 2))
        note("", "running_hours", False, month, written(hours, 2))
        electricity = output * power * own["power"] * random.gauss(1, 0.015) + 12 * own["size"]
        note("", "electricity", False, month, written(electricity, 3))
        row = "fuels[bituminous]"
        for field, value in (
            ("opening_stock", opening), ("received", bought), ("fuel_consumption", used),
            ("closing_stock", written(stock, 2)),
        ):  # fmt: skip
            note(row, field, False, month, value)
        if own["tested"]:
            quality = random.gauss(1, 0.01)
            laboratory = Random(f"{unit} {month} {opening}")  # of its own: the other numbers stay what they are
            ash = 22 - (quality - 1) * 80 + laboratory.gauss(0, 0.4)  # what does not burn gives no heat
            note(row, "ash_air_dried", True, month, written(ash, 2))
            note(row, "net_calorific_value", True, month, written(heat * own["heat"] * quality, 3))
        # Started up now and then: a use that is not steady.
        note("fuels[diesel]", "fuel_consumption", False, month, written(random.expovariate(1 / 9), 2))
    return [series(unit, row, field, rate, values, year) for (row, field, rate), values in columns.items()]


def honest(number: int, random: Random) -> YearBook:
    """One plant with its year and the year before."""
    industry = list(INDUSTRIES)[number % len(INDUSTRIES)]
    typical = INDUSTRIES[industry]
    units = {f"lines[{n}]": "kiln" for n in range(1, 2 + number % 2)}
    own = {
        unit: {
            "size": random.uniform(0.4, 1.6), "power": random.gauss(1, 0.035), "coal": random.gauss(1, 0.025),
            "heat": random.gauss(1, 0.02), "tested": float(random.random() < 0.8),
        }
        for unit in units
    }  # fmt: skip

    def year_of(year: int, growth: float, intensity: float) -> YearBook:
        rows, emissions = [], {}
        for unit in units:
            rows += unit_year(random, unit, typical, year, own[unit] | {"size": own[unit]["size"] * growth})
            output = next(s for s in rows if (s.unit, s.field) == (unit, "output"))
            total = sum(cell.number for cell in output.months.values())
            factor = float(Decimal(typical[4])) * own[unit]["coal"] * intensity
            emissions[unit] = Decimal(written(float(total) * factor, 0))
        return YearBook(f"P{number:04d}", industry, year, "output", tuple(rows), units, emissions)

    before = year_of(YEAR - 1, 1, 1)
    now = year_of(YEAR, random.gauss(1.01, 0.03), random.gauss(0.995, 0.008))
    of_year = {(c.place, s.field): c for s in now.series for c in s.months.values()}
    used = [s for s in now.series if s.key == ("fuels[bituminous]", "fuel_consumption")]
    reported = sum((c.number for s in used for c in s.months.values()), Decimal(0))
    stated = reported * Decimal(written(random.gauss(1, 0.004), 5))
    statistic = Statistic(same("coal"), reported, stated, next(iter(used[0].months.values())), "fuel_consumption")
    powered = [s for s in now.series if s.field == "electricity"]
    bought = sum((c.number for s in powered for c in s.months.values()), Decimal(0))
    billed = bought * Decimal(written(Random(str(bought)).gauss(1, 0.002), 5))
    bill = Statistic(
        same("electricity"), bought, billed, next(iter(powered[0].months.values())), "electricity", GRID_BILL, bought
    )
    return replace(now, before=before, of_year=of_year, statistics=(statistic, bill))


def province(plants: int, seed: str = "honest") -> list[YearBook]:
    random = Random(seed)
    return [honest(number, random) for number in range(plants)]


Change = Callable[[str, str], str]


def changed(of: YearBook, unit: str, row: str, field: str, change: Change) -> YearBook:
    """A plant whose series is written otherwise: `change` gives each month's digits, or a blank for none."""
    rows = []
    for each in of.series:
        if (each.unit, each.row, each.field) == (unit, row, field):
            values = {month: change(month, cell.digits) for month, cell in each.months.items()}
            cells = {m: replace(each.months[m], digits=digits) for m, digits in values.items() if digits}
            rows.append(replace(each, months=cells))
        else:
            rows.append(each)
    return replace(of, series=tuple(rows))


def times(factor: str, *months: str) -> Change:
    """Some months' numbers by a factor, with as many decimals as they had."""

    def change(month: str, digits: str) -> str:
        scaled = (Decimal(digits) * Decimal(factor)).quantize(Decimal(digits))
        return str(scaled) if not months or month in months else digits

    return change
