"""Accounts and what they hold at the beginning, out of sheets."""

from __future__ import annotations

import pytest

from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.market.compliance.imports import IMPORT as OPENINGS
from tanzhi.streams.market.compliance.model import CarriedIn
from tanzhi.streams.market.ledger.imports import IMPORT as ACCOUNTS
from tanzhi.streams.market.ledger.model import Account, Balance
from tests import factories
from tests.factories import World
from tests.sheets import file, goes_out_as_it_comes_in, taken_in, taken_in_by_two
from tests.streams.market import market

HEADS = ("企业名称", "履约周期", "应清缴（吨）", "已清缴（吨）", "足额清缴日", "结余持有（吨）", "依据")
WHY = {"reason": "对账单有误"}


def holding(organisation: Organisation) -> int:
    rows = Balance.objects.filter(account__organisation=organisation, account__kind="holding")
    return sum(row.amount for row in rows)


def test_accounts_are_opened_for_a_list_and_stay(world: World, officer: Actor) -> None:
    factories.organisation("NEXT", world.city)
    done = taken_in(ACCOUNTS, officer, ("企业名称",), ("示例PLANT",), ("NEXT",), ("合计",))
    assert set(Account.objects.filter(kind="holding").values_list("organisation__code", flat=True)) == {"PLANT", "NEXT"}
    goes_out_as_it_comes_in(ACCOUNTS, officer, 2)
    with pytest.raises(Refused) as refused:
        perform(ACCOUNTS.undo_name, officer, done, WHY)
    assert refused.value.code == "IMP-UNDO"


def test_opening_balances_are_decided_by_two_and_mirrored_when_they_are_undone(
    world: World, plant: Organisation, officer: Actor, director: Actor
) -> None:
    market.account(plant, officer)
    first = market.cycle(world, officer, 2019, 2020)
    rows = (HEADS, ("示例PLANT", first.code, "1,900", 1900, "2021-12-20", 70, "注册登记系统对账单"))
    done = taken_in_by_two(OPENINGS, officer, director, *rows)
    carried = CarriedIn.objects.get()
    assert (carried.owed, carried.surrendered, holding(plant)) == (1900, 1900, 70)
    goes_out_as_it_comes_in(OPENINGS, officer, 1)
    for again in (1, 2):  # undone and imported again it is another posting, not none
        decide(perform(OPENINGS.undo_name, officer, done, WHY).proposal or 0, director)
        assert (CarriedIn.objects.count(), holding(plant)) == (0, 0)
        done = taken_in_by_two(OPENINGS, officer, director, *rows)
        assert (CarriedIn.objects.count(), holding(plant), again) == (1, 70, again)


def test_a_balance_of_nobody_s_account_is_told_in_the_dry_run(
    world: World, plant: Organisation, officer: Actor
) -> None:
    first = market.cycle(world, officer, 2019, 2020)
    rows = (
        HEADS,
        ("PLANT", first.code, 900, 900, "", 70, "对账单一份"),
        ("PLANT", "1999", 900, 900, "", "x", "对账单"),
    )
    with pytest.raises(Refused) as refused:
        perform(OPENINGS.commit_name, officer, data={"file": file(*rows)})
    assert [(one.code, one.place) for one in refused.value.findings] == [
        ("REG-ACCOUNT", "Sheet!2"),
        ("VAL-WHOLE", "Sheet!F3"),
        ("ACT-INPUT", "Sheet!G3"),
    ]
