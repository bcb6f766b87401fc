"""Where the days of an entered value join, leave a gap to, or stand on those of other values: compared day by day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, combinations_with_replacement
from typing import Any

import pytest

from tanzhi.law.admission import _day_faults, _gaps, _limits, _names_a_day, _value_faults, yearly
from tanzhi.law.inputs import ParameterInput
from tanzhi.rulebook.clocks import MONTH_AND_DAY, WHOLE_DATE
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.entries import PERIOD_ENDS, DatedValue, Parameter

A_DAY = timedelta(days=1)
DAYS = [date(2023, 12, 28) + number * A_DAY for number in range(8)]
INNER = list(combinations_with_replacement(DAYS[2:6], 2))
"""What may be entered: with two days before and two after it."""
STANDING = [*([pair] for pair in combinations_with_replacement(DAYS, 2)), []]
STANDING += [[(DAYS[a], DAYS[b]), (DAYS[c], DAYS[d])] for a, b, c, d in combinations(range(8), 4)]
STANDING += [[(DAYS[0], DAYS[a]), (DAYS[b], PERIOD_ENDS)] for a, b in combinations(range(8), 2)]


def value(since: date, until: date, number: str = "1", **told: Any) -> DatedValue:
    return DatedValue(keys={}, value=Decimal(number), since=since, until=until, **told)


def table(*entries: DatedValue, unit: str = "1", whole: bool = False) -> Parameter:
    return Parameter(name="factor", label=Text("系数", "factor"), unit=unit, whole=whole, entries=entries)


def entered(since: date, until: date | None, **told: Any) -> ParameterInput:
    return ParameterInput(guideline="g", parameter="factor", value="1", unit="1", since=since, until=until, **told)


def codes(data: ParameterInput, parameter: Parameter) -> list[str]:
    return [finding.code for finding in _day_faults(data, "g.factor", parameter)]


def days(first: date, last: date) -> set[date]:
    return {day for day in DAYS if first <= day <= last}


def gaps_of(since: date, until: date, others: list[tuple[date, date]]) -> list[str]:
    """The days without any value between it and the next before, and the next after it."""
    covered = days(since, until).union(*(days(*other) for other in others))
    found = []
    earlier, later = [last for _, last in others if last < since], [first for first, _ in others if first > until]
    before = [day for day in DAYS if earlier and max(earlier) < day < since]
    after = [day for day in DAYS if later and until < day < min(later)]
    for stretch in (before, after):
        if stretch and not set(stretch) & covered:
            found.append(f"{stretch[0]} … {stretch[-1]}")
    return found


def test_days_that_no_value_covers_are_a_gap() -> None:
    for since, until in INNER:
        for others in STANDING:
            assert list(_gaps(since, until, [value(*other) for other in others])) == gaps_of(since, until, others), (
                since,
                until,
                others,
            )


@pytest.mark.parametrize("supersedes", [True, False])
def test_a_value_says_that_it_stands_in_place_of_another_where_it_does(supersedes: bool) -> None:
    for since, until in INNER:
        for others in STANDING:
            common = any(days(since, until) & days(*other) for other in others)
            found = codes(entered(since, until, supersedes=supersedes), table(*(value(*other) for other in others)))
            assert ("LAW-OVERLAP" in found) is (common and not supersedes)
            assert ("LAW-NOTHING" in found) is (supersedes and not common)
            each_year_anew = others and all(last != PERIOD_ENDS for _, last in others)
            assert found.count("LAW-GAP") == (0 if each_year_anew else len(gaps_of(since, until, others)))


def test_of_several_it_tells_the_first_and_its_days() -> None:
    first, second = value(DAYS[0], DAYS[3], "7", source="公告一"), value(DAYS[4], DAYS[7], "8", source="公告二")
    (finding,) = _day_faults(entered(DAYS[2], DAYS[5]), "g.factor", table(first, second))
    assert finding.found == f"{DAYS[2]} … {DAYS[3]}: 7 (公告一)"
    (finding,) = _day_faults(entered(DAYS[2], None), "g.factor", table(value(DAYS[0], PERIOD_ENDS, "7")))
    assert finding.found == f"{DAYS[2]} …: 7 ()"
    unsettled = value(DAYS[0], DAYS[7], status="unsettled")
    assert codes(entered(DAYS[2], DAYS[5]), table(unsettled)) == []


def test_values_of_one_year_each_are_yearly_and_leave_the_years_between_open() -> None:
    def year_of(first: int, until: date | None = None, **told: Any) -> DatedValue:
        return value(date(first, 1, 1), until or date(first, 12, 31), **told)

    assert yearly(table(year_of(2023), year_of(2024)), {})
    assert not yearly(table(), {})
    assert not yearly(table(year_of(2023), year_of(2024, PERIOD_ENDS)), {})
    assert not yearly(table(year_of(2023), year_of(2024, date(2025, 1, 1))), {})
    assert yearly(table(year_of(2023), year_of(2024, PERIOD_ENDS, status="unsettled")), {})
    assert not yearly(table(year_of(2023, status="unsettled")), {})
    assert codes(entered(date(2026, 1, 1), date(2026, 12, 31)), table(year_of(2024))) == []
    long = table(year_of(2023, date(2024, 12, 31)))
    assert codes(entered(date(2026, 1, 1), date(2026, 12, 31)), long) == ["LAW-GAP"]


@pytest.mark.parametrize(
    ("unit", "number", "right"),
    [
        (MONTH_AND_DAY, 331, True),
        (MONTH_AND_DAY, 229, False),
        (MONTH_AND_DAY, 20240122, False),
        (WHOLE_DATE, 20240122, True),
        (WHOLE_DATE, 20240229, True),
        (WHOLE_DATE, 20230229, False),
        (WHOLE_DATE, 331, False),
    ],
)
def test_a_number_that_stands_for_a_day_names_one(unit: str, number: int, right: bool) -> None:
    assert _names_a_day(unit, Decimal(number)) is right


@pytest.mark.parametrize(
    ("unit", "standing", "low", "high"),
    [
        ("1", ["0", "5"], "0", "1E+20"),
        ("1", ["-0.5", "5"], "-1E+20", "1E+20"),
        ("%", ["0", "100"], "0", "100"),
        ("%", ["100.5", "3"], "0", "1E+20"),
        ("1", ["100"], "0", "1E+20"),
        ("1", ["0.5"], "0", "1E+20"),
    ],
)
def test_the_limits_are_those_of_the_values_that_stand(unit: str, standing: list[str], low: str, high: str) -> None:
    assert _limits(unit, [Decimal(v) for v in standing]) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("0.0021", None),
        ("0.002", "LAW-RANGE"),
        ("4999", None),
        ("5000", "LAW-RANGE"),
        ("0", None),
        ("-1", "LAW-RANGE"),
        ("2.5", None),
        ("x", "LAW-VALUE"),
    ],
)
def test_a_value_a_thousand_times_beside_all_others_is_of_another_unit(number: str, code: str | None) -> None:
    """Two and five stand, so that more than 0.002 and less than 5000 may come."""
    others = table(value(DAYS[0], DAYS[1], "2"), value(DAYS[2], DAYS[3], "5"))
    data = entered(DAYS[4], DAYS[5]).model_copy(update={"value": number})
    found = list(_value_faults(data, "g.factor", others))
    assert [finding.code for finding in found] == ([code] if code else [])
    if number in {"0.002", "5000"}:
        assert str(found[0].expected.en) == "of the size of 2 … 5 1"


@pytest.mark.parametrize(("number", "right"), [("3", True), ("3.0", True), ("3.5", False)])
def test_a_count_is_whole(number: str, right: bool) -> None:
    for whole in (True, False):
        data = entered(DAYS[4], DAYS[5]).model_copy(update={"value": number})
        found = list(_value_faults(data, "g.factor", table(value(DAYS[0], DAYS[1], "2"), whole=whole)))
        assert [finding.code for finding in found] == ([] if right or not whole else ["LAW-VALUE"])
