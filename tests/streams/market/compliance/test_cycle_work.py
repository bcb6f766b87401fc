"""A cycle's table: each plant is asked for what it owes by a deadline of its own; nobody who owes is closed over."""

from __future__ import annotations

from datetime import date

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.ledger.model import Account, Command
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.notices.delivery import due_notices
from tanzhi.workflow.todos.todo import todos
from tests.streams.market import market
from tests.streams.market.allocation.test_membership import decided
from tests.streams.market.compliance.test_work import OWED, asked, of, own

__all__ = ["of", "own"]


def running(cycle: Cycle) -> list[tuple[str, date]]:
    rows = Clock.objects.filter(case=cycle.reference, state=Clock.RUNNING)
    return [(row.name_en, row.due_on) for row in rows]


def closed(cycle: Cycle, officer: Actor) -> Cycle:
    cycle.refresh_from_db()
    result: Cycle = perform("registry.close_cycle", officer, cycle).result
    return result


def test_what_a_plant_owes_runs_from_the_issue_until_it_is_met(
    of: Cycle, own: Account, approver: Actor, officer: Actor, plant: Organisation
) -> None:
    name = plant.name.en
    assert running(of) == [(f"2021, {name} owes {OWED:,} t", date(2022, 12, 31))]
    perform("registry.confirm_surrender", officer, asked(of, own, approver, 1_000_000))
    assert running(of) == [(f"2021, {name} owes {OWED - 1_000_000:,} t", date(2022, 12, 31))]
    perform("registry.confirm_surrender", officer, asked(of, own, approver, OWED - 1_000_000))
    assert running(of) == []
    assert not [todo for todo in todos(officer) if "have not met" in todo.title.en]


def test_the_plant_s_approver_is_asked_and_told_and_its_officers_in_one_line(
    of: Cycle, own: Account, approver: Actor, officer: Actor, stranger: Actor
) -> None:
    asks = [todo for todo in todos(approver) if "owes" in todo.title.en]
    assert [(todo.due, todo.url) for todo in asks] == [(of.deadline, of.get_absolute_url())]
    assert [todo.title.en for todo in todos(officer) if todo.subject == of.reference] == [
        "1 plants have not met 2021 yet"
    ]
    assert not [todo for todo in todos(stranger) if "owes" in todo.title.en]
    Person.objects.update(state="active")
    told = [notice for notice in due_notices(date(2023, 8, 1)) if "owes" in notice.title.en]
    assert [notice.person.pk for notice in told] == [approver.person_id]


def test_a_cycle_is_closed_once_nobody_owes_and_opens_again_with_a_reversal(
    of: Cycle, own: Account, approver: Actor, officer: Actor, director: Actor
) -> None:
    with pytest.raises(Refused) as refused:
        closed(of, officer)
    assert refused.value.code == "REG-OWING"
    perform("registry.confirm_surrender", officer, asked(of, own, approver))
    assert closed(of, officer).closed_at is not None
    command = Command.objects.get(kind="surrender")
    market.both("registry.reverse", officer, director, command, {"reason": "wrong account"})
    of.refresh_from_db()
    assert (of.state, of.closed_at, len(running(of))) == ("open", None, 1)


def test_who_is_excluded_by_decision_is_asked_no_longer(
    of: Cycle, own: Account, officer: Actor, director: Actor
) -> None:
    assert len(running(of)) == 1
    decided(officer, director, 2021, "excluded", "units_excluded", "2023-08-01")
    assert running(of) == []
