"""What is done in a penalty case from its opening to the delivery: facts, notice, defence, hearing, decision."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from tanzhi.actions.models import Performed
from tanzhi.actions.references import resolve
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.law.calendar.days import NATURAL, WORKING, due_after
from tanzhi.law.evaluation import count, parameter
from tanzhi.office.letters.work import write_letter
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.presentation.templatetags.tanzhi import number
from tanzhi.rulebook.clocks import add_months
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.penalties import BY_THE_MINISTRY
from tanzhi.workflow.dossier.files import keep_files

from .fines import FineRange, known_on, range_of
from .grounds import REDUCTION, ground_words, refuse_ending_without_ground, refuse_other_ground
from .inputs import (
    DeliveryInput,
    HearingNoticeInput,
    InvestigationInput,
    PenaltyDecisionInput,
    PenaltyEndInput,
    PenaltyInput,
    PenaltyNoticeInput,
)
from .model import DECIDED, MONTHS_OF_A_YEAR, NOTIFIED, Penalty

INVESTIGATE = "verification.investigate_penalty"
REVIEW = "verification.review_penalty"
MAY_ASK = Text("你单位有权要求听证。", "You may ask for a hearing.")
NO_HEARING = Text("未举行听证", "there was none")
TOO_SMALL = Text("拟处罚款未达到听证的数额。", "The fine proposed is below what is heard.")


def money(amount: Decimal | str) -> str:
    """A sum in words of a letter or a message, CNY with two digits."""
    return number(f"{Decimal(amount):.2f}")


def refuse_later_than_today(day: date, today: date) -> None:
    if day > today:
        message = Text("{day} 在今天之后", "{day} lies after today")
        raise Refused("PEN-FUTURE", message.format(day=day.isoformat()), 422)


# --- opening and investigating --------------------------------------------------------------------------


def open_case(call: Call) -> Penalty:
    """A case for an offence that the law of its day fines, found within two years."""
    data: PenaltyInput = call.data
    refuse_later_than_today(data.found_on, call.today)
    if data.acted_on > data.found_on:
        message = Text("发现日 {found} 早于行为日 {acted}", "found on {found}, before the act of {acted}")
        raise Refused("PEN-FOUND", message.format(found=data.found_on, acted=data.acted_on), 422)
    years = count("procedure.penalty_limitation_years", on=data.found_on)
    last = add_months(data.acted_on, MONTHS_OF_A_YEAR * years)
    if data.found_on > last:
        message = Text(
            "行为日 {acted} 的违法行为最迟应于 {last} 发现，不再给予行政处罚",
            "an act of {acted} must be found by {last}: there is no penalty any more",
        )
        raise Refused("PEN-EXPIRED", message.format(acted=data.acted_on, last=last), 422)
    if not known_on(data.offence, data.acted_on, data.fined):
        message = Text("{day} 的法律没有规定该行为对该对象的罚款", "the law of {day} has no such fine")
        raise Refused("PEN-LAW", message.format(day=data.acted_on), 422)
    return Penalty(
        organisation=organisation_by_code(data.organisation),
        origin_ref=_origin(call, data.origin),
        **data.model_dump(exclude={"organisation", "origin"}),
    )


def _origin(call: Call, ref: str) -> str:
    """The record that a case comes from, which its officer sees."""
    if not ref:
        return ""
    try:
        record: Any = resolve(ref)
    except (LookupError, ValueError):
        record = None
    if record is None or not record.seen_by(call.actor):
        raise Refused("PEN-ORIGIN", Text("没有来源记录 {found}", "there is no record {found}").format(found=ref), 422)
    return ref


def investigate(call: Call, case: Penalty) -> None:
    """Facts with their proof, by two persons at least."""
    data: InvestigationInput = call.data
    people = [name for name in re.split(r"[、,，;；\n]+", data.investigators) if name.strip()]
    least = count("procedure.penalty_investigators", on=call.today)
    if len(people) < least:
        message = Text("执法人员不得少于 {n} 人，只填了 {found} 人", "at least {n} investigators, {found} stated")
        raise Refused("PEN-INVESTIGATORS", message.format(n=least, found=len(people)), 422)
    if data.mean_price is not None and not data.price_source:
        raise Refused("PEN-PRICE", Text("填了均价，请写明来源", "a price needs its source"), 422)
    case.investigators, case.facts, case.price_source = data.investigators, data.facts, data.price_source
    for name in ("illegal_gain", "missing", "mean_price", "next_quota"):
        value = getattr(data, name)
        setattr(case, name, "" if value is None else str(value))
    keep_files(call, case, data.files, case.reference, Text("证据", "Evidence"))


# --- notice, defence, hearing ----------------------------------------------------------------------------


def notify(call: Call, case: Penalty) -> None:
    """Tell the party what is proposed, why, by which law, and what it may do."""
    data: PenaltyNoticeInput = call.data
    if case.offence in BY_THE_MINISTRY:
        message = Text("该行为由国务院生态环境主管部门处罚，请移送", "the Ministry fines this: hand the case over")
        raise Refused("PEN-MINISTRY", message, 409)
    lawful = refuse_outside(call, case, data.proposed, data.ground)
    case.proposed, case.order, case.grounds = str(data.proposed), data.order, data.grounds
    case.notice_ground, case.gravity, case.notified_on = data.ground, data.gravity, call.today
    least, greatest = lawful.sums
    values = _of_case(case) | {
        "proposed": money(data.proposed), "least": money(least), "greatest": money(greatest), "day": lawful.day,
        "order": data.order, "grounds": data.grounds, "ground": ground_words(data.ground, call.today),
        "hearing": MAY_ASK if may_be_heard(case, call.today) else TOO_SMALL,
    }  # fmt: skip
    write_letter(call, "verification.penalty_notice", case, to=case.organisation, values=values)


def refuse_outside(call: Call, case: Penalty, amount: Decimal, ground: str) -> FineRange:
    """The range that an amount lies in; refused above it, and below it without a ground of the law."""
    refuse_other_ground(ground, REDUCTION, call.today)
    lawful = range_of(case, call.today)
    least, greatest = lawful.sums
    if ground and amount == 0:
        raise Refused("PEN-NO-AMOUNT", Text("处以罚款须填数额", "a fine needs its amount"), 422)
    if amount > greatest or (amount < least and not ground):
        message = Text(
            "{found} 元不在 {day} 法律规定的幅度内：{least}—{greatest} 元",
            "CNY {found} is outside what the law of {day} allows: {least} to {greatest}",
        )
        values = {"found": money(amount), "day": lawful.day, "least": money(least), "greatest": money(greatest)}
        raise Refused("PEN-AMOUNT", message.format(**values), 422)
    return lawful


def _of_case(case: Penalty) -> dict[str, Any]:
    return {"offence": case.offence_label, "acted": case.acted_on, "facts": case.facts}


def may_be_heard(case: Penalty, today: date) -> bool:
    """Whether the fine that is proposed is large enough for a hearing (较大数额罚款)."""
    return Decimal(case.proposed or 0) >= parameter("procedure.penalty_hearing_from", on=today)


def last_day_to_state(case: Penalty) -> date:
    """The last day on which the party may state its case, counted from the notice."""
    begin = case.notified_on or date.max
    return due_after(begin, count("procedure.penalty_statement_days", on=begin), WORKING)


def last_day_to_ask(case: Penalty) -> date:
    """The last day on which the party may ask for a hearing."""
    begin = case.notified_on or date.max
    return due_after(begin, count("procedure.penalty_hearing_request_days", on=begin), WORKING)


def refuse_after(last: date, today: date) -> None:
    if today > last:
        message = Text("期限已于 {last} 届满", "the period ended on {last}")
        raise Refused("PEN-LATE", message.format(last=last), 409)


def defend(call: Call, case: Penalty) -> None:
    """The party states its facts and reasons."""
    refuse_after(last_day_to_state(case), call.today)
    case.statement = call.data.statement
    keep_files(call, case, call.data.files, case.reference, Text("陈述申辩", "Defence"))


def ask_hearing(call: Call, case: Penalty) -> None:
    """The party asks to be heard, where the fine is large."""
    refuse_after(last_day_to_ask(case), call.today)
    if not may_be_heard(case, call.today):
        least = parameter("procedure.penalty_hearing_from", on=call.today)
        message = Text(
            "拟处罚款 {found} 元未达到听证起点 {least} 元", "CNY {found} is below {least}, from which it is heard"
        )
        raise Refused("PEN-NO-HEARING", message.format(found=money(case.proposed), least=money(least)), 409)
    case.statement = "\n".join(filter(None, (case.statement, call.data.statement)))


def call_hearing(call: Call, case: Penalty) -> None:
    """Day and place, told seven working days before."""
    data: HearingNoticeInput = call.data
    first = due_after(call.today, count("procedure.penalty_hearing_notice_days", on=call.today), WORKING)
    if data.hearing_on < first:
        message = Text("听证日 {found} 早于最早可举行日 {first}", "a hearing on {found} comes before {first}")
        raise Refused("PEN-HEARING-SOON", message.format(found=data.hearing_on, first=first), 422)
    case.hearing_on, case.hearing_place = data.hearing_on, data.hearing_place
    values = _of_case(case) | {"on": data.hearing_on, "where": data.hearing_place}
    write_letter(call, "verification.penalty_hearing", case, to=case.organisation, values=values)


def hold_hearing(call: Call, case: Penalty) -> None:
    """The record of the hearing, by somebody who did not investigate."""
    if case.hearing_on is not None and call.today < case.hearing_on:
        message = Text("听证定于 {day} 举行", "the hearing is on {day}")
        raise Refused("PEN-HEARING-DAY", message.format(day=case.hearing_on), 409)
    case.hearing = call.data.hearing
    keep_files(call, case, call.data.files, case.reference, Text("听证笔录", "Record of the hearing"))


# --- decision, delivery ----------------------------------------------------------------------------------


_OWN = Text("您参与了本案调查，“{label}”须由他人办理", "You investigated this case; “{label}” is for another person")
_OWN_REVIEW = Text(
    "您办理了本案的法制审核，“{label}”须由他人办理", "You reviewed this case; “{label}” is for another person"
)
DECISION = Text("作出处罚决定", "Decide on the penalty")


def refuse_investigators(call: Call, case: Penalty) -> None:
    """Neither of the two who decide has investigated, and nobody holds the hearing of his own investigation."""
    took_part = Performed.objects.filter(subject=case.reference, action=INVESTIGATE).values_list("actor", flat=True)
    if {call.actor.person_id, call.proposer} & set(took_part):
        raise Refused("PEN-OWN", _OWN.format(label=DECISION), 403)


def ready_to_decide(call: Call, case: Penalty) -> None:
    refuse_investigators(call, case)
    reviewers = Performed.objects.filter(subject=case.reference, action=REVIEW).values_list("actor", flat=True)
    if {call.actor.person_id, call.proposer} & set(reviewers):
        raise Refused("PEN-OWN-REVIEW", _OWN_REVIEW.format(label=DECISION), 403)
    refuse_too_early(call, case)


def refuse_too_early(call: Call, case: Penalty) -> None:
    """Nothing is decided while the party may still state or ask to be heard."""
    if case.state != NOTIFIED:
        return
    last = max(last_day_to_state(case), last_day_to_ask(case))
    if call.today <= last:
        message = Text("当事人在 {last} 前可陈述申辩或要求听证", "the party may state or ask to be heard until {last}")
        raise Refused("PEN-WAIT", message.format(last=last), 409)


def decide(call: Call, case: Penalty) -> None:
    """A fine within the range and not above what was notified, none, or another authority's case; decided by two."""
    data: PenaltyDecisionInput = call.data
    if data.outcome != "fine":
        if data.fine is not None:
            message = Text("不予处罚或移送不填罚款", "no amount where there is no fine")
            raise Refused("PEN-AMOUNT-LEFT", message, 422)
        end_early(call, case)
        return
    if data.fine is None:
        raise Refused("PEN-NO-AMOUNT", Text("处以罚款须填数额", "a fine needs its amount"), 422)
    lawful = refuse_outside(call, case, data.fine, data.ground)
    if data.fine > Decimal(case.proposed):
        message = Text("{found} 元高于告知的 {notified} 元", "CNY {found} is more than the {notified} of the notice")
        raise Refused("PEN-HEAVIER", message.format(found=money(data.fine), notified=money(case.proposed)), 422)
    case.decision, case.ground, case.decided_on = data.reason, data.ground, call.today
    case.hearing_basis = data.hearing_basis
    case.fine, case.law_day = str(data.fine), lawful.day
    case.range_least, case.range_greatest = (str(value) for value in lawful.sums)
    values = _of_case(case) | {
        "fine": money(data.fine), "day": lawful.day, "order": case.order, "reason": data.reason,
        "statement": case.statement or "—", "gain": money(case.illegal_gain or "0"),
        "ground": ground_words(data.ground, call.today), "hearing": data.hearing_basis or NO_HEARING,
    }  # fmt: skip
    letter = write_letter(call, "verification.penalty_decision", case, to=case.organisation, values=values)
    case.decision_number = letter.number_zh
    call.attach("decision", letter.number_zh)
    call.attach("fine", str(data.fine))
    call.attach("ground", data.ground)
    call.enter(DECIDED)


