"""The working-day calendar and its clocks."""

from __future__ import annotations

from datetime import date

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.law.calendar.queries import calendar
from tanzhi.rulebook.clocks import CalendarFault, add_working_days

pytestmark = pytest.mark.django_db
YEAR = {
    "year": 2031,
    "holidays": ["2031-01-01"],
    "working_weekends": ["2031-01-04"],
    "source": "示例通知",
}


def test_national_day_of_2024_is_no_working_day_and_the_sunday_in_exchange_is() -> None:
    """General Office of the State Council, notice on holidays of 2024: 1–7 October off, 29 September worked."""
    known = calendar()
    assert not known.is_working(date(2024, 10, 7))
    assert known.is_working(date(2024, 9, 29))
    assert add_working_days(date(2024, 9, 30), 1, known) == date(2024, 10, 8)


def test_a_year_nobody_entered_is_a_fault_and_no_guess() -> None:
    with pytest.raises(CalendarFault):
        calendar().is_working(date(2031, 1, 2))


def test_the_administrator_adds_a_year(administrator: Actor) -> None:
    perform("cases.enter_year", administrator, data=YEAR)
    known = calendar()
    assert [known.is_working(date(2031, 1, day)) for day in (1, 2, 4, 5)] == [False, True, True, False]


def test_a_year_entered_again_replaces_the_first(administrator: Actor) -> None:
    perform("cases.enter_year", administrator, data=YEAR)
    perform("cases.enter_year", administrator, data=YEAR | {"holidays": ["2031-01-02"]})
    assert [calendar().is_working(date(2031, 1, day)) for day in (1, 2)] == [True, False]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"holidays": ["2030-01-01"]}, "holidays"),
        ({"working_weekends": ["2031-01-02"]}, "working_weekends"),
        ({"holidays": ["2031-01-04"]}, "holidays"),
        ({"holidays": ["first of May"]}, "holidays.0"),
    ],
    ids=["other year", "no weekend", "both", "no date"],
)
def test_a_slip_of_the_pen_is_named(administrator: Actor, change: dict[str, list[str]], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        perform("cases.enter_year", administrator, data=YEAR | change)
    assert [finding.field for finding in refusal.value.findings] == [field]


@pytest.mark.parametrize("who", ["clerk", "verifier", "officer", "stranger"])
def test_nobody_but_the_administrator_does(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused, match="ACT-ROLE"):
        perform("cases.enter_year", request.getfixturevalue(who), data=YEAR)
