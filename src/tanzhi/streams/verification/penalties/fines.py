"""The range of a fine by the law of the day of the act, and what late payment adds: computed, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tanzhi.actions.refusal import Refused
from tanzhi.law.evaluation import evaluate, is_set
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.penalties import OWING, penalties

from .model import PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.rulebook.kernel import RecordNode, Value

    from .model import Instalment, Penalty

NOUGHT = Decimal(0)
FACTS = ("illegal_gain", "missing", "mean_price", "next_quota")
_LAW = Text("{day} 的法律没有规定“{offence}”的罚款", "the law of {day} has no fine for “{offence}”")
_FACTS = Text("罚款幅度不能确定，缺少事实：{reason}", "the range cannot be determined, a fact is missing: {reason}")
_GAIN = Text("违法所得（没有则填 0）", "illegal gain (0 where there is none)")
_PRICE = Text(
    "未清缴量和清缴时限前一个月市场均价", "tonnes missing and the mean price of the month before the deadline"
)


@dataclass(frozen=True, slots=True)
class FineRange:
    """What a law allows for an offence: the day whose law it is, and the record that was evaluated."""

    day: date
    node: RecordNode
    least: Value
    greatest: Value

    @property
    def sums(self) -> tuple[Decimal, Decimal]:
        """Least and greatest fine, CNY."""
        return Decimal(str(self.least.number)), Decimal(str(self.greatest.number))


def record_of_facts(case: Penalty) -> dict[str, Any]:
    """The facts of a case as the guideline reads them."""
    return {"offence": case.offence} | {name: getattr(case, name) for name in FACTS if getattr(case, name)}


def known_on(offence: str, day: date, fined: str) -> bool:
    """Whether the law of a day fines this offence."""
    if fined == PERSON:
        return is_set("penalties.person_least_fine", on=day, offence=offence)
    tables = ("fixed_least_fine", "price_least_multiple")
    return any(is_set(f"penalties.{table}", on=day, offence=offence) for table in tables)


def range_on(case: Penalty, day: date) -> FineRange | None:
    """What the law of a day allows; None where a fact is missing or that law knows no such fine."""
    node = evaluate(penalties, day, record_of_facts(case))
    names = ("least_person_fine", "greatest_person_fine") if case.fined == PERSON else ("least_fine", "greatest_fine")
    least, greatest = (node.value(name) for name in names)
    if least.number is None or greatest.number is None:
        return None
    return FineRange(day, node, least, greatest)


def range_of(case: Penalty, today: date) -> FineRange:
    """By the law that applies (`day_of_law`); refused where that of the act's day has no fine, or a fact is missing."""
    day = case.acted_on
    if not known_on(case.offence, day, case.fined):
        raise Refused("PEN-LAW", _LAW.format(day=day.isoformat(), offence=case.offence_label), 422)
    lawful = range_on(case, day_of_law(case, today))
    if lawful is None:
        lacking = _PRICE if case.offence in OWING else _GAIN
        raise Refused("PEN-FACTS", _FACTS.format(reason=lacking), 422)
    return lawful


def day_of_law(case: Penalty, today: date) -> date:
    """The day whose law applies: once decided the one applied, before it the act's, or today's if lighter.

    行政处罚法第三十七条. Lighter is what is at most as much at both ends and less at one: the law does not say how two
    ranges compare [INF].
    """
    if case.law_day or case.decided_on:
        return case.law_day or case.acted_on
    then, now = range_on(case, case.acted_on), range_on(case, today)
    return today if then and now and lighter(now, then) else case.acted_on


def lighter(now: FineRange, then: FineRange) -> bool:
    pairs = list(zip(now.sums, then.sums, strict=True))
    return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)


# --- late payment -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FineBalance:
    """What a fine comes to on a day, CNY."""

    fine: Decimal
    surcharge: Decimal
    paid: Decimal
    node: RecordNode | None = None  # where a surcharge was computed

    @property
    def due(self) -> Decimal:
        return self.fine + self.surcharge - self.paid


def balance_of(case: Penalty, on: date) -> FineBalance:
    """Fine, surcharge and payments until a day, that day's included."""
    fine = case.fine_cny or NOUGHT
    rows = [(row.paid_on, Decimal(row.amount)) for row in case.payments.all() if row.paid_on <= on]
    paid = sum((amount for _, amount in rows), NOUGHT)
    late = delays(case, rows, on)
    if not late or case.delivered_on is None:
        return FineBalance(fine, NOUGHT, paid)
    node = evaluate(penalties, case.delivered_on, {"fine": str(fine), "delays": late})
    return FineBalance(fine, Decimal(str(node.value("surcharge").number)), paid, node)


def delays(case: Penalty, payments: list[tuple[date, Decimal]], on: date) -> list[dict[str, str]]:
    """Stretches of days after the last day to pay, each with what was unpaid of the fine; the day of payment counts."""
    begin = last_day_without_surcharge(case, payments)
    if begin is None or not case.fine:
        return []
    unpaid, rows = Decimal(case.fine), []
    for day, amount in [*sorted(payments), (on, NOUGHT)]:
        days = _counted(case, begin, day)
        if days and unpaid > 0:
            rows.append({"unpaid": str(unpaid), "days_overdue": str(days)})
        unpaid, begin = max(unpaid - amount, NOUGHT), max(begin, day)
    return rows


def last_day_without_surcharge(case: Penalty, payments: Iterable[tuple[date, Decimal]]) -> date | None:
    """The day after which late payment adds to a fine; None before the delivery, and once a plan was kept to its end.

    While agreed parts are paid in time nothing is added; from the first part that is missed on all that is unpaid of
    the fine is late. The law says that parts may be agreed (行政处罚法第六十六条), not what a missed one does to the
    others [INF].
    """
    if not case.instalments:
        return case.due_on
    rows = list(payments)
    for part, later in parts_of_plan(case):
        if Decimal(case.fine) - sum(amount for day, amount in rows if day <= part.last_day) > later:
            return part.last_day
    return None


def next_day_to_pay(case: Penalty) -> date | None:
    """The last day of the first part that the payments do not cover yet, or that of the law where none is agreed."""
    unpaid = unpaid_of_fine(case)
    return next((part.last_day for part, later in parts_of_plan(case) if unpaid > later), case.due_on)


def unpaid_of_fine(case: Penalty) -> Decimal:
    """What is unpaid of the fine itself, without surcharge, CNY."""
    return max(Decimal(case.fine or 0) - sum(Decimal(row.amount) for row in case.payments.all()), NOUGHT)


def parts_of_plan(case: Penalty) -> list[tuple[Instalment, Decimal]]:
    """Each agreed part with what may still be unpaid once it is paid, CNY."""
    plan = case.payment_plan
    return [(part, sum((later.amount for later in plan[at:]), NOUGHT)) for at, part in enumerate(plan, start=1)]


def _counted(case: Penalty, after: date, until: date) -> int:
    """Days after one day until another, without those of a reconsideration or a suit (行政处罚法第七十三条)."""
    days = max((until - after).days, 0)
    if case.challenged_on is None:
        return days
    first = max(case.challenged_on, after + timedelta(days=1))
    last = min(case.settled_on or until, until)
    return days - max((last - first).days + 1, 0)
