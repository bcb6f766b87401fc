"""Banks: a project is pushed to one, which grants credit and pays; every amount after its cause, none too great."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Sum

from tanzhi.actions.refusal import Refused, before_its_cause, refused
from tanzhi.actions.table import Call, action
from tanzhi.law.evaluation import parameter
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text

from .bank_models import BankLink, Credit, Disbursement
from .inputs import AmountInput, BankInput, DisbursementCancelInput
from .models import LIBRARY, Project
from .money import fen_of, written

_TWICE = Text("已推送给{bank}", "pushed to {bank} already")


def may_be_assigned(call: Call, project: Project) -> None:
    """A bank is a bank, and is asked once."""
    data: BankInput = call.data
    bank = organisation_by_code(data.bank, "bank")
    if bank.kind != "bank":
        raise refused("FIN-34", "bank", data.bank, Text("金融机构", "a bank"))
    if project.entered_on is not None and call.today < project.entered_on:
        raise before_its_cause(Text("推送", "This"), call.today.isoformat(), project.entered_on.isoformat())
    if project.links.filter(bank=bank).exists():
        raise Refused("FIN-36", _TWICE.format(bank=bank.name), 409)


def assign_bank(call: Call, project: Project) -> None:
    """From now on that bank sees the project."""
    bank = organisation_by_code(call.data.bank, "bank")
    link = BankLink.objects.create(project=project, bank=bank, assigned_on=call.today)
    call.attach("bank", bank.pk)
    call.attach("link", link.pk)


@action(
    "finance.grant_credit",
    label=Text("登记授信", "Record credit granted"),
    by={"bank"},
    subject=BankLink,
    input=AmountInput,
)
def grant_credit(call: Call, link: BankLink) -> Credit:
    """Credit of a bank for a project of the library; all banks' credit stays within the investment."""
    _refuse_outside(link)
    fen = _amount(call, link, link.project.entered_on)
    every = total(Credit.objects.filter(link__project=link.project))
    if every + fen > link.project.investment_fen:
        expected = Text("各行授信合计不超过总投资 {most} 万元", "all credit at most the investment, {most} ×10⁴ yuan")
        raise refused(
            "FIN-32", "amount", written(every + fen), expected.format(most=written(link.project.investment_fen))
        )
    granted: Credit = _new_amount(call, Credit, link, fen)
    return granted


@action(
    "finance.disburse",
    label=Text("登记放款", "Record a disbursement"),
    by={"bank"},
    subject=BankLink,
    input=AmountInput,
)
def disburse(call: Call, link: BankLink) -> Disbursement:
    """Money paid out, after credit of this bank and within it."""
    _refuse_outside(link)
    granted = standing(link.credits.all()).order_by("on").first()
    if granted is None:
        raise Refused("FIN-35", Text("尚未登记本行授信，不能放款", "no credit of this bank is recorded yet"), 409)
    fen = _amount(call, link, granted.on)
    credit = total(link.credits.filter(on__lte=call.data.on))
    paid = total(link.disbursements.all())
    if paid + fen > credit:
        expected = Text("本行放款合计不超过授信 {most} 万元", "disbursed at most the credit, {most} ×10⁴ yuan")
        raise refused("FIN-31", "amount", written(paid + fen), expected.format(most=written(credit)))
    disbursement: Disbursement = _new_amount(call, Disbursement, link, fen)
    return disbursement


@action(
    "finance.cancel_disbursement",
    label=Text("冲销放款", "Cancel a disbursement"),
    by={"bank"},
    subject=Disbursement,
    input=DisbursementCancelInput,
    second_person=True,
    approvers={"city_officer", "provincial_officer", "provincial_director"},
)
def cancel_disbursement(call: Call, paid: Disbursement) -> Disbursement:
    """A wrong entry stays, marked as cancelled with its reason; the authority decides."""
    if paid.cancelled_at is not None:
        raise Refused("FIN-38", Text("该笔放款已冲销", "it is cancelled already"), 409)
    paid.cancelled_at, paid.reason = call.now, call.data.reason
    paid.save(update_fields=["cancelled_at", "reason"])
    return paid


def standing(rows: Any) -> Any:
    """Rows that were not cancelled."""
    return rows.filter(cancelled_at=None)


def total(rows: Any) -> int:
    """Fen of the rows that stand."""
    return standing(rows).aggregate(all=Sum("amount_fen"))["all"] or 0


_OUTSIDE = Text("项目现为“{state}”，不在库中", "the project is “{state}”, not in the library")


def _refuse_outside(link: BankLink) -> None:
    if link.project.state != LIBRARY:
        raise Refused("FIN-33", _OUTSIDE.format(state=link.project.state_label), 409)


_FUTURE = Text("日期不得晚于今日 {today}", "not after today, {today}")
_SMALL = Text(
    "金额以万元填报，低于 {least} 万元疑以亿元填报；核对无误请勾选“金额数量级已核对”",
    "amounts are in 10⁴ yuan; below {least} it looks like 10⁸ yuan; if it is right, say that it was checked",
)


def _amount(call: Call, link: BankLink, cause: date | None) -> int:
    """The amount in fen, dated between its cause and today and of a likely magnitude."""
    data: AmountInput = call.data
    if data.on > call.today:
        raise refused("FIN-37", "on", data.on.isoformat(), _FUTURE.format(today=call.today.isoformat()))
    if cause is not None and data.on < cause:
        raise before_its_cause(Text("该笔业务", "This"), data.on.isoformat(), cause.isoformat())
    least = parameter("procedure.library_least_investment", on=call.today)
    if not data.confirmed and data.amount < least:
        raise refused("FIN-02", "amount", plain(data.amount), _SMALL.format(least=plain(least)))
    return fen_of(data.amount, "amount", Text("金额", "the amount"))


def _new_amount(call: Call, model: Any, link: BankLink, fen: int) -> Any:
    data: AmountInput = call.data
    fields = {"amount_fen": fen, "on": data.on, "document": data.document}
    call.attach("amount_fen", fen)
    return model._base_manager.create(link=link, person_name=call.actor.name, at=call.now, **fields)
