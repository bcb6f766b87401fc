"""After the delivery: payment in parts, reconsideration or suit, publication and its withdrawal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.law.calendar.days import NATURAL, due_after
from tanzhi.law.evaluation import count
from tanzhi.rulebook.clocks import add_months
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.dossier.files import keep_files

from .acts import money, refuse_later_than_today
from .fines import balance_of
from .inputs import ChallengeInput, PaymentInput, SettlementInput
from .model import CHALLENGED, DELIVERED, PAID, REVOKED, Penalty, PenaltyPayment, public_until

# --- payment, challenge, end -------------------------------------------------------------------------------


def pay(call: Call, case: Penalty) -> None:
    """A payment by its document, once; with the last of it the case is paid."""
    data: PaymentInput = call.data
    refuse_later_than_today(data.paid_on, call.today)
    if case.delivered_on is not None and data.paid_on < case.delivered_on:
        message = Text("缴款日 {found} 早于送达日 {day}", "paid on {found}, before the delivery of {day}")
        raise Refused("PEN-PAID-DAY", message.format(found=data.paid_on, day=case.delivered_on), 422)
    if case.payments.filter(document=data.document).exists():
        message = Text("凭证 {found} 已登记", "receipt {found} is recorded already")
        raise Refused("PEN-PAID", message.format(found=data.document), 409)
    due = balance_of(case, data.paid_on).due
    if data.amount > due:
        message = Text("{found} 元多于应缴的 {due} 元", "CNY {found} is more than the {due} that is due")
        raise Refused("PEN-OVERPAID", message.format(found=money(data.amount), due=money(due)), 422)
    PenaltyPayment.objects.create(
        penalty=case, paid_on=data.paid_on, amount=str(data.amount), document=data.document,
        person_name=call.actor.name, at=call.now,
    )  # fmt: skip
    keep_files(call, case, data.files, case.reference, Text("缴款凭证", "Receipt of the payment"))
    call.attach("amount", str(data.amount))
    call.enter(_after_money(case, call.today))


def _after_money(case: Penalty, today: date) -> str:
    """Where a case stands by what is due; one that is challenged stays so until that is settled."""
    if case.challenged_on is not None and case.settled_on is None:
        return CHALLENGED
    return DELIVERED if balance_of(case, today).due > 0 else PAID


def last_day_of_challenge(case: Penalty, challenge: str) -> date:
    """Sixty days for reconsideration, six months for a suit, after the delivery."""
    begin = case.delivered_on or date.max
    if challenge == "suit":
        return add_months(begin, count("procedure.penalty_suit_months", on=begin))
    return due_after(begin, count("procedure.penalty_reconsideration_days", on=begin), NATURAL)


def challenge(call: Call, case: Penalty) -> None:
    """The party applies for reconsideration or brings a suit; the fine stands meanwhile, the surcharge does not run."""
    data: ChallengeInput = call.data
    refuse_later_than_today(data.challenged_on, call.today)
    if case.settled_on is not None:
        raise Refused("PEN-SETTLED", Text("已有生效的复议或诉讼结果", "a challenge was settled already"), 409)
    last = last_day_of_challenge(case, data.challenge)
    if data.challenged_on > last:
        message = Text("期限已于 {last} 届满", "the period ended on {last}")
        raise Refused("PEN-CHALLENGE-LATE", message.format(last=last), 409)
    case.challenge, case.challenged_on, case.challenge_text = data.challenge, data.challenged_on, data.text


def settle(call: Call, case: Penalty) -> None:
    """What the reconsideration or the court came to."""
    data: SettlementInput = call.data
    refuse_later_than_today(data.settled_on, call.today)
    if case.challenged_on is not None and data.settled_on < case.challenged_on:
        message = Text("生效日早于受理日", "it took effect before it was accepted")
        raise Refused("PEN-SETTLED-DAY", message, 422)
    if (data.outcome == "changed") != (data.fine is not None):
        message = Text("变更时填、其余不填变更后的罚款", "an amount where the fine is changed, none otherwise")
        raise Refused("PEN-CHANGED", message, 422)
    case.settled_on, case.settlement = data.settled_on, data.reason
    if data.fine is not None:
        if data.fine > Decimal(case.fine):
            message = Text("变更后不得高于原罚款 {fine} 元", "a change is never above the fine of CNY {fine}")
            raise Refused("PEN-HEAVIER", message.format(fine=money(case.fine)), 422)
        case.fine = str(data.fine)
    if data.outcome != "upheld" and is_listed(case):
        take_back(call, case, data.reason)
    call.attach("outcome", data.outcome)
    call.enter(REVOKED if data.outcome == "revoked" else _after_money(case, call.today))


# --- publication ---------------------------------------------------------------------------------------------


def publish(call: Call, case: Penalty) -> None:
    """The decision is public: number, party, offence, fine and law; nothing else of the case."""
    if is_listed(case):
        raise Refused("PEN-PUBLISHED", Text("已公开", "it is public already"), 409)
    case.published_on, case.public_until = call.today, public_until(call.today)
    case.withdrawn_on, case.withdrawal = None, ""
    call.attach("decision", case.decision_number)
    call.attach("offence", case.offence)
    call.attach("fine", case.fine)


def withdraw(call: Call, case: Penalty) -> None:
    """A decision is no longer public, with the reason; one that is changed or revoked is taken back with that."""
    if not is_listed(case):
        raise Refused("PEN-NOT-PUBLISHED", Text("没有公开", "it is not public"), 409)
    take_back(call, case, call.data.reason)


def is_listed(case: Penalty) -> bool:
    """Whether the decision was made public and not taken back."""
    return case.published_on is not None and case.withdrawn_on is None


def take_back(call: Call, case: Penalty, reason: str) -> None:
    case.withdrawn_on, case.withdrawal = call.today, reason
    call.attach("withdrawn", call.today.isoformat())
