"""Days on which no value holds, whatever values there are: compared day by day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, combinations_with_replacement, pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from tanzhi.law.lacking import ENDING, MISSING, UNSURE, Lack, _days_of, _of_need, _uncovered, years_in_question
from tanzhi.law.needs import Need
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.entries import PERIOD_BEGINS, PERIOD_ENDS, DatedValue, Parameter, Period

A_DAY = timedelta(days=1)
DAYS = [date(2023, 12, 29) + number * A_DAY for number in range(7)]
STRETCHES = list(combinations_with_replacement(DAYS, 2))
PERIOD = Period(DAYS[1], DAYS[5])
YEAR = 2024
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)


def value(since: date, until: date, number: str = "1", **told: Any) -> DatedValue:
    return DatedValue(keys={}, value=Decimal(number), since=since, until=until, **told)


def within(first: date, last: date, period: Period = PERIOD) -> set[date]:
    return {day for day in DAYS if max(first, period.first) <= day <= min(last, period.last)}


def test_each_day_of_the_period_is_covered_or_told() -> None:
    """Stretches come in their order, and a day that is covered parts two of them."""
    for entries in [*([one] for one in STRETCHES), *combinations(STRETCHES, 2), []]:
        gaps = _uncovered([value(*days) for days in entries], PERIOD)
        told = [day for gap in gaps for day in DAYS if gap[0] <= day <= gap[1]]
        covered = set().union(*(within(*days) for days in entries))
        assert told == [day for day in DAYS if PERIOD.first <= day <= PERIOD.last and day not in covered]
        assert all(gap[1] + A_DAY < after[0] for gap, after in pairwise(gaps))


def test_a_value_holds_on_its_days_of_the_period() -> None:
    for days in STRETCHES:
        parts = _days_of(value(*days), PERIOD)
        assert [within(part.first, part.last) for part in parts] == ([within(*days)] if within(*days) else [])
        assert all(PERIOD.first <= part.first <= part.last <= PERIOD.last for part in parts)


def test_a_value_of_some_months_holds_in_them_alone() -> None:
    year = Period.of(YEAR)
    spring = value(date(2020, 1, 1), date(YEAR, 5, 15), months=(2, 5))
    assert _days_of(spring, year) == [Period.of(YEAR, 2), Period(date(YEAR, 5, 1), date(YEAR, 5, 15))]
    late = value(date(YEAR, 2, 10), PERIOD_ENDS, months=(2, 5))
    assert _days_of(late, year) == [Period(date(YEAR, 2, 10), date(YEAR, 2, 29)), Period.of(YEAR, 5)]
    assert _days_of(value(date(YEAR, 3, 1), PERIOD_ENDS, months=(2, 5)), year) == [Period.of(YEAR, 5)]
    assert _uncovered([spring], year) == [
        (FIRST, date(YEAR, 1, 31)),
        (date(YEAR, 3, 1), date(YEAR, 4, 30)),
        (date(YEAR, 5, 16), LAST),
    ]


def lacks(*entries: DatedValue, entered: tuple[DatedValue, ...] = (), rules: Any = None) -> list[Lack]:
    table = Parameter(name="factor", label=Text("系数", "factor"), unit="1", entries=entries, entered=entered)
    rules = rules or (SimpleNamespace(since=PERIOD_BEGINS, until=PERIOD_ENDS),)
    return _of_need("g", YEAR, table, Need("factor", (), rules, ()))


def told(rows: list[Lack]) -> list[tuple[str, date, date]]:
    return [(row.kind, row.first, row.last) for row in rows]


END_OF_2022, MIDDLE = date(2022, 12, 31), date(YEAR, 6, 30)


def test_a_year_without_a_value_lacks_it_and_a_year_with_one_for_a_part_lacks_the_rest() -> None:
    assert told(lacks()) == [(MISSING, FIRST, LAST)]
    old, older = value(date(2020, 1, 1), END_OF_2022, "2"), value(date(2019, 1, 1), date(2019, 12, 31), "3")
    for entries in ((old, older), (older, old)):
        (row,) = lacks(*entries)
        assert (row.kind, row.entry) == (MISSING, old)
    (row,) = lacks(value(date(2020, 1, 1), MIDDLE))
    assert (row.kind, row.first, row.last, row.entry and row.entry.until) == (ENDING, MIDDLE + A_DAY, LAST, MIDDLE)
    assert lacks(value(date(2020, 1, 1), LAST)) == lacks(value(FIRST, LAST)) == []


def test_before_its_law_begins_nothing_is_lacked() -> None:
    assert lacks(value(LAST + A_DAY, PERIOD_ENDS)) == []
    assert lacks(value(LAST, PERIOD_ENDS)) == []
    assert lacks(value(date(YEAR, 7, 1), PERIOD_ENDS)) == []
    late, end = value(date(YEAR, 7, 1), date(YEAR, 9, 30)), value(date(2026, 1, 1), PERIOD_ENDS)
    for entries in ((late, end), (end, late)):
        assert told(lacks(*entries)) == [(ENDING, date(YEAR, 10, 1), LAST)]
    assert told(lacks(value(FIRST, LAST, status="unsettled"))) == [(MISSING, FIRST, LAST)]


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        (PERIOD_BEGINS, MIDDLE, FIRST, MIDDLE),
        (MIDDLE, PERIOD_ENDS, MIDDLE, LAST),
        (date(YEAR, 3, 1), MIDDLE, date(YEAR, 3, 1), MIDDLE),
    ],
)
def test_a_value_is_lacked_on_the_days_of_the_rules_that_ask(since: date, until: date, first: date, last: date) -> None:
    rules = (SimpleNamespace(since=since, until=until), SimpleNamespace(since=first, until=first))
    assert told(lacks(rules=rules)) == [(MISSING, first, last)]


@pytest.mark.parametrize("status", ["draft", "provisional"])
def test_a_draft_is_unsure_on_its_days_until_a_value_is_entered(status: str) -> None:
    draft = value(date(YEAR, 3, 1), date(2026, 1, 1), "2", status=status)
    final = value(date(2020, 1, 1), date(YEAR, 2, 29))
    assert told(lacks(final, draft)) == [(UNSURE, date(YEAR, 3, 1), LAST)]
    assert lacks(final, draft)[0].entry is draft
    assert told(lacks(value(date(2020, 1, 1), MIDDLE, status=status), value(MIDDLE + A_DAY, LAST))) == [
        (UNSURE, FIRST, MIDDLE)
    ]
    assert lacks(final, draft, entered=(value(date(YEAR, 3, 1), LAST, "9"),)) == []
    assert told(lacks(final, draft, entered=(value(date(2019, 1, 1), date(2019, 12, 31), "9"),))) == [
        (UNSURE, date(YEAR, 3, 1), LAST)
    ]
    assert lacks(final, value(date(YEAR, 3, 1), LAST)) == []
    assert lacks(value(date(2020, 1, 1), PERIOD_ENDS), value(date(2026, 1, 1), PERIOD_ENDS, status=status)) == []


def test_a_value_is_entered_from_the_day_on_which_the_last_one_ended_unless_each_year_has_its_own() -> None:
    (row,) = lacks(value(date(2020, 1, 1), END_OF_2022))
    assert row.since == date(2023, 1, 1)
    (row,) = lacks(value(date(2022, 1, 1), END_OF_2022))
    assert row.since == FIRST
    (row,) = lacks()
    assert (row.since, row.sureness) == (FIRST, None)
    (row,) = lacks(value(date(2020, 1, 1), PERIOD_ENDS, status="draft"))
    assert row.since == FIRST


def test_three_years_are_in_question() -> None:
    assert years_in_question(date(2026, 7, 16)) == [2025, 2026, 2027]
