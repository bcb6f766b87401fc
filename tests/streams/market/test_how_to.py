"""docs/how-to/trading.md and .zh.md, followed: a plant reads its account and trades, and surrenders what it owes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tanzhi.actions import clock
from tanzhi.actions.registry import perform
from tanzhi.streams.market.compliance.model import Surrender
from tests.how_to import Guide
from tests.streams.market import market

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tests.factories import World

OWED = 1_567_180  # t, E5 of the reference sheet on power


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whoever_trades_for_a_plant_goes_by_the_page(
    language: str, world: World, clerk: Actor, approver: Actor, officer: Actor, director: Actor
) -> None:
    market.filed(world.plant, clerk, approver, 2021)
    account = market.account(world.plant, officer)
    of_2021 = {"region": world.province.code, "first_year": 2021, "last_year": 2021, "source": "notice of the cycle"}
    deadline = clock.today() + timedelta(days=30)
    cycle = perform("registry.open_cycle", officer, data=of_2021 | {"deadline": deadline}).result
    market.issued(cycle, officer, director)
    guide = Guide("trading", language)
    trader = guide.reader(approver)
    guide.section("账户", "The account")
    trader.step(
        "点“账户”，打开本单位账户：各年度配额和 CCER 的持有量、冻结和质押，每笔变动。",
        "“Accounts”, open your own: allowances by year and credits, what is frozen or pledged, every movement.",
        opens=account.get_absolute_url(),
    )
    guide.section("交易", "Trades")
    trader.step(
        "点“交易”，看本单位成交和收市价。成交由省级按交易机构对账单导入，不在本平台下单。",
        "“Trading” shows your trades and the closing prices. Trades come in by the exchange's statements; no order is"
        " placed here.",
    )
    guide.section("清缴", "Surrender")
    trader.step(
        "点“企业工作台”，看应清缴、持有和缺口，“清缴”；数量已填好，核对后按“清缴”。",
        "“Plant desk”: what is owed, held and missing; “Surrender”. The quantities are filled in; press “Surrender”.",
    )
    trader.step(
        "点“履约清缴”，省级确认后显示结果。", "“Compliance” shows the result once the province has confirmed it."
    )
    assert (Surrender.objects.get().account, Surrender.objects.get().allowances) == (account, OWED)
    guide.end()
