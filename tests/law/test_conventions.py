"""Deadlines by each way of counting, by hand on the calendar of autumn 2024."""

from __future__ import annotations

from datetime import date

import pytest

from tanzhi.law.calendar.days import Convention
from tanzhi.rulebook.clocks import Calendar
from tanzhi.rulebook.kernel import Text

# National Day holidays from Tuesday 1 to Monday 7 October; Sunday 29 September and Saturday 12 October worked.
AUTUMN = Calendar(
    years=frozenset({2024}),
    holidays=frozenset(date(2024, 10, d) for d in range(1, 8)),
    working_weekends=frozenset({date(2024, 9, 29), date(2024, 10, 12)}),
)


def convention(working: bool, from_same_day: bool, gives_way: bool) -> Convention:
    return Convention("x", Text("日", "days"), working, from_same_day, gives_way, "")


@pytest.mark.parametrize(
    ("working", "from_same_day", "gives_way", "start", "days", "due"),
    [
        (False, False, False, (9, 25), 7, (10, 2)),
        (False, False, True, (9, 25), 7, (10, 8)),
        (False, True, False, (9, 25), 7, (10, 1)),
        (False, True, True, (9, 25), 6, (9, 30)),
        (False, False, True, (9, 23), 3, (9, 26)),
        (False, False, True, (9, 23), 6, (9, 29)),
        (False, False, True, (9, 23), 5, (9, 29)),
        (True, False, False, (9, 30), 1, (10, 8)),
        (True, False, True, (9, 30), 5, (10, 12)),
        (True, True, False, (9, 30), 1, (9, 30)),
        (True, True, False, (9, 30), 2, (10, 8)),
    ],
)
def test_a_deadline_ends_as_its_convention_says(
    working: bool, from_same_day: bool, gives_way: bool, start: tuple[int, int], days: int, due: tuple[int, int]
) -> None:
    how = convention(working, from_same_day, gives_way)
    assert how.due(date(2024, *start), days, AUTUMN) == date(2024, *due)


@pytest.mark.parametrize(
    ("working", "today", "left"),
    [(False, (9, 30), 12), (False, (10, 12), 0), (False, (10, 13), -1), (True, (9, 30), 5), (True, (10, 14), -1)],
)
def test_what_is_left_is_counted_as_the_deadline_is(working: bool, today: tuple[int, int], left: int) -> None:
    assert convention(working, False, False).left(date(2024, *today), date(2024, 10, 12), AUTUMN) == left
