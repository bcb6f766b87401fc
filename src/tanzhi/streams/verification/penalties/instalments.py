"""A fine paid later or in parts (行政处罚法第六十六条): the party asks in time, two answer."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.law.calendar.days import CIVIL, due_after
from tanzhi.office.letters.work import write_letter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.dossier.files import keep_files

from .acts import money
from .fines import NOUGHT, unpaid_of_fine
from .inputs import InstalmentsAnswerInput, InstalmentsInput
from .model import INSTALMENT_ANSWERS, Instalment, Penalty

LINE = re.compile(r"(\d{4}-\d{2}-\d{2})[\s,，;；]+(\d{1,16}(?:\.\d{1,2})?)(?:\s*元)?")
_LINE = Text(
    "“各期缴纳日期和金额”第 {n} 行“{found}”应为日期、空格、金额，如 2025-04-15 160000",
    "line {n} of “Days and amounts of the parts”, “{found}”: a day, a space, an amount, such as 2025-04-15 160000",
)
_ORDER = Text("第 {n} 期的日期 {found} 不晚于前一期", "part {n}, of {found}, is not after the part before it")
_PAST = Text("第 {n} 期的日期 {found} 早于今天", "part {n}, of {found}, lies before today")
_SUM = Text(
    "各期合计 {found} 元，应等于尚未缴纳的罚款 {expected} 元",
    "the parts come to CNY {found}; what is unpaid of the fine is {expected}",
)
_EARLY = Text(
    "最后一期 {found} 不晚于缴款期限 {due}，无需批准",
    "the last part, of {found}, is not after {due}, by which it is paid anyway",
)
_LATE = Text("缴款期限已于 {due} 届满，不再受理", "the days to pay ended on {due}: it is too late to ask")
_PART = Text("{day} 缴 {amount} 元", "CNY {amount} by {day}")


def may_ask(case: Penalty) -> bool:
    """Once, and within the days to pay: the law names no other time [INF]."""
    return case.instalments_asked_on is None and case.due_on is not None and clock.today() <= case.due_on


def is_asked(case: Penalty) -> bool:
    """Whether a request waits for its answer."""
    return case.instalments_asked_on is not None and case.instalments_answered_on is None


def ask_instalments(call: Call, case: Penalty) -> None:
    """The party asks to pay later or in parts, because it is hard up."""
    data: InstalmentsInput = call.data
    if case.instalments_asked_on is not None:
        raise Refused("PEN-PLAN-ASKED", Text("已提出过申请", "it was requested already"), 409)
    if case.due_on is not None and call.today > case.due_on:
        raise Refused("PEN-PLAN-LATE", _LATE.format(due=case.due_on), 409)
    case.instalments_proposed = [part.as_row() for part in parts_of(data.parts, case, call.today)]
    case.instalments_asked_on, case.instalments_reason = call.today, data.reason
    keep_files(call, case, data.files, case.reference, Text("经济困难证明", "Proof of hardship"))


def answer_instalments(call: Call, case: Penalty) -> None:
    """Granted, as asked or otherwise, or refused; the parts agreed take the place of the day to pay."""
    data: InstalmentsAnswerInput = call.data
    if not is_asked(case):
        raise Refused("PEN-PLAN-NONE", Text("没有待答复的申请", "no request waits for an answer"), 409)
    plan: list[Instalment] = []
    if data.outcome == "granted":
        proposed = "\n".join(f"{row['day']} {row['amount']}" for row in case.instalments_proposed)
        plan = parts_of(data.parts or proposed, case, call.today)
    case.instalments = [part.as_row() for part in plan]
    case.instalments_answered_on, case.instalments_answer = call.today, data.outcome
    case.instalments_opinion = data.reason
    lines = [_PART.format(day=part.day.isoformat(), amount=money(part.amount)) for part in plan]
    values = {
        "decision": case.decision_number, "outcome": INSTALMENT_ANSWERS[data.outcome], "reason": data.reason,
        "parts": Text("；".join(line.zh for line in lines) or "—", "; ".join(line.en for line in lines) or "—"),
    }  # fmt: skip
    write_letter(call, "verification.penalty_instalments", case, to=case.organisation, values=values)
    call.attach("outcome", data.outcome)
    call.attach("parts", case.instalments)


def parts_of(words: str, case: Penalty, today: date) -> list[Instalment]:
    """The parts that lines of text state, in the order of their days, together what is unpaid of the fine."""
    parts: list[Instalment] = []
    for number, line in enumerate(filter(str.strip, words.splitlines()), start=1):
        part = read_part(line.strip(), number)
        if part.day < today:
            raise Refused("PEN-PLAN-DAY", _PAST.format(n=number, found=part.day), 422)
        if parts and part.day <= parts[-1].day:
            raise Refused("PEN-PLAN-ORDER", _ORDER.format(n=number, found=part.day), 422)
        parts.append(part)
    unpaid, total = unpaid_of_fine(case), sum((part.amount for part in parts), NOUGHT)
    if total != unpaid:
        raise Refused("PEN-PLAN-SUM", _SUM.format(found=money(total), expected=money(unpaid)), 422)
    if parts and case.due_on is not None and parts[-1].day <= case.due_on:
        raise Refused("PEN-PLAN-EARLY", _EARLY.format(found=parts[-1].day, due=case.due_on), 422)
    return parts


def read_part(line: str, number: int) -> Instalment:
    """One line; its last day gives way to the next working day (民法典第二百零三条)."""
    match = LINE.fullmatch(line)
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None
    amount = Decimal(match[2]) if match else NOUGHT
    if day is None or amount <= 0:
        raise Refused("PEN-PLAN-LINE", _LINE.format(n=number, found=line), 422)
    return Instalment(day, due_after(day, 0, CIVIL), amount)
