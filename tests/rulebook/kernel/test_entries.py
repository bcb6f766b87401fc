"""Days of the law: what meets, covers and stands outside of what, compared with the days one by one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations_with_replacement, product

import pytest

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.entries import PERIOD_ENDS, DatedValue, Parameter, Period

FIRST = date(2023, 12, 29)
WEEK = [FIRST + timedelta(days=number) for number in range(6)]
STRETCHES = list(combinations_with_replacement(WEEK, 2))
"""All periods of these six days, which lie in two years."""


def days(first: date, last: date) -> set[date]:
    return {day for day in WEEK if first <= day <= last}


def value(since: date, until: date, months: tuple[int, ...] = (), **keys: str) -> DatedValue:
    codes = {name: tuple(words.split()) for name, words in keys.items()}
    return DatedValue(keys=codes, value=Decimal(1), since=since, until=until, months=months)


def pairs() -> Iterator[tuple[tuple[date, date], tuple[date, date]]]:
    return product(STRETCHES, STRETCHES)


def test_periods_meet_where_they_have_a_day_in_common() -> None:
    for one, other in pairs():
        common = bool(days(*one) & days(*other))
        assert Period(*one).meets(Period(*other)) is common
        assert value(*one).touches(Period(*other)) is common
        assert value(*one).overlaps(value(*other)) is common


def test_a_value_covers_the_periods_all_of_whose_days_are_its_own() -> None:
    for one, other in pairs():
        assert value(*one).covers(Period(*other)) is (days(*other) <= days(*one))


def test_outside_another_stand_the_days_that_are_not_the_others() -> None:
    for one, other in pairs():
        if days(*one) & days(*other):
            parts = [days(part.since, part.until) for part in value(*one).outside(value(*other))]
            assert set().union(*parts) == days(*one) - days(*other)
            assert all(parts)


@pytest.mark.parametrize("year", [2023, 2024])
def test_a_year_and_its_months_have_the_days_of_the_calendar(year: int) -> None:
    assert Period.of(year) == Period(date(year, 1, 1), date(year, 12, 31)) == Period.spanning(year)
    for month in range(1, 13):
        assert Period.of(year, month) == Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    assert Period.spanning(FIRST) == Period(FIRST, FIRST)
    assert Period.spanning(Period.of(year)) == Period.of(year)


def test_a_value_of_some_months_covers_them_alone() -> None:
    march = value(date(2023, 1, 1), PERIOD_ENDS, (3, 4))
    assert [month for month in range(1, 13) if march.covers(Period.of(2024, month))] == [3, 4]
    assert march.covers(Period(date(2024, 3, 2), date(2024, 3, 9)))
    assert not march.covers(Period(date(2024, 3, 1), date(2024, 4, 30)))
    assert not march.covers(Period(date(2024, 3, 1), date(2025, 3, 31)))
    assert not march.covers(Period.of(2024))
    assert value(date(2023, 1, 1), PERIOD_ENDS).covers(Period.of(2024))


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [((3, 4), (4, 5), True), ((3,), (4,), False), ((), (4,), True), ((3,), (), True), ((), (), True)],
)
def test_values_of_other_months_do_not_overlap(one: tuple[int, ...], other: tuple[int, ...], overlap: bool) -> None:
    assert value(FIRST, PERIOD_ENDS, one).overlaps(value(FIRST, PERIOD_ENDS, other)) is overlap


@pytest.mark.parametrize(
    ("fuel", "use", "common"), [("coal", "power", True), ("gas", "power", False), ("coal", "heat", False)]
)
def test_a_value_fits_where_all_of_its_keys_do(fuel: str, use: str, common: bool) -> None:
    own = value(FIRST, PERIOD_ENDS, fuel="coal coke", use="power")
    assert own.fits({"fuel": fuel, "use": use}) is common
    assert own.overlaps(value(FIRST, PERIOD_ENDS, fuel=fuel, use=use)) is common
    assert not own.fits({"fuel": fuel})


def test_what_is_found_fits_and_covers_and_is_settled() -> None:
    """Entered values stand first, and where one holds for a part nothing holds for the whole."""
    last = WEEK[-1]
    coal = DatedValue(keys={"fuel": ("coal",)}, value=Decimal(1), since=FIRST, until=last, unit="t")
    gas = DatedValue(keys={"fuel": ("gas",)}, value=Decimal(2), since=FIRST, until=last)
    open_gas = DatedValue(keys={"fuel": ("gas",)}, value=Decimal(3), since=FIRST, until=last, status="unsettled")
    entered = DatedValue(keys={"fuel": ("coal",)}, value=Decimal(4), since=WEEK[2], until=WEEK[3])
    table = Parameter(
        name="factor",
        label=Text("系数", "factor"),
        unit="1",
        keys=("fuel",),
        entries=(coal, open_gas, gas),
        entered=(entered,),
    )
    assert [table.find(Period(day, day), {"fuel": "coal"}) for day in WEEK] == [
        coal,
        coal,
        entered,
        entered,
        coal,
        coal,
    ]
    assert [table.find(Period(day, day), {"fuel": "gas"}) for day in WEEK] == [gas] * 6
    assert table.find(Period(WEEK[1], WEEK[2]), {"fuel": "coal"}) is None
    assert table.find(Period(WEEK[0], WEEK[1]), {"fuel": "coal"}) is coal
    assert table.find(Period(FIRST, last + timedelta(days=1)), {"fuel": "gas"}) is None
    assert table.candidates(Period(WEEK[1], WEEK[2]), {"fuel": "coal"}) == (entered, coal)
    assert table.candidates(Period(last + timedelta(days=1), last + timedelta(days=1)), {"fuel": "coal"}) == ()
    assert (table.unit_of({"fuel": "coal"}), table.unit_of({"fuel": "gas"})) == ("t", "1")
    assert table.whole is False
