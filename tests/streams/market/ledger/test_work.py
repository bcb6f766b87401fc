"""What moves between accounts: transfer with confirmation, freeze, deduction, cancellation, reversal, closure."""

from __future__ import annotations

import pytest

from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.figures import Question, ask
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import Account, Balance, Command, Hold
from tanzhi.streams.market.ledger.posting import post
from tests import factories
from tests.factories import World
from tests.streams.market import market
from tests.streams.market.conftest import CLERK, Books


@pytest.fixture
def neighbour(world: World) -> Organisation:
    return factories.organisation("NEXT", world.city)


@pytest.fixture
def neighbour_head(neighbour: Organisation) -> Actor:
    return actor_of(factories.person("next_head", ("enterprise_approver", neighbour)))


@pytest.fixture
def theirs(neighbour: Organisation, officer: Actor) -> Account:
    return market.account(neighbour, officer)


@pytest.fixture
def mine(books: Books) -> Account:
    books.move(books.source, books.plant, 1_000)
    return books.plant


def free(account: Account) -> int:
    return sum(Balance.objects.filter(account=account).values_list("amount", flat=True))


def sent(mine: Account, theirs: Account, approver: Actor, tonnes: int = 400) -> Hold:
    data = {"receiver": theirs.number, "unit": "CEA21", "tonnes": tonnes, "reason": "contract 7"}
    return perform("registry.transfer", approver, mine, data).result


def test_an_organisation_has_one_holding_account(plant: Organisation, officer: Actor) -> None:
    market.account(plant, officer)
    with pytest.raises(Refused) as refusal:
        market.account(plant, officer)
    assert refusal.value.code == "REG-ACCOUNT"


def test_a_transfer_changes_hands_when_the_receiver_confirms(
    mine: Account, theirs: Account, approver: Actor, neighbour_head: Actor
) -> None:
    hold = sent(mine, theirs, approver)
    assert (free(mine), free(theirs)) == (600, 0)
    perform("registry.accept_transfer", neighbour_head, hold.pk)
    assert (free(mine), free(theirs)) == (600, 400)


@pytest.mark.parametrize("act", ["registry.decline_transfer", "registry.recall_transfer"])
def test_a_transfer_that_is_declined_or_recalled_comes_back(
    mine: Account, theirs: Account, approver: Actor, neighbour_head: Actor, act: str
) -> None:
    hold = sent(mine, theirs, approver)
    who, data = (neighbour_head, {"reason": "not agreed"}) if "decline" in act else (approver, None)
    perform(act, who, hold.pk, data)
    assert (free(mine), free(theirs)) == (1_000, 0)


def test_the_sender_cannot_confirm_for_the_receiver(mine: Account, theirs: Account, approver: Actor) -> None:
    hold = sent(mine, theirs, approver)
    with pytest.raises(Refused) as refusal:
        perform("registry.accept_transfer", approver, hold.pk)
    assert refusal.value.code == "ACT-SCOPE"


def test_a_transfer_is_confirmed_once(mine: Account, theirs: Account, approver: Actor, neighbour_head: Actor) -> None:
    hold = sent(mine, theirs, approver)
    perform("registry.accept_transfer", neighbour_head, hold.pk)
    with pytest.raises(Refused) as refusal:
        perform("registry.accept_transfer", neighbour_head, hold.pk)
    assert refusal.value.code == "ACT-STATE"


def test_a_wrong_check_digit_is_told_before_anything_moves(mine: Account, theirs: Account, approver: Actor) -> None:
    wrong = theirs.number[:-2] + f"{(int(theirs.number[-2:]) + 1) % 97:02d}"
    data = {"receiver": wrong, "unit": "CEA21", "tonnes": 1, "reason": "contract 7"}
    with pytest.raises(Refused) as refusal:
        perform("registry.transfer", approver, mine, data)
    assert refusal.value.code == "REG-NUMBER"
    assert free(mine) == 1_000


def test_more_than_is_free_cannot_be_sent(mine: Account, theirs: Account, approver: Actor) -> None:
    sent(mine, theirs, approver, 700)
    with pytest.raises(Refused) as refusal:
        sent(mine, theirs, approver, 301)
    assert refusal.value.code == "REG-SHORT"
    assert Hold.objects.count() == 1


def test_the_same_request_twice_is_one_transfer(mine: Account, theirs: Account, approver: Actor) -> None:
    data = {"receiver": theirs.number, "unit": "CEA21", "tonnes": 400, "reason": "contract 7"}
    first = perform("registry.transfer", approver, mine, data, idempotency_key="click")
    again = perform("registry.transfer", approver, mine, data, idempotency_key="click")
    assert first.result == again.result
    assert free(mine) == 600


def test_what_is_frozen_is_released_by_two(mine: Account, officer: Actor, director: Actor) -> None:
    data = {"unit": "CEA21", "tonnes": 250, "reason": "court order 12"}
    hold = perform("registry.freeze", officer, mine, data).result
    assert free(mine) == 750
    market.both("registry.release", officer, director, hold, {"reason": "order lifted"})
    assert free(mine) == 1_000


