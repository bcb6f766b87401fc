"""Legal review and discussion before a penalty: needed where the law says so, by others than who investigated.

The range is 450,000 to 900,000 yuan; the heads discuss from 500,000 yuan on.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest

from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.office.letters.model import Letter
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.streams.verification.penalties.model import Penalty, PenaltyReview
from tanzhi.workflow.clocks.todos import moves
from tests.refusing import refused
from tests.streams.verification.conftest import day
from tests.streams.verification.penalties.conftest import FACTS, NOTICE, decided_by_two, proof

pytestmark = pytest.mark.django_db

PASSED = {"outcome": "passed", "reason": "事实清楚，程序合法"}
TOGETHER = PASSED | {"held_on": "2025-03-13", "members": "王某、赵某"}
FINE = {"outcome": "fine", "fine": "480000", "reason": "配合调查"}
ACTS = ("verification.review_penalty", "verification.discuss_penalty")


def notified(case: Penalty, officer: Actor, **data: Any) -> Penalty:
    with day(3, 5, 2025):
        perform("verification.notify_penalty", officer, case, NOTICE | data)
    case.refresh_from_db()
    return case


def offered(actor: Actor, case: Penalty) -> list[str]:
    case.refresh_from_db()
    return [button.name for button in buttons(actor, ACTS, case)]


@pytest.mark.parametrize(
    ("gravity", "proposed", "needed"),
    [
        ("", "499999.99", []),
        ("", "500000", [ACTS[1]]),
        ("", "500000.01", [ACTS[1]]),
        ("public_interest", "490000", [ACTS[0]]),
        ("complex", "490000", list(ACTS)),
        ("grave", "490000", [ACTS[1]]),
    ],
)
def test_a_fine_waits_for_the_reviews_that_its_case_needs(
    investigated: Penalty,
    officer: Actor,
    director: Actor,
    second_officer: Actor,
    gravity: str,
    proposed: str,
    needed: list[str],
) -> None:
    case = notified(investigated, officer, gravity=gravity, proposed=proposed)
    codes = {ACTS[0]: "PEN-REVIEW", ACTS[1]: "PEN-DISCUSSION"}
    with day(3, 13, 2025):
        assert offered(second_officer, case) == needed
        for act in needed:
            with refused(codes[act]):
                perform("verification.decide_penalty", officer, case, FINE)
            perform(act, second_officer, case, PASSED if act == ACTS[0] else TOGETHER)
            case.refresh_from_db()
        assert offered(second_officer, case) == []
        assert decided_by_two(case, officer, director).state == "decided"


@pytest.mark.parametrize("act", ACTS)
def test_what_was_not_passed_stands_in_the_way_until_it_is_passed(
    investigated: Penalty,
    officer: Actor,
    second_officer: Actor,
    act: str,
) -> None:
    """Also of a case that needed no review."""
    case = notified(investigated, officer)
    stated = PASSED if act == ACTS[0] else TOGETHER
    with day(3, 13, 2025):
        perform(act, second_officer, case, stated | {"outcome": "not_passed", "reason": "证据不足"})
        case.refresh_from_db()
        with refused("PEN-REVIEW" if act == ACTS[0] else "PEN-DISCUSSION"):
            perform("verification.decide_penalty", officer, case, FINE)
        perform("verification.decide_penalty", officer, case,
                {"outcome": "no_fine", "ground": "unproven", "reason": "证据不足"})  # fmt: skip
        perform(act, second_officer, case, stated)
        case.refresh_from_db()
        perform("verification.decide_penalty", officer, case, FINE)


def test_who_investigated_neither_reviews_nor_records_the_discussion_and_who_reviewed_proposes_nothing(
    investigated: Penalty,
    officer: Actor,
    director: Actor,
    second_officer: Actor,
) -> None:
    with day(3, 4, 2025):
        data = FACTS | {"files": [proof(officer)]}
        perform("verification.investigate_penalty", officer, investigated, data)
    case = notified(investigated, second_officer, gravity="complex")
    with day(3, 13, 2025):
        for act, stated in ((ACTS[0], PASSED), (ACTS[1], TOGETHER)):
            with refused("ACT-SELF"):
                perform(act, officer, case, stated)
        perform(ACTS[0], second_officer, case, PASSED)
        perform(ACTS[1], director, case, TOGETHER)
        case.refresh_from_db()
        with refused("PEN-OWN-REVIEW"):
            perform("verification.decide_penalty", second_officer, case, FINE)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"members": "王某"}, "PEN-DISCUSSION-HEADS"),
        ({"members": "王某、王某"}, "PEN-DISCUSSION-HEADS"),
        ({"held_on": "2025-03-04"}, "PEN-DISCUSSION-DAY"),
        ({"held_on": "2025-03-14"}, "PEN-FUTURE"),
        ({"held_on": "2025-03-05", "members": "王某,赵某"}, ""),
    ],
)
def test_a_discussion_has_its_heads_and_its_day(
    investigated: Penalty,
    officer: Actor,
    director: Actor,
    data: dict[str, str],
    code: str,
) -> None:
    case, stated = notified(investigated, officer, gravity="grave"), TOGETHER | data
    with day(3, 13, 2025), refused(code) if code else nullcontext():
        perform(ACTS[1], director, case, stated)
    assert PenaltyReview.objects.count() == (0 if code else 1)


def test_after_a_hearing_the_decision_is_reviewed_anew_and_rests_on_its_record(
    investigated: Penalty,
    officer: Actor,
    director: Actor,
    second_officer: Actor,
    approver: Actor,
) -> None:
    case = notified(investigated, officer, gravity="public_interest")
    with day(3, 12, 2025):
        perform(ACTS[0], second_officer, case, PASSED)  # before anything was heard
        case.refresh_from_db()
        perform("verification.ask_hearing", approver, case, {"statement": "请求听证"})
    with day(3, 13, 2025):
        called = {"hearing_on": "2025-03-24", "hearing_place": "兰州"}
        perform("verification.call_hearing", officer, case, called)
    with day(3, 24, 2025):
        perform("verification.hold_hearing", director, case, {"hearing": "双方陈述、质证"})
        case.refresh_from_db()
        based = FINE | {"hearing_basis": "欠缴数量经质证无争议"}
        with refused("PEN-REVIEW"):
            perform("verification.decide_penalty", officer, case, based)
        perform(ACTS[0], second_officer, case, PASSED)
        case.refresh_from_db()
        with refused("PEN-HEARING-BASIS"):
            perform("verification.decide_penalty", officer, case, FINE)
        decided_by_two(case, officer, director, hearing_basis="欠缴数量经质证无争议")
    assert "经质证无争议" in str(Letter.objects.get(code="verification.penalty_decision").blocks)


def test_without_a_hearing_nothing_rests_on_one(investigated: Penalty, officer: Actor) -> None:
    case = notified(investigated, officer)
    stated = FINE | {"hearing_basis": "听证笔录第二页"}
    with day(3, 13, 2025), refused("PEN-HEARING-NONE"):
        perform("verification.decide_penalty", officer, case, stated)


def test_reviews_are_the_authoritys_and_wait_among_its_things_to_do(
    investigated: Penalty,
    officer: Actor,
    director: Actor,
    approver: Actor,
) -> None:
    case = notified(investigated, officer, gravity="complex")
    with day(3, 13, 2025):
        titles = {row.title.zh.partition("：")[0] for row in moves(director) if row.subject == case.reference}
        assert {"法制审核", "集体讨论"} <= titles
        perform(ACTS[0], director, case, PASSED)
    (review,) = PenaltyReview.objects.visible_to(officer)
    assert (review.outcome, review.person_name) == ("passed", director.name)
    assert case.seen_by(approver)
    assert not PenaltyReview.objects.visible_to(approver).exists()


def test_a_review_that_comes_after_the_proposal_takes_it_away(
    investigated: Penalty,
    officer: Actor,
    director: Actor,
    second_officer: Actor,
) -> None:
    case = notified(investigated, officer)
    with day(3, 13, 2025):
        proposal = perform("verification.decide_penalty", officer, case, FINE).proposal
        assert proposal is not None
        perform(ACTS[0], second_officer, case, PASSED | {"outcome": "not_passed", "reason": "证据不足"})
        with pytest.raises(Refused):
            decide(proposal, director)
    case.refresh_from_db()
    assert case.state == "notified"
