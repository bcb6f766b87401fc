"""Surrender: at most what is owed, CCER within their limit, units that pay, confirmed by another; and what follows."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.evidence.tracking import unrecorded
from tanzhi.figures import Question, ask
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.compliance import figures
from tanzhi.streams.market.compliance.model import Surrender
from tanzhi.streams.market.compliance.progress import surrenders
from tanzhi.streams.market.compliance.status import standing
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import Account, Balance, Command, UnitKind
from tanzhi.streams.market.ledger.posting import post
from tanzhi.workflow.case.diagram import strip
from tanzhi.workflow.case.timeline import timeline
from tanzhi.workflow.todos.todo import todos
from tests.factories import World
from tests.streams.market import market
from tests.streams.market.conftest import CLERK

OWED = 1_567_180
LIMIT = 78_359  # E10 of the reference sheet on power


@pytest.fixture
def of(
    world: World, officer: Actor, director: Actor, clerk: Actor, approver: Actor, plant: Organisation, unit: Unit
) -> Cycle:
    """The plant holds its allowances of 2021, more than it owes."""
    with market.at(2023, 3, 1):
        market.filed(plant, clerk, approver, 2021)
        market.account(plant, officer)
        found = market.cycle(world, officer, 2021, 2021)
    with market.at(2023, 7, 1):
        market.issued(found, officer, director)
    return found


@pytest.fixture
def own(of: Cycle) -> Account:
    return Account.objects.get(organisation__code="PLANT", kind="holding")


def given(own: Account, code: str, registered: date, tonnes: int) -> None:
    """CCER of a project in the plant's account, without an act."""
    source = Account.objects.get(kind="source")
    unit = UnitKind.objects.create(
        code=code, kind="CCER", first_year=2016, last_year=2016, project=code, name_zh=code, name_en=code,
        serialised=True, registered_on=registered,
    )  # fmt: skip
    leg = Leg("issue", unit.pk, source.pk, own.pk, tonnes, first=1)
    with unrecorded():
        post(CLERK, f"ccer {code}", "issue", {}, [leg])


def asked(of: Cycle, own: Account, approver: Actor, allowances: int = OWED, credits_: int = 0) -> Surrender:
    data = {"cycle": of.pk, "allowances": allowances, "credits": credits_}
    return perform("registry.surrender", approver, own, data).result


def test_what_is_handed_in_and_confirmed_meets_the_obligation(
    of: Cycle, own: Account, approver: Actor, officer: Actor, plant: Organisation
) -> None:
    with market.at(2023, 11, 9):
        one = asked(of, own, approver)
        assert standing(of, plant, date(2023, 11, 9)).remaining == OWED
        perform("registry.confirm_surrender", officer, one)
    found = standing(of, plant, date(2023, 12, 31))
    assert (found.standing, found.met_on) == ("late", date(2023, 11, 9))  # the deadline was at the end of 2022


def test_part_after_part(of: Cycle, own: Account, approver: Actor, officer: Actor, plant: Organisation) -> None:
    for tonnes in (1_000_000, OWED - 1_000_000):
        perform("registry.confirm_surrender", officer, asked(of, own, approver, tonnes))
    assert standing(of, plant, date.max).remaining == 0


