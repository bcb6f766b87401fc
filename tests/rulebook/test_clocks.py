"""Legal clocks, counted by hand on a wall calendar."""

from datetime import date
from decimal import Decimal

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.rulebook.clocks import (
    Calendar,
    CalendarFault,
    add_natural_days,
    add_working_days,
    day_of_year,
    deposit_due,
    last_day,
    whole_date,
    working_days_between,
)

# 2024: National Day holidays from Tuesday 1 to Monday 7 October; Sunday 29 September and Saturday 12 October worked.
AUTUMN = Calendar(
    years=frozenset({2024}),
    holidays=frozenset(date(2024, 10, d) for d in range(1, 8)),
    working_weekends=frozenset({date(2024, 9, 29), date(2024, 10, 12)}),
)
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("month", "days", "due"),
    [
        ("2024-06", 40, (2024, 8, 9)),
        ("2023-12", 40, (2024, 2, 9)),
        ("2024-01", 40, (2024, 3, 11)),
        ("2024-06", 20, (2024, 7, 20)),
    ],
)
def test_a_month_is_deposited_by_the_fortieth_natural_day_after_its_end(month, days, due):
    assert deposit_due(month, days) == date(*due)


def test_the_last_day_of_a_month_knows_leap_years_and_december():
    assert [last_day(m).day for m in ("2024-02", "2023-02", "2023-12")] == [29, 28, 31]


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ((9, 27), 1, (9, 29)),
        ((9, 30), 1, (10, 8)),
        ((10, 11), 1, (10, 12)),
        ((9, 30), 5, (10, 12)),
        ((10, 8), -1, (9, 30)),
        ((10, 5), 0, (10, 5)),
    ],
)
def test_working_days_skip_holidays_and_count_weekends_worked_in_exchange(start, days, end):
    assert add_working_days(date(2024, *start), days, AUTUMN) == date(2024, *end)


def test_working_days_between_are_signed():
    start, end = date(2024, 9, 30), date(2024, 10, 12)
    assert working_days_between(start, end, AUTUMN) == 5
    assert working_days_between(end, start, AUTUMN) == -5


@given(DAYS, st.integers(0, 40))
def test_counting_back_what_was_added_gives_the_same_number(start, days):
    try:
        end = add_working_days(start, days, AUTUMN)
    except CalendarFault:
        return
    assert working_days_between(start, end, AUTUMN) == days


@given(DAYS, st.integers(-400, 400))
def test_natural_days_are_calendar_days(start, days):
    assert (add_natural_days(start, days) - start).days == days


def test_a_year_that_the_calendar_does_not_cover_is_named_and_never_guessed():
    with pytest.raises(CalendarFault, match="2025") as fault:
        add_working_days(date(2024, 12, 31), 1, AUTUMN)
    assert fault.value.year == 2025


def test_the_calendar_takes_its_days_from_a_published_table():
    days = [add_natural_days(date(2024, 1, 1), n) for n in range(366)]
    calendar = Calendar(
        years=frozenset({2024}),
        holidays=frozenset(d for d in days if d.weekday() < 5 and not chinese_calendar.is_workday(d)),
        working_weekends=frozenset(d for d in days if d.weekday() >= 5 and chinese_calendar.is_workday(d)),
    )
    assert all(calendar.is_working(d) == chinese_calendar.is_workday(d) for d in days)


def test_a_number_names_a_day_by_its_digits():
    assert day_of_year(Decimal(331), 2024) == date(2024, 3, 31)
    assert day_of_year(Decimal("1231"), 2023) == date(2023, 12, 31)
    assert day_of_year(Decimal(229), 2024) == date(2024, 2, 29)
    assert whole_date(Decimal(20240122)) == date(2024, 1, 22)
    assert whole_date(Decimal("20231231")) == date(2023, 12, 31)


@pytest.mark.parametrize("written", ["331.5", "0", "1301", "229", "20240122"])
def test_a_number_that_is_no_day_of_a_year_is_refused(written):
    with pytest.raises(ValueError, match=r"day|month|range"):
        day_of_year(Decimal(written), 2023)


@pytest.mark.parametrize("written", ["20240122.5", "331", "20230229", "20241301"])
def test_a_number_that_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match=r"day|month|range|year"):
        whole_date(Decimal(written))
