"""Where an emitter stands in a cycle, by the dates of what happened."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.rulebook.allocation.compliance import ALLOWANCES, CREDITS, OWED, ComplianceEvent, compliance

DEADLINE = date(2023, 12, 31)
OWING = ComplianceEvent(date(2023, 9, 1), OWED, 100)
PAID = ComplianceEvent(date(2023, 11, 9), ALLOWANCES, 95)
OFFSET = ComplianceEvent(date(2023, 11, 8), CREDITS, 5)


def standing(*events: ComplianceEvent, on: date = date(2024, 1, 5)) -> tuple[str, date | None]:
    found = compliance(events, DEADLINE, on)
    return found.standing, found.met_on


def test_who_handed_in_everything_before_the_deadline_met_it_on_the_day_of_the_last_part() -> None:
    assert standing(OWING, OFFSET, PAID) == ("met", date(2023, 11, 9))


def test_before_the_last_part_the_cycle_is_open_and_after_the_deadline_overdue() -> None:
    assert standing(OWING, OFFSET, PAID, on=date(2023, 11, 8)) == ("open", None)
    assert standing(OWING, OFFSET) == ("overdue", None)
    assert compliance([OWING, OFFSET], DEADLINE, date(2024, 1, 5)).remaining == 95


def test_who_hands_in_after_the_deadline_is_late() -> None:
    assert standing(OWING, ComplianceEvent(date(2024, 1, 2), ALLOWANCES, 100)) == ("late", date(2024, 1, 2))


def test_a_reversal_opens_the_cycle_again() -> None:
    undone = ComplianceEvent(date(2023, 12, 1), ALLOWANCES, -95)
    assert standing(OWING, OFFSET, PAID, undone) == ("overdue", None)
    again = ComplianceEvent(date(2023, 12, 20), ALLOWANCES, 95)
    assert standing(OWING, OFFSET, PAID, undone, again) == ("met", date(2023, 12, 20))


def test_a_raised_obligation_opens_the_cycle_again() -> None:
    assert standing(OWING, OFFSET, PAID, ComplianceEvent(date(2023, 12, 2), OWED, 1)) == ("overdue", None)


def test_without_an_obligation_nothing_is_met() -> None:
    assert standing(PAID, on=date(2023, 12, 1)) == ("undetermined", None)
    assert compliance([], DEADLINE, date(2023, 1, 1)).remaining is None


def test_an_event_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="owed"):
        ComplianceEvent(DEADLINE, "gift", 1)


@given(st.permutations([OWING, OFFSET, PAID]))
def test_the_order_in_which_events_are_told_does_not_matter(events: list[ComplianceEvent]) -> None:
    assert standing(*events) == ("met", date(2023, 11, 9))


def test_of_who_handed_in_nothing_nothing_counts() -> None:
    """Not even the one tonne that is owed."""
    owing = ComplianceEvent(date(2023, 9, 1), OWED, 1)
    found = compliance([owing], DEADLINE, DEADLINE)
    assert (found.allowances, found.credits, found.surrendered, found.remaining) == (0, 0, 0, 1)
    assert found.standing == "open"
    assert compliance([], DEADLINE, DEADLINE).surrendered == 0


@pytest.mark.parametrize("kind", [ALLOWANCES, CREDITS])
def test_each_kind_counts_as_many_tonnes_as_were_handed_in(kind: str) -> None:
    found = compliance([OWING, ComplianceEvent(date(2023, 9, 2), kind, 99)], DEADLINE, date(2023, 9, 2))
    assert (found.obligation, found.surrendered, found.remaining, found.standing) == (100, 99, 1, "open")


@pytest.mark.parametrize(("on", "expected"), [(DEADLINE, "open"), (date(2024, 1, 1), "overdue")])
def test_the_last_day_is_in_time_and_the_next_is_not(on: date, expected: str) -> None:
    assert standing(OWING, on=on)[0] == expected
    in_time = {"open": "met", "overdue": "late"}
    assert standing(OWING, ComplianceEvent(on, ALLOWANCES, 100))[0] == in_time[expected]
