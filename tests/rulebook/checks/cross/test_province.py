"""Twenty-odd kinds of planted errors are each found, and of a thousand honest plant-years at most ten are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from tanzhi.rulebook.checks.cross.run import cross_checked
from tanzhi.rulebook.checks.cross.year_books import CROSS_CHECKS, YearBook
from tests.rulebook.checks.cross.province import changed, limits, province, times

UNIT, COAL, HEAT = "lines[1]", "fuels[bituminous]", "net_calorific_value"
USED = "fuel_consumption"
MAY, JUNE, JULY = "2023-05", "2023-06", "2023-07"
HONEST = 1000
MOST_NAMED = 10


@pytest.fixture(scope="module")
def honest() -> list[YearBook]:
    """Some forty plants, none of which is asked anything; every test plants its error among them."""
    plants = province(45, "planted")
    named = {hit.plant for hit in cross_checked(plants, limits())}
    return [of for of in plants if of.plant not in named]


def test_of_a_thousand_honest_plant_years_at_most_ten_are_named() -> None:
    plants = province(HONEST)
    assert len(plants) == HONEST
    hits = cross_checked(plants, limits())
    assert len({hit.plant for hit in hits}) <= MOST_NAMED, sorted({(hit.plant, hit.code) for hit in hits})


def digits_of(of: YearBook, row: str, field: str, month: str, unit: str = UNIT) -> str:
    series = of.find(unit, row, field)
    assert series is not None
    return series.months[month].digits


def coal(change: Callable[[str, str], str]) -> Callable[[YearBook], YearBook]:
    return lambda of: changed(of, UNIT, COAL, USED, change)


def heat(change: Callable[[str, str], str]) -> Callable[[YearBook], YearBook]:
    return lambda of: changed(of, UNIT, COAL, HEAT, change)


def electricity(change: Callable[[str, str], str]) -> Callable[[YearBook], YearBook]:
    return lambda of: changed(of, UNIT, "", "electricity", change)


def has_tests(of: YearBook) -> bool:
    return of.find(UNIT, COAL, HEAT) is not None


def copy_a_month(of: YearBook) -> YearBook:
    for series in of.series:
        if series.unit == UNIT and not series.rate and series.field != "running_hours":
            digits = series.months[MAY].digits
            of = changed(of, UNIT, series.row, series.field, lambda m, d, x=digits: x if m == JUNE else d)  # type: ignore[misc]
    return of


def copy_a_year(of: YearBook) -> YearBook:
    assert of.before is not None
    for series in of.series:
        before = of.before.find(series.unit, series.row, series.field)
        if series.unit == UNIT and before is not None and "2022-06" in before.months:
            digits = before.months["2022-06"].digits
            of = changed(of, UNIT, series.row, series.field, lambda m, d, x=digits: x if m == JUNE else d)  # type: ignore[misc]
    return of


def copy_a_unit(of: YearBook) -> YearBook:
    """The second line states what the first one does."""
    twins = [replace(s, unit="lines[9]") for s in of.series if s.unit == UNIT]
    return replace(of, series=(*of.series, *twins), kinds={**of.kinds, "lines[9]": "kiln"})


def computed_from_output(of: YearBook) -> YearBook:
    output = of.find(UNIT, "", "output")
    assert output is not None
    ratio = Decimal("0.14")
    return coal(lambda m, d: str((Decimal(output.months[m].digits) * ratio).quantize(Decimal(d))))(of)


def interpolated(of: YearBook) -> YearBook:
    """Every second month is the mean of its neighbours."""

    def change(month: str, digits: str) -> str:
        number = int(month[5:])
        if number % 2 or number == 12:
            return digits
        around = [Decimal(digits_of(of, "", "electricity", f"2023-{n:02d}")) for n in (number - 1, number + 1)]
        return str((sum(around, Decimal(0)) / 2).quantize(Decimal(digits)))

    return electricity(change)(of)


def rounded(of: YearBook) -> YearBook:
    for series in of.series:
        if not series.rate and series.field != "running_hours":
            of = changed(of, series.unit, series.row, series.field, lambda m, d: d[:-1] + "0")
    return of


def still(of: YearBook) -> YearBook:
    return changed(of, UNIT, "", "running_hours", lambda m, d: "0.00" if m == JUNE else d)


def last_year_by_a_factor(of: YearBook) -> YearBook:
    before = of.before.find(UNIT, "", "electricity") if of.before else None
    assert before is not None
    grown = {m: Decimal(c.digits) * Decimal("1.03") for m, c in before.months.items()}
    return electricity(lambda m, d: str(grown[f"2022{m[4:]}"].quantize(Decimal(d))))(of)


def emitted(factor: str, output: str = "1") -> Callable[[YearBook], YearBook]:
    def change(of: YearBook) -> YearBook:
        more = {unit: (e * Decimal(factor)).quantize(Decimal(1)) for unit, e in of.emissions.items()}
        for unit in of.kinds:
            of = changed(of, unit, "", "output", times(output))
        return replace(of, emissions=more)

    return change


def stated_otherwise(of: YearBook) -> YearBook:
    key = (f"{UNIT}.months[{JUNE}].{COAL}", USED)
    return replace(of, of_year={**of.of_year, key: replace(of.of_year[key], digits="1.00")})


def statistics(of: YearBook) -> YearBook:
    book = of.statistics[0]
    return replace(of, statistics=(replace(book, stated=book.reported * Decimal("1.08")), *of.statistics[1:]))


def billed_less(of: YearBook) -> YearBook:
    statistics, bill = of.statistics
    return replace(of, statistics=(statistics, replace(bill, stated=bill.reported / Decimal("1.03"))))


def ash_with_heat(of: YearBook) -> YearBook:
    """Ash that was made up to follow the heat."""
    tested = of.find(UNIT, COAL, HEAT)
    assert tested is not None
    return changed(of, UNIT, COAL, "ash_air_dried", lambda m, d: f"{Decimal(tested.months[m].digits):.2f}")


def december(digits: str) -> Callable[[YearBook], YearBook]:
    return lambda of: changed(of, UNIT, COAL, "closing_stock", lambda m, d: digits if m == "2023-12" else d)


PLANTED: dict[str, tuple[str, Callable[[YearBook], YearBook]]] = {
    "a month's coal is a third too high": ("GEN-4", coal(times("1.33", JUNE))),
    "a month's electricity is half": ("GEN-4", electricity(times("0.5", JULY))),
    "a month's output is a quarter too low": (
        "GEN-4", lambda of: changed(of, UNIT, "", "output", times("0.75", JUNE)),
    ),
    "a month's heat is an eighth too high": ("GEN-4-NCV", heat(times("1.125", JUNE))),
    "the point slipped by one place": ("PRV-SCALE", electricity(times("10", JUNE))),
    "kWh instead of MWh in one month": ("PRV-SCALE", electricity(times("1000", MAY))),
    "kg instead of t in one month": ("PRV-SCALE", coal(times("1000", JULY))),
    "one test for four months": (
        "GEN-6-DIGITS", heat(lambda m, d: "23.417" if m in {"2023-03", "2023-04", MAY, JUNE} else d),
    ),
    "tests stop in November": ("GEN-11", heat(lambda m, d: "" if m in {"2023-11", "2023-12"} else d)),
    "a month is the last one again": ("PRV-COPY", copy_a_month),
    "a month is that of last year": ("GEN-16", copy_a_year),
    "two lines state the same": ("PRV-TWO-UNITS", copy_a_unit),
    "every number ends in nought": ("PRV-LAST-DIGIT", rounded),
    "coal is computed from clinker": ("PRV-RATIO", computed_from_output),
    "months are filled in between": ("PRV-BETWEEN", interpolated),
    "output at standstill": ("GEN-13", still),
    "a month's coal is left out": ("GEN-13-FUEL", coal(lambda m, d: "0.00" if m == JUNE else d)),
    "coal vanishes from the year's stock": ("GEN-1", december("45000.00")),
    "a month does not open where the last one closed": (
        "GEN-1-CARRY", lambda of: changed(of, UNIT, COAL, "opening_stock", times("1.5", JUNE)),
    ),
    "the year says otherwise than the month": ("GEN-14", stated_otherwise),
    "the year is last year's by three per cent": ("PRV-SCALED-YEAR", last_year_by_a_factor),
    "the statistics say eight per cent more": ("GEN-3", statistics),
    "the grid billed three per cent less": ("GEN-15", billed_less),
    "ash rises with the heat": ("GEN-7", ash_with_heat),
    "emission fell by half": ("GEN-5", emitted("0.5")),
    "emission by output rose by a fifth": ("GEN-5I", emitted("1.2")),
    "heat of another coal all year": ("PRV-RATE", heat(times("1.3"))),
    "electricity by output is far below like plants": ("PRV-USE", electricity(times("0.5"))),
    "electricity in kWh all year": ("PRV-USE", electricity(times("1000"))),
    "emission by output is far below like plants": ("PRV-INTENSITY", emitted("0.6")),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_error_is_found_at_its_plant_and_nowhere_else(kind: str, honest: list[YearBook]) -> None:
    code, plant_error = PLANTED[kind]
    at = next(n for n, of in enumerate(honest) if has_tests(of) and len(of.kinds) == 1 and ran_all_year(of))
    plants = [*honest]
    plants[at] = plant_error(plants[at])
    hits = cross_checked(plants, limits())
    assert code in {hit.code for hit in hits if hit.plant == plants[at].plant}
    assert {hit.plant for hit in hits} == {plants[at].plant}


def ran_all_year(of: YearBook) -> bool:
    hours = of.find(UNIT, "", "running_hours")
    return hours is not None and all(cell.number for cell in hours.months.values())


def test_numbers_of_another_plant_are_named_at_both(honest: list[YearBook]) -> None:
    first, second = (of for of in honest if of.industry == "cement" and ran_all_year(of)), iter(honest)
    source = next(first)
    target = next(of for of in second if of.industry == "cement" and of.plant != source.plant and ran_all_year(of))
    thief = target
    for series in source.series:
        if series.unit == UNIT and series.field in {"output", "electricity", USED, "received"}:
            digits = series.months[JUNE].digits
            thief = changed(thief, UNIT, series.row, series.field, lambda m, d, x=digits: x if m == JUNE else d)  # type: ignore[misc]
    plants = [thief if of.plant == target.plant else of for of in honest]
    twins = [hit for hit in cross_checked(plants, limits()) if hit.code == "PRV-TWIN"]
    assert {hit.plant for hit in twins} == {source.plant, target.plant}
    assert {row.plant for hit in twins for row in hit.compared if row.plant} == {source.plant, target.plant}


def test_every_check_has_a_planted_error() -> None:
    assert {code for code, _ in PLANTED.values()} | {"PRV-TWIN"} == set(CROSS_CHECKS)


def test_a_hit_names_its_cell_and_the_numbers_that_it_came_about_from(honest: list[YearBook]) -> None:
    of = next(of for of in honest if has_tests(of) and ran_all_year(of))
    wrong = coal(times("1.33", JUNE))(of)
    hits = [hit for hit in cross_checked([wrong], limits()) if hit.code == "GEN-4"]
    (hit,) = hits
    assert (hit.cell.place, hit.field) == (f"{UNIT}.months[{JUNE}].{COAL}", USED)
    assert hit.cell.digits == digits_of(wrong, COAL, USED, JUNE)
    assert [row.label.en for row in hit.compared[1:]] == [
        "median of the months", "median absolute deviation", "distance of this month",
    ]  # fmt: skip
