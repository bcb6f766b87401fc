"""Reading a month over three levels: returned with remarks to its cells, answered, passed on (国家—省—市三级联审)."""

from __future__ import annotations

from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.actions.references import digest
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move
from tanzhi.actions.table import Call
from tanzhi.filings.months.cells import cells_of, no_cell
from tanzhi.filings.months.inputs import RemarkAnswerInput, ReturnMonthInput
from tanzhi.filings.months.locks import refuse_locked
from tanzhi.filings.months.model import (
    CITY_LEVEL,
    DEPOSITED,
    DRAFT,
    IN_CORRECTION,
    PLANT_LEVEL,
    PROVINCE_LEVEL,
    RETURNED,
    Filing,
    Remark,
    RemarkAnswer,
    Version,
)
from tanzhi.filings.months.status import form_of
from tanzhi.law.calendar.days import WORKING
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.limit import Limit

LEVEL_OF = {"city_officer": CITY_LEVEL, "provincial_officer": PROVINCE_LEVEL}
REOPENED = (DRAFT, IN_CORRECTION, RETURNED)
REVIEW_LAW = "国家—省—市三级联审机制；碳排放权交易管理暂行条例"
AMEND_BY = Limit(
    "amend",
    Text("修改退回的数据并重新存证", "Amend what was returned and deposit it again"),
    days="procedure.month_amendment_days",
    unit=WORKING,
    who=PLANT,
    escalate={"city_officer"},
    law=REVIEW_LAW,
)


def reopened(filing: Filing) -> str:
    """What a filing is while its values change: returned, in correction if it was deposited before, or a draft."""
    if filing.returned_by:
        return RETURNED
    return IN_CORRECTION if filing.deposited_at else DRAFT


def reviews(_actor: Actor, _role: str, filing: Filing | None, _data: Any) -> bool:
    """Authorities read the months of plants; what they state themselves, and a year's report, is read otherwise."""
    return filing is not None and not filing.is_regional and not filing.is_annual


def _remark(call: Call, filing: Filing, version: Version | None, level: str) -> None:
    """The remark to the month as a whole and those to its cells; the evidence has the digest of their words."""
    if version is None:
        raise Refused("FIL-EMPTY", Text("尚未填写任何数据", "nothing has been filled in yet"), 409)
    data: ReturnMonthInput = call.data
    existing = cells_of(form_of(filing), version.record)
    missing = [cell for cell in data.cells if (cell.where, cell.field) not in existing]
    if findings := [no_cell(version, cell.where, cell.field) for cell in missing]:
        raise Refused("FIL-CELL", findings[0].message, 422, findings)
    by = {"person_id": call.actor.person_id or 0, "person_name": call.actor.name, "at": call.now}
    for where, field, text in [("", "", data.remark), *((cell.where, cell.field, cell.text) for cell in data.cells)]:
        Remark.objects.create(filing=filing, version=version, level=level, where=where, field=field, text=text, **by)
    call.attach("version", version.number)
    call.attach("values", version.digest)
    call.attach("remarks", digest(data.remark, [cell.model_dump() for cell in data.cells]))


def return_to_clerk(call: Call, filing: Filing) -> None:
    """The approver does not deposit what was checked: back to the clerk, with what must be changed."""
    _remark(call, filing, filing.latest, PLANT_LEVEL)
    call.enter(reopened(filing))


def return_month(call: Call, filing: Filing) -> None:
    """An authority asks for a deposited month to be amended; what is deposited stands until the next deposit."""
    filing.returned_by, filing.reviewed_by = LEVEL_OF[call.role], ""
    _remark(call, filing, filing.deposited_version, filing.returned_by)


_REVIEWED = Text("{level}已审核通过，不必再次办理", "{level} has reviewed it already")


def pass_month(call: Call, filing: Filing) -> None:
    """An authority has read what is deposited and has nothing to remark: the city before the province, or it alone."""
    level = LEVEL_OF[call.role]
    if filing.reviewed_by in (level, PROVINCE_LEVEL):
        label = Text("省级", "the province") if filing.reviewed_by == PROVINCE_LEVEL else Text("市级", "the city")
        raise Refused("FIL-REVIEWED", _REVIEWED.format(level=label), 409)
    filing.reviewed_by = level
    version = filing.deposited_version
    call.attach("level", level)
    call.attach("values", version.digest if version else "")


_NO_REMARK = Text("没有这条意见", "there is no such remark")


def answer_remark(call: Call, filing: Filing) -> None:
    """Say what was changed, or why it stands; every answer stays."""
    data: RemarkAnswerInput = call.data
    remark = filing.remarks.filter(pk=data.remark).first()
    if remark is None:
        raise Refused("FIL-REMARK", _NO_REMARK, 404)
    RemarkAnswer.objects.create(
        filing=filing,
        remark=remark,
        text=data.text,
        person_id=call.actor.person_id or 0,
        person_name=call.actor.name,
        at=call.now,
    )
    call.attach("remark", remark.pk)


_UNANSWERED = Text("有 {n} 条退回意见尚未答复", "{n} remarks are not answered yet")


def refuse_unanswered(filing: Filing) -> None:
    """What was returned goes back with an answer to each remark."""
    if count := filing.remarks.filter(answers=None).count():
        raise Refused("FIL-REMARKS", _UNANSWERED.format(n=count), 409)


def not_locked(_call: Call, filing: Filing) -> None:
    refuse_locked(filing)


REVIEW_MOVES = (
    Move(
        "filings.return_month",
        Text("退回企业修改", "Return to the plant"),
        leaves=(DEPOSITED,),
        enters=RETURNED,
        by=frozenset(LEVEL_OF),
        limits=reviews,
        other_than=("filings.deposit",),
        input=ReturnMonthInput,
        guard=not_locked,
        do=return_month,
        starts=(AMEND_BY,),
        on_page=True,
        law=REVIEW_LAW,
        forward=False,
    ),
    Move(
        "filings.pass_month",
        Text("审核通过", "Pass the review"),
        leaves=(DEPOSITED,),
        enters=None,
        by=frozenset(LEVEL_OF),
        limits=reviews,
        other_than=("filings.deposit",),
        do=pass_month,
        on_page=True,
        law=REVIEW_LAW,
    ),
)