@pytest.mark.parametrize(
    ("allowances", "credits_", "code"),
    [(OWED + 1, 0, "REG-OVER"), (0, LIMIT + 1, "REG-OFFSET"), (0, 0, "REG-AMOUNT"), (0, 10, "REG-SHORT")],
)
def test_too_much_or_nothing_is_refused(
    of: Cycle, own: Account, approver: Actor, allowances: int, credits_: int, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        asked(of, own, approver, allowances, credits_)
    assert refusal.value.code == code
    assert not Surrender.objects.exists()


def test_what_waits_for_confirmation_counts_towards_the_limits(of: Cycle, own: Account, approver: Actor) -> None:
    asked(of, own, approver, OWED - 10)
    with pytest.raises(Refused) as refusal:
        asked(of, own, approver, 11)
    assert refusal.value.code == "REG-OVER"
    assert "10" in refusal.value.findings[0].expected.en


def test_ccer_offset_up_to_five_per_cent(
    of: Cycle, own: Account, approver: Actor, officer: Actor, plant: Organisation
) -> None:
    given(own, "OLD", date(2015, 1, 1), 100_000)
    with market.at(2023, 11, 9):
        perform("registry.confirm_surrender", officer, asked(of, own, approver, OWED - LIMIT, LIMIT))
    found = standing(of, plant, date(2023, 12, 31))
    assert (found.credits, found.remaining) == (LIMIT, 0)
    moved = Balance.objects.get(account__kind="surrender", unit__code="OLD")
    assert moved.amount == LIMIT


def test_ccer_that_do_not_count_any_more_are_named(of: Cycle, own: Account, approver: Actor) -> None:
    given(own, "OLD", date(2015, 1, 1), 100)
    with market.at(2025, 1, 2), pytest.raises(Refused) as refusal:
        asked(of, own, approver, 0, 100)
    assert refusal.value.code == "REG-SHORT"
    assert refusal.value.findings[0].place == "OLD"


def test_an_undetermined_obligation_cannot_be_met(
    of: Cycle, own: Account, approver: Actor, officer: Actor, world: World
) -> None:
    later = market.cycle(world, officer, 2022, 2022)
    with pytest.raises(Refused) as refusal:
        asked(later, own, approver, 1)
    assert refusal.value.code == "REG-OBLIGATION"


def test_what_is_returned_may_be_used_again(of: Cycle, own: Account, approver: Actor, officer: Actor) -> None:
    one = asked(of, own, approver)
    perform("registry.return_surrender", officer, one, {"reason": "wrong cycle"})
    assert Balance.objects.get(account=own, unit__code="CEA21").amount == market.ALLOWANCE[2021]
    asked(of, own, approver)


def test_a_reversal_opens_the_obligation_again(
    of: Cycle, own: Account, approver: Actor, officer: Actor, director: Actor, plant: Organisation
) -> None:
    one = perform("registry.confirm_surrender", officer, asked(of, own, approver)).result
    command = Command.objects.get(kind="surrender")
    market.both("registry.reverse", officer, director, command, {"reason": "wrong account"})
    one.refresh_from_db()
    assert one.state == "reversed"
    assert standing(of, plant, date.max).remaining == OWED


@pytest.mark.parametrize("who", ["clerk", "approver", "verifier", "stranger"])
def test_only_the_province_confirms(
    of: Cycle, own: Account, approver: Actor, who: str, request: pytest.FixtureRequest
) -> None:
    one = asked(of, own, approver)
    with pytest.raises(Refused) as refusal:
        perform("registry.confirm_surrender", request.getfixturevalue(who), one)
    assert refusal.value.code == "ACT-ROLE"


def test_a_stranger_surrenders_nothing_from_another_account(of: Cycle, own: Account, stranger: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        asked(of, own, stranger)
    assert refusal.value.code in {"ACT-ROLE", "ACT-SCOPE"}


def test_a_plant_and_the_province_are_told_what_to_do(of: Cycle, own: Account, approver: Actor, officer: Actor) -> None:
    with market.at(2023, 8, 1):
        assert any("1,567,180" in todo.title.en for todo in todos(approver))
        assert any("1 plants" in todo.title.en for todo in todos(officer))
    one = asked(of, own, approver)
    asked_for = [todo for todo in todos(officer) if todo.title.en.startswith("Confirm a surrender")]
    assert [(todo.subject, todo.due, todo.url) for todo in asked_for] == [
        (one.reference, of.deadline, f"/registry/surrenders/{one.pk}/")
    ]
    perform("registry.return_surrender", officer, one, {"reason": "wrong year"})
    assert not any(todo.subject == one.reference for todo in todos(officer))


def test_the_page_of_a_surrender_tells_its_story_from_the_account_on(
    of: Cycle, own: Account, approver: Actor, officer: Actor
) -> None:
    one = asked(of, own, approver)
    perform("registry.confirm_surrender", officer, one)
    one.refresh_from_db()
    assert [line.label.en for line in timeline(one)] == ["Confirm", "Surrender"]
    assert [(step.state.code, step.mark) for step in strip(one)] == [("requested", "done"), ("confirmed", "now")]


def test_the_figures_are_sums_of_the_records(
    of: Cycle, own: Account, approver: Actor, officer: Actor, world: World
) -> None:
    question = Question("2023", world.province.code)
    assert ask("market.cycle_obligation", question).value == OWED
    assert ask("market.cycle_issued", question).value == market.ALLOWANCE[2021]
    assert ask("market.surrendered_in_full", question).value == 0
    assert ask("market.surrender_rate", question).value == 0


def test_before_a_cycle_ends_there_is_no_figure(of: Cycle, world: World) -> None:
    found = ask("market.cycle_obligation", Question("2021", world.province.code))
    assert found.value is None
    assert found.answer.reason is not None


def test_however_many_plants_met_their_obligation_the_surrenders_are_read_once(
    of: Cycle, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queries(plants: int) -> int:
        met = SimpleNamespace(standing="met", met_on=None)
        one = SimpleNamespace(organisation=world.plant, name=world.plant.name, compliance=met)
        monkeypatch.setattr(figures, "standings", lambda cycle, on: [one] * plants)
        with CaptureQueriesContext(connection) as asked_for:
            assert ask("market.surrendered_in_full", Question("2023", world.province.code)).value == plants
        return len(asked_for)

    queries(1)  # what is read once in a transaction is read
    assert queries(3) == queries(1)


def test_the_progress_of_the_cycle_is_what_its_page_sums(
    of: Cycle, own: Account, approver: Actor, officer: Actor, clerk: Actor, other_officer: Actor, verifier: Actor
) -> None:
    """Nothing surrendered is a nought of what is owed; where nobody owes there is no number."""
    with market.at(2023, 7, 2):
        shown = [[(row.done, row.whole, str(row.share)) for row in surrenders(who)] for who in (officer, clerk)]
        assert shown == [[(0, OWED, "0.0")]] * 2
        handed_in = perform("registry.surrender", approver, own, {"cycle": of.pk, "allowances": 156_718}).result
    with market.at(2023, 7, 3):
        perform("registry.confirm_surrender", officer, handed_in)
        (row,) = surrenders(clerk)
        assert (row.done, row.whole, str(row.share), row.address) == (156_718, OWED, "10.0", of.get_absolute_url())
        assert [(row.done, row.whole, row.share) for row in surrenders(other_officer)] == [(0, None, None)]
        assert surrenders(verifier) == []