def end_early(call: Call, case: Penalty) -> None:
    """No penalty, by a ground of the law, or another authority's case; a party that was notified gets a letter."""
    data: PenaltyEndInput | PenaltyDecisionInput = call.data
    refuse_ending_without_ground(data.outcome, data.ground, call.today)
    case.decision, case.ground, case.decided_on = data.reason, data.ground, call.today
    if data.outcome == "no_fine" and case.notified_on is not None:
        values = _of_case(case) | {"ground": ground_words(data.ground, call.today), "reason": data.reason}
        letter = write_letter(call, "verification.penalty_none", case, to=case.organisation, values=values)
        case.decision_number = letter.number_zh
    call.attach("ground", data.ground)
    call.enter(data.outcome)


def last_day_to_pay(delivered: date) -> date:
    return due_after(delivered, count("procedure.penalty_payment_days", on=delivered), NATURAL)


def deliver(call: Call, case: Penalty) -> None:
    """The day on which the party received the decision; its time to pay begins."""
    data: DeliveryInput = call.data
    refuse_later_than_today(data.delivered_on, call.today)
    if case.decided_on is not None and data.delivered_on < case.decided_on:
        message = Text("送达日 {found} 早于决定日 {decided}", "delivered on {found}, before the decision of {decided}")
        raise Refused("PEN-DELIVERY", message.format(found=data.delivered_on, decided=case.decided_on), 422)
    case.delivered_on, case.due_on = data.delivered_on, last_day_to_pay(data.delivered_on)
    keep_files(call, case, data.files, case.reference, Text("送达回证", "Proof of delivery"))
