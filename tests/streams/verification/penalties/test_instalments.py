"""A fine that is paid later or in parts: asked for in time, answered by two, kept or missed; days of 2025 by hand.

480,000 yuan, delivered on 17 March, due on 1 April 2025. The holiday of May 2025 is 1 to 5 May.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.office.letters.model import Letter
from tanzhi.streams.verification.penalties.fines import balance_of
from tanzhi.streams.verification.penalties.model import Penalty
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.clocks.todos import moves
from tests.factories import PASSWORD, World, person
from tests.refusing import refused
from tests.streams.verification.conftest import day
from tests.streams.verification.penalties.conftest import paid

pytestmark = pytest.mark.django_db

PARTS = "2025-04-15 180000\n2025-05-01 150000\n2025-06-16 150000"
REQUEST = {"parts": PARTS, "reason": "企业亏损，流动资金紧张"}
ANSWER = {"outcome": "granted", "reason": "财务报表证明确有困难"}


@pytest.fixture
def requested(delivered: Penalty, approver: Actor) -> Penalty:
    with day(4, 1, 2025):  # the last day
        perform("verification.ask_instalments", approver, delivered, REQUEST)
    delivered.refresh_from_db()
    return delivered


def answered(case: Penalty, officer: Actor, director: Actor, **data: Any) -> Penalty:
    proposal = perform("verification.answer_instalments", officer, case, ANSWER | data).proposal
    assert proposal is not None
    decide(proposal, director)
    case.refresh_from_db()
    return case


@pytest.fixture
def agreed(requested: Penalty, officer: Actor, director: Actor) -> Penalty:
    with day(4, 3, 2025):
        return answered(requested, officer, director)


def to_do(actor: Actor, case: Penalty) -> list[tuple[str, date | None]]:
    return [(row.title.zh.partition("：")[0], row.due) for row in moves(actor) if row.subject == case.reference]


def test_parts_are_asked_for_agreed_by_two_and_paid_without_a_surcharge(
    agreed: Penalty, approver: Actor, officer: Actor
) -> None:
    assert [(part.day, part.last_day, part.amount) for part in agreed.payment_plan] == [
        (date(2025, 4, 15), date(2025, 4, 15), Decimal(180_000)),
        (date(2025, 5, 1), date(2025, 5, 6), Decimal(150_000)),
        (date(2025, 6, 16), date(2025, 6, 16), Decimal(150_000)),
    ]
    assert Letter.objects.filter(code="verification.penalty_instalments").count() == 1
    for on, last, amount in ((date(2025, 4, 15), 15, 180_000), (date(2025, 5, 6), 6, 150_000)):
        with day(on.month, last, 2025):
            assert balance_of(agreed, on).surcharge == 0
            paid(agreed, approver, on.isoformat(), str(amount), f"R{on.month}")
            assert agreed.state == "delivered"
    with day(6, 16, 2025):
        paid(agreed, approver, "2025-06-16", "150000", "R6")
        assert (agreed.state, balance_of(agreed, date(2025, 6, 30)).surcharge) == ("paid", 0)
    assert not Clock.objects.filter(subject=agreed.reference, limit="pay", state__in=Clock.OPEN).exists()


def test_from_the_first_part_missed_all_that_is_unpaid_bears_a_surcharge(agreed: Penalty, approver: Actor) -> None:
    """The second part falls on a holiday and is in time until 6 May; 300,000 × 3 % × 2 days, by hand 18,000."""
    with day(4, 15, 2025):
        paid(agreed, approver, "2025-04-15", "180000", "R1")
    expected = {date(2025, 5, 1): 0, date(2025, 5, 6): 0, date(2025, 5, 7): 9_000, date(2025, 5, 8): 18_000}
    assert {on: balance_of(agreed, on).surcharge for on in expected} == expected
    with day(5, 8, 2025):
        paid(agreed, approver, "2025-05-08", "150000", "R2")
    # What was paid late does not heal the plan: the rest of 150,000 goes on at 4,500 a day.
    assert balance_of(agreed, date(2025, 5, 10)).surcharge == Decimal(27_000)


def test_a_part_short_by_a_fen_is_missed_and_one_paid_ahead_covers_the_next(agreed: Penalty, approver: Actor) -> None:
    with day(4, 15, 2025):
        paid(agreed, approver, "2025-04-15", "179999.99", "R1")
    assert balance_of(agreed, date(2025, 4, 16)).surcharge == Decimal("9000.00")  # 300,000.01 × 3 %
    agreed.payments.update(amount="330000")
    assert balance_of(agreed, date(2025, 6, 16)).surcharge == 0
    assert balance_of(agreed, date(2025, 6, 17)).surcharge == Decimal(4_500)


def test_both_have_it_among_their_things_to_do(
    requested: Penalty, approver: Actor, officer: Actor, director: Actor
) -> None:
    assert to_do(approver, requested) == [("缴纳罚款", date(2025, 4, 1))]
    assert to_do(officer, requested) == [("答复缴纳申请", date(2025, 4, 1))]
    with day(4, 3, 2025):
        case = answered(requested, officer, director)
    assert to_do(officer, case) == []
    assert to_do(approver, case) == [("缴纳罚款", date(2025, 4, 15))]
    with day(4, 15, 2025):
        paid(case, approver, "2025-04-15", "180000", "R1")
    assert to_do(approver, case) == [("缴纳罚款", date(2025, 5, 6))]


def test_a_refusal_leaves_the_day_of_the_law(requested: Penalty, officer: Actor, director: Actor) -> None:
    with day(4, 3, 2025):
        case = answered(requested, officer, director, outcome="refused")
    assert (case.instalments_answer, case.payment_plan) == ("refused", [])
    assert balance_of(case, date(2025, 4, 2)).surcharge == Decimal(14_400)


def test_the_authority_may_agree_to_other_parts_than_were_asked_for(
    requested: Penalty, officer: Actor, director: Actor
) -> None:
    with day(4, 3, 2025):
        case = answered(requested, officer, director, parts="2025-04-30 480000")
    assert [part.day for part in case.payment_plan] == [date(2025, 4, 30)]
    assert case.instalments_proposed[0]["day"] == "2025-04-15"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ("2025-04-15 479999.99", "PEN-PLAN-SUM"),
        ("2025-04-15 480000.01", "PEN-PLAN-SUM"),
        ("2025-04-15 240000\n2025-04-15 240000", "PEN-PLAN-ORDER"),
        ("2025-03-31 240000\n2025-04-15 240000", "PEN-PLAN-DAY"),
        ("2025-04-01 480000", "PEN-PLAN-EARLY"),
        ("2025-04-31 480000", "PEN-PLAN-LINE"),
        ("2025-04-15 0\n2025-04-16 480000", "PEN-PLAN-LINE"),
        ("四月十五日 480000", "PEN-PLAN-LINE"),
        ("2025-04-15 1.001", "PEN-PLAN-LINE"),
    ],
)
def test_a_plan_is_refused(delivered: Penalty, approver: Actor, parts: str, code: str) -> None:
    stated = REQUEST | {"parts": parts}
    with day(4, 1, 2025), refused(code):
        perform("verification.ask_instalments", approver, delivered, stated)
    delivered.refresh_from_db()
    assert (delivered.instalments_asked_on, delivered.instalments_proposed) == (None, [])


def test_it_is_asked_for_once_and_within_the_days_to_pay(delivered: Penalty, approver: Actor) -> None:
    with day(4, 2, 2025), refused("PEN-PLAN-LATE"):
        perform("verification.ask_instalments", approver, delivered, REQUEST)
    with day(4, 1, 2025):
        perform("verification.ask_instalments", approver, delivered, REQUEST)
        delivered.refresh_from_db()
        with refused("PEN-PLAN-ASKED"):
            perform("verification.ask_instalments", approver, delivered, REQUEST)


def test_two_answer_once_and_nobody_without_a_request(
    delivered: Penalty,
    approver: Actor,
    officer: Actor,
    director: Actor,
    second_officer: Actor,
) -> None:
    with day(4, 1, 2025):
        with refused("PEN-PLAN-NONE"):
            perform("verification.answer_instalments", officer, delivered, ANSWER)
        perform("verification.ask_instalments", approver, delivered, REQUEST)
        delivered.refresh_from_db()
        first, second = (
            perform("verification.answer_instalments", actor, delivered, ANSWER).proposal
            for actor in (officer, second_officer)
        )
        assert first is not None
        assert second is not None
        decide(first, director)
        with pytest.raises(Refused):
            decide(second, director)
    delivered.refresh_from_db()
    assert Letter.objects.filter(code="verification.penalty_instalments").count() == 1


def test_a_payment_meanwhile_leaves_the_answer_to_be_stated_anew(
    requested: Penalty, approver: Actor, officer: Actor
) -> None:
    with day(4, 1, 2025):
        paid(requested, approver, "2025-04-01", "1000", "R1")
    with day(4, 3, 2025), refused("PEN-PLAN-SUM"):
        perform("verification.answer_instalments", officer, requested, ANSWER)


def test_a_fine_that_a_court_lowered_keeps_the_days_of_its_plan(
    agreed: Penalty, approver: Actor, officer: Actor, director: Actor
) -> None:
    with day(4, 14, 2025):
        stated = {"challenge": "suit", "challenged_on": "2025-04-14", "text": "请求变更"}
        perform("verification.challenge_penalty", approver, agreed, stated)
        agreed.refresh_from_db()
        settled = {"outcome": "changed", "fine": "300000", "settled_on": "2025-04-14", "reason": "法院判决"}
        proposal = perform("verification.settle_penalty", officer, agreed, settled).proposal
        assert proposal is not None
        decide(proposal, director)
    agreed.refresh_from_db()
    assert balance_of(agreed, date(2025, 4, 16)).surcharge == 0  # 300,000 may still be unpaid after the first part
    assert to_do(approver, agreed) == [("缴纳罚款", date(2025, 5, 6))]


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", ["准予", "2025-05-06", "待缴", "逾期"]), ("en", ["Granted", "2025-05-06", "To be paid", "Late"])],
)
def test_its_page_shows_what_was_requested_and_agreed(
    client: Client, world: World, agreed: Penalty, language: str, words: list[str]
) -> None:
    client.cookies["django_language"] = language
    with day(4, 16, 2025):
        client.force_login(person("reader", ("provincial_officer", world.authority), password=PASSWORD))
        page = client.get(agreed.get_absolute_url()).content.decode()
    assert [word for word in (*words, REQUEST["reason"]) if word not in page] == []
