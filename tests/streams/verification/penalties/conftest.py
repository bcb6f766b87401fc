"""A penalty for late surrender of 1,000 t at 90 yuan, in the states that its tests begin with."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.evidence.files import receive
from tanzhi.streams.verification.penalties.model import Penalty
from tests.factories import World
from tests.streams.verification.conftest import day

FACTS = {
    "investigators": "张三（A1）、李四（A2）", "facts": "截至清缴期限尚缺 1000 吨", "missing": "1000",
    "mean_price": "90", "price_source": "交易机构公布的 2024 年 12 月成交",
}  # fmt: skip
NOTICE = {"proposed": "490000.00", "order": "补足清缴", "grounds": "暂行条例第二十四条"}


def opening(world: World, **data: Any) -> dict[str, Any]:
    late = {"organisation": world.plant.code, "offence": "not_surrendered", "acted_on": "2024-12-31"}
    return late | {"found_on": "2025-01-02", "text": "清缴期限届满未足额清缴"} | data


def proof(actor: Actor) -> str:
    return receive(BytesIO(b"proof"), "proof.pdf", "", actor.person_id or 0).file.sha256


@pytest.fixture
def opened(world: World, city_officer: Actor) -> Penalty:
    with day(3, 3, 2025):
        case: Penalty = perform("verification.open_penalty", city_officer, data=opening(world)).result
    return case


@pytest.fixture
def investigated(opened: Penalty, city_officer: Actor) -> Penalty:
    with day(3, 4, 2025):
        data = FACTS | {"files": [proof(city_officer)]}
        perform("verification.investigate_penalty", city_officer, opened, data)
    opened.refresh_from_db()
    return opened


@pytest.fixture
def notified(investigated: Penalty, officer: Actor) -> Penalty:
    with day(3, 5, 2025):
        perform("verification.notify_penalty", officer, investigated, NOTICE)
    investigated.refresh_from_db()
    return investigated


def decided_by_two(case: Penalty, proposer: Actor, approver: Actor, **data: Any) -> Penalty:
    stated = {"outcome": "fine", "fine": "480000", "reason": "配合调查，从轻"} | data
    proposal = perform("verification.decide_penalty", proposer, case, stated).proposal
    assert proposal is not None
    decide(proposal, approver)
    case.refresh_from_db()
    return case


@pytest.fixture
def decided(notified: Penalty, officer: Actor, director: Actor) -> Penalty:
    with day(3, 13, 2025):
        return decided_by_two(notified, officer, director)


@pytest.fixture
def delivered(decided: Penalty, officer: Actor) -> Penalty:
    with day(3, 17, 2025):
        perform("verification.deliver_penalty", officer, decided, {"delivered_on": "2025-03-17"})
    decided.refresh_from_db()
    return decided


def paid(case: Penalty, actor: Actor, on: str, amount: str, document: str) -> None:
    perform("verification.pay_penalty", actor, case, {"paid_on": on, "amount": amount, "document": document})
    case.refresh_from_db()