def test_what_is_pledged_stays_the_plants(
    mine: Account, approver: Actor, officer: Actor, plant: Organisation, books: Books
) -> None:
    from tanzhi.streams.market.ledger.queries import holdings

    market.both("registry.pledge", approver, officer, mine, {"unit": "CEA21", "tonnes": 300, "reason": "loan 3"})
    assert free(mine) == 700
    assert holdings(plant) == {books.cea: 1_000}


def test_allowances_are_deducted_by_a_decision(mine: Account, officer: Actor, director: Actor, books: Books) -> None:
    data = {"unit": "CEA21", "tonnes": 100, "reason": "decision 4"}
    market.both("registry.deduct", officer, director, mine, data)
    assert (free(mine), books.held(books.source)) == (900, -900)


def test_a_cancellation_is_final(mine: Account, approver: Actor, officer: Actor, director: Actor) -> None:
    market.both(
        "registry.cancel_units", approver, officer, mine, {"unit": "CEA21", "tonnes": 10, "reason": "voluntary"}
    )
    command = Command.objects.get(kind="cancel")
    with pytest.raises(Refused) as refusal:
        market.both("registry.reverse", officer, director, command, {"reason": "mistake"})
    assert refusal.value.code == "REG-MIRROR"


def issued_command(books: Books) -> Command:
    leg = Leg("issue", books.cea.pk, books.source.pk, books.plant.pk, 50)
    return post(CLERK, "run", "issue", {}, [leg])


def test_a_command_is_reversed_by_two_once(books: Books, officer: Actor, director: Actor) -> None:
    command = issued_command(books)
    market.both("registry.reverse", officer, director, command, {"reason": "issued twice"})
    assert books.held(books.plant) == 0
    with pytest.raises(Refused):
        market.both("registry.reverse", officer, director, command, {"reason": "issued twice"})


def test_what_was_spent_cannot_be_reversed(books: Books, officer: Actor, director: Actor) -> None:
    command = issued_command(books)
    books.move(books.plant, books.other, 1)
    with pytest.raises(Refused) as refusal:
        market.both("registry.reverse", officer, director, command, {"reason": "issued twice"})
    assert refusal.value.code == "REG-SHORT"


def test_an_account_that_holds_something_is_not_closed(mine: Account, officer: Actor, director: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        market.both("registry.close_account", officer, director, mine, {"reason": "plant closed"})
    assert refusal.value.code == "REG-HOLDS"


def test_a_restricted_account_works_again_after_two_agree(
    mine: Account, theirs: Account, approver: Actor, officer: Actor, director: Actor
) -> None:
    perform("registry.restrict", officer, mine, {"reason": "arrears"})
    with pytest.raises(Refused) as refusal:
        sent(mine, theirs, approver)
    assert refusal.value.code == "ACT-STATE"
    market.both("registry.unrestrict", officer, director, mine, {"reason": "paid up"})
    sent(mine, theirs, approver)


def test_nobody_approves_his_own_release(mine: Account, officer: Actor) -> None:
    hold = perform("registry.freeze", officer, mine, {"unit": "CEA21", "tonnes": 5, "reason": "court order"}).result
    proposal = perform("registry.release", officer, hold, {"reason": "order lifted"}).proposal
    with pytest.raises(Refused):
        decide(proposal, officer)


@pytest.mark.parametrize("who", ["clerk", "verifier", "stranger"])
def test_others_move_nothing(mine: Account, theirs: Account, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused) as refusal:
        sent(mine, theirs, request.getfixturevalue(who))
    assert refusal.value.code == "ACT-ROLE"


def test_opening_balances_are_carried_in_once(
    world: World, plant: Organisation, officer: Actor, director: Actor
) -> None:
    own = market.account(plant, officer)
    first = market.cycle(world, officer, 2019, 2020)
    rows = [{"organisation": "PLANT", "owed": 900, "surrendered": 900, "met_on": "2021-12-20", "holding": 70}]
    told = {"source": "statement of the registry", "rows": rows}
    market.both("registry.carry_in", officer, director, first, told)
    assert free(own) == 70
    owed = ask("market.cycle_obligation", Question("2021", world.province.code))
    assert (owed.value, owed.answer.parts[0].value) == (900, 900)  # of the cycle before, as the registry stated it
    with pytest.raises(Refused) as refusal:
        market.both("registry.carry_in", officer, director, first, told)
    assert refusal.value.code == "REG-TWICE"


def test_a_ccer_batch_enters_with_its_serial_numbers(plant: Organisation, officer: Actor, director: Actor) -> None:
    own = market.account(plant, officer)
    batch = {
        "owner": "PLANT", "project": "W-1", "zh": "示例风电", "en": "Wind 1", "registered_on": "2025-03-01",
        "year": 2025, "tonnes": 500,
    }  # fmt: skip
    market.both("registry.enter_credits", officer, director, None, batch)
    market.both("registry.enter_credits", officer, director, None, batch)
    assert [(b.first, b.last) for b in own.blocks.order_by("first")] == [(1, 500), (501, 1000)]
