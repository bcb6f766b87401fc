"""What is found in a version is handed on from act to act, and looked for anew once anything could have changed it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.references import reference
from tanzhi.evidence.log import Moment, acts_since, present_moment, record
from tanzhi.filings.months import status
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import standing_of
from tanzhi.organisations.people.roles import actor_of
from tests import factories
from tests.factories import World
from tests.filings.deposits.test_work import answered, filing, saved

__all__ = ["filing"]

BLANK = {"units": [{"unit": "1", "months": [{"month": "2023-06", "generation": "1.000"}]}]}
ONE_WRITER = connection.vendor == "sqlite"
"""Where several write at a time nothing is handed on: every act looks for itself."""


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one whenever a version is examined."""
    status.EXAMINED.clear()
    times: list[int] = []
    examine = status.examined_record

    def counting(filing: Filing, record: dict[str, Any]) -> status.ExaminedRecord:
        times.append(filing.pk)
        return examine(filing, record)

    monkeypatch.setattr(status, "examined_record", counting)
    return times


def registered(world: World, number: str) -> None:
    """A unit more, and the entry of the act that registers it."""
    unit = factories.unit(world.facility, number)
    record("organisations.add_unit", reference(unit), {"number": number})


def codes(filing: Filing) -> set[str]:
    return {finding.code for finding in standing_of(filing).findings}


def test_page_answers_check_and_deposit_of_a_month_look_once(
    clerk: Actor, approver: Actor, filing: Filing, looked: list[int]
) -> None:
    saved(clerk, filing)
    standing_of(filing)
    answered(clerk, filing)
    perform("filings.check", clerk, filing)
    perform("filings.deposit", approver, filing)
    acts = filing.answers.count() + 2
    assert acts > 2, "the month asks something"
    assert len(looked) == 1 if ONE_WRITER else len(looked) > acts


def test_a_month_of_another_plant_changes_nothing_of_what_is_found(
    clerk: Actor, world: World, filing: Filing, looked: list[int]
) -> None:
    stranger = actor_of(factories.person("their_clerk", ("enterprise_filer", world.other_plant)))
    data = {"form_code": "power.month", "organisation_id": world.other_plant.pk, "period": "2023-06"}
    saved(clerk, filing)
    standing_of(filing)
    saved(stranger, perform("filings.open", stranger, data=data).result, BLANK)
    standing_of(filing)
    assert len(looked) == (1 if ONE_WRITER else 2)


def test_another_month_of_the_same_plant_is_looked_at(clerk: Actor, filing: Filing, looked: list[int]) -> None:
    saved(clerk, filing)
    standing_of(filing)
    data = {"form_code": "power.month", "organisation_id": filing.organisation_id, "period": "2023-05"}
    perform("filings.open", clerk, data=data)
    standing_of(filing)
    assert len(looked) == 2


def test_a_unit_that_was_registered_since_is_missed_and_not_before_it_was(
    clerk: Actor, world: World, filing: Filing, looked: list[int]
) -> None:
    """What was found while an act stood that was taken back is found no more, though the next has its number."""
    saved(clerk, filing)
    assert "CMP-UNIT" not in codes(filing)
    with transaction.atomic():
        registered(world, "2")
        assert "CMP-UNIT" in codes(filing)
        transaction.set_rollback(True)
    assert "CMP-UNIT" not in codes(filing)
    before = len(looked)
    registered(world, "3")
    assert "CMP-UNIT" in codes(filing)
    assert len(looked) == before + 1


@pytest.mark.parametrize("asked", [present_moment, lambda: acts_since(Moment(1, b""))])
def test_rows_that_no_entry_answers_for_yet_are_in_nobodys_memory(world: World, asked: Callable[[], Any]) -> None:
    with transaction.atomic():
        world.plant.state = "closed"
        world.plant.save(update_fields=["state"])
        assert asked() is None
        transaction.set_rollback(True)


def test_of_many_the_last_ones_are_handed_on(
    monkeypatch: pytest.MonkeyPatch, clerk: Actor, filing: Filing, looked: list[int]
) -> None:
    monkeypatch.setattr(status, "MOST_EXAMINED", 2)
    saved(clerk, filing)
    for day in (5, 6, 7):
        with clock.at(datetime(2023, 7, day, 12, tzinfo=UTC)):
            standing_of(filing)
    assert len(looked) == 3
    assert [key[2].day for key in status.EXAMINED] == ([6, 7] if ONE_WRITER else [])


def test_a_day_later_is_looked_again(clerk: Actor, filing: Filing, looked: list[int]) -> None:
    saved(clerk, filing)
    for day in (5, 6):
        with clock.at(datetime(2023, 7, day, 12, tzinfo=UTC)):
            standing_of(filing)
    assert len(looked) == 2
