"""Before a penalty is decided: legal review and the heads' discussion (行政处罚法第五十七、五十八、六十五条)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.law.evaluation import is_set, parameter
from tanzhi.rulebook.kernel.text import Text

from .acts import decide, refuse_later_than_today
from .inputs import DiscussionInput, PenaltyDecisionInput, ReviewInput
from .model import DISCUSSION, LEGAL, PASSED, Penalty, PenaltyReview

REVIEWED = frozenset({"public_interest", "complex"})  # 第五十八条第一款第（一）、（三）项
DISCUSSED = frozenset({"complex", "grave"})  # 第五十七条第二款
FROM = "procedure.penalty_discussion_from"
HEADS = 2
"""Fewest who discuss together: the law says so by the word alone [INF]."""
_REVIEW = Text(
    "未经法制审核或者审核未通过，不得作出处罚决定", "no penalty is decided without a legal review that was passed"
)
_DISCUSSION = Text(
    "情节复杂或者重大违法行为，须经负责人集体讨论通过",
    "a complex or grave case is first discussed and agreed by the heads",
)
_BASIS = Text(
    "经过听证的，须写明据以决定的听证笔录内容", "after a hearing, state what of its record the decision rests on"
)
_NO_HEARING = Text("本案没有举行听证", "there was no hearing in this case")
_HEADS = Text("参加讨论的负责人不得少于 {n} 人，只填了 {found} 人", "at least {n} heads discuss, {found} stated")
_BEFORE = Text("讨论日 {found} 早于告知日 {day}", "discussed on {found}, before the notice of {day}")


def needs_review(case: Penalty) -> bool:
    """After a hearing, and where the notice says what the law reviews."""
    return bool(case.hearing) or case.gravity in REVIEWED


def needs_discussion(case: Penalty, today: date) -> bool:
    """A complex or grave case, which a fine is from a sum on that a rule of the Ministry names."""
    if case.gravity in DISCUSSED:
        return True
    if not is_set(FROM, on=today):
        return False
    return Decimal(case.proposed or 0) >= parameter(FROM, on=today)


def last_review(case: Penalty, kind: str) -> PenaltyReview | None:
    """The last of its kind; of a case that was heard, the last after the hearing."""
    heard = bool(case.hearing)
    reviews = [review for review in case.reviews.all() if (review.kind, review.after_hearing) == (kind, heard)]
    return reviews[-1] if reviews else None


def has_passed(case: Penalty, kind: str) -> bool:
    review = last_review(case, kind)
    return review is not None and review.outcome == PASSED


def awaits_review(case: Penalty) -> bool:
    return needs_review(case) and not has_passed(case, LEGAL)


def awaits_discussion(case: Penalty) -> bool:
    return needs_discussion(case, clock.today()) and not has_passed(case, DISCUSSION)


def review(call: Call, case: Penalty) -> None:
    """Facts, law, procedure and measure of the penalty, looked at by somebody who did not investigate."""
    data: ReviewInput = call.data
    keep_review(call, case, kind=LEGAL, outcome=data.outcome, held_on=call.today, opinion=data.reason)


def discuss(call: Call, case: Penalty) -> None:
    """What the heads came to together, with who they were."""
    data: DiscussionInput = call.data
    refuse_later_than_today(data.held_on, call.today)
    if case.notified_on is not None and data.held_on < case.notified_on:
        raise Refused("PEN-DISCUSSION-DAY", _BEFORE.format(found=data.held_on, day=case.notified_on), 422)
    heads = {name.strip() for name in re.split(r"[、,，;；\n]+", data.members) if name.strip()}
    if len(heads) < HEADS:
        raise Refused("PEN-DISCUSSION-HEADS", _HEADS.format(n=HEADS, found=len(heads)), 422)
    columns = {"held_on": data.held_on, "members": data.members, "opinion": data.reason}
    keep_review(call, case, kind=DISCUSSION, outcome=data.outcome, **columns)


def keep_review(call: Call, case: Penalty, **columns: Any) -> None:
    heard = bool(case.hearing)
    PenaltyReview.objects.create(penalty=case, after_hearing=heard, person_name=call.actor.name, at=call.now, **columns)
    call.attach("outcome", columns["outcome"])


def refuse_unreviewed(case: Penalty, data: PenaltyDecisionInput, today: date) -> None:
    """No fine before the reviews that its case needs; one that was not passed stands in the way of any."""
    for kind, needed, code, words in (
        (LEGAL, needs_review(case), "PEN-REVIEW", _REVIEW),
        (DISCUSSION, needs_discussion(case, today), "PEN-DISCUSSION", _DISCUSSION),
    ):
        if (needed or last_review(case, kind) is not None) and not has_passed(case, kind):
            raise Refused(code, words, 409)
    if case.hearing and not data.hearing_basis:
        raise Refused("PEN-HEARING-BASIS", _BASIS, 422)
    if data.hearing_basis and not case.hearing:
        raise Refused("PEN-HEARING-NONE", _NO_HEARING, 422)


def decide_reviewed(call: Call, case: Penalty) -> None:
    """A fine within the range, or below it by a ground of the law, after its reviews; none; or another's case."""
    if call.data.outcome == "fine":
        refuse_unreviewed(case, call.data, call.today)
    decide(call, case)
