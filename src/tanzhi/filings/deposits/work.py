"""How a filing comes to be deposited, as a table: open, save, upload, check, deposit, correct, compose."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from tanzhi.actions.actor import Actor
from tanzhi.actions.insertion import rewrite
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call
from tanzhi.actions.transitions import CaseType, begin_once, bring_along
from tanzhi.evidence.files import name_content
from tanzhi.filings.intake.records import months_in, only_month
from tanzhi.filings.months.inputs import (
    CorrectInput,
    FilingAttachInput,
    FilingOpenInput,
    QuestionAnswersInput,
    RemarkAnswerInput,
    ReturnMonthInput,
    SaveInput,
    UploadInput,
)
from tanzhi.filings.months.locks import refuse_locked
from tanzhi.filings.months.model import CHECKED, DEPOSITED, DRAFT, IN_CORRECTION, RETURNED, Filing
from tanzhi.filings.months.status import (
    composed,
    form_of,
    is_composed,
    months_of,
)
from tanzhi.filings.months.uploads import ReadUpload, upload_to_keep
from tanzhi.filings.months.versions import Source, keep
from tanzhi.filings.results.results import compute, digest_of
from tanzhi.filings.review.work import (
    AMEND_BY,
    REOPENED,
    REVIEW_MOVES,
    answer_remark,
    refuse_unanswered,
    reopened,
    return_to_clerk,
)
from tanzhi.filings.shared.inputs import place_of_organisation
from tanzhi.presentation.intake.cells import readable_record
from tanzhi.rulebook.kernel import examine
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.limit import Limit

from .additions import answer, attach, take_reports
from .examination import (
    examined,
    examined_before,
    questions_to_answer,
    refuse_other_version,
    version_without_findings,
)
from .opening import (
    FILERS,
    OFFICE,
    files_as,
    new_filing,
    open_filing,
    opened_before,
    opens_as,
    standing_filing,
)

DEPOSIT_LAW = "CETS-AG-01.01-V02-2022"


def save(call: Call, filing: Filing) -> None:
    """Keep the values of the grid, a paste or the API as the next version."""
    if odd := [finding for finding in examine(form_of(filing), call.data.record) if finding.code == "FORM-TABLE"]:
        raise Refused("FIL-SHAPE", Text("内容不是这张表的数据", "this is not the content of the form"), 422, odd)
    record = readable_record(form_of(filing), call.data.record)
    version = keep(call, filing, record, Source(reason=call.data.reason))
    call.attach("version", version.number)
    call.attach("values", version.digest)
    call.enter(reopened(filing))


def upload(call: Call, filing: Filing) -> None:
    """Keep what a workbook holds, a year whole, months each as its own; refused whole while any cell is wrong."""
    prepared: ReadUpload = call.prepared
    stored, read = name_content(prepared.content), prepared.upload
    source = Source(stored.sha256, call.data.name, read.answer.places, read.mapping, call.data.reason)
    months = months_in(read.answer.record)
    whole = filing.is_annual and bool(months)  # a year before months are deposited: they are its rows
    for month in [filing.period] if whole or not months else months:
        # One month of a workbook into that month's filing.
        own = month == filing.period
        target = filing
        if not own:  # the filing of another month of the workbook, opened where there is none
            whose = (filing.organisation, filing.form_code, month)
            standing, _ = begin_once(call, FILING, partial(new_filing, *whose), partial(standing_filing, *whose))
            target = cast("Filing", standing)
        if not target.allows("filings.upload"):
            message = Text("{month} 已存证，须先发起更正", "{month} is deposited: start a correction first")
            raise Refused("FIL-DEPOSITED", message.format(month=month), 409)
        places = {path: cell for path, cell in source.places.items() if whole or month in path or "months[" not in path}
        version = keep(
            call,
            target,
            read.answer.record if whole else only_month(read.answer.record, month),
            Source(source.sha256, source.name, places, source.mapping, source.reason),
        )
        call.attach(f"version {month}", f"{version.number} {version.digest}")
        if not own:
            bring_along(call, target, "filings.upload", reopened(target))
    call.attach("file", stored.sha256)
    if rounded := [f"{f.place}: {f.found}" for f in read.answer.findings if f.code == "VAL-ROUNDED"]:
        call.attach("rounded", rounded)
    call.enter(reopened(filing))


def check_filing(call: Call, filing: Filing) -> None:
    """Declare the values complete; refused while an error or an unanswered question stands.

    Examined before the lock; what the register or the law says otherwise since, the deposit refuses.
    """
    refuse_other_version(filing, call.prepared)
    refuse_unanswered(filing)


_UNCHANGED = Text(
    "第 {n} 版已经存证，数据没有改动；请改后再存证，或撤回更正",
    "version {n} is deposited already and nothing has changed: change it, or withdraw the correction",
)


def deposit(call: Call, filing: Filing) -> None:
    """Put the version's digest into the evidence log, mark it late where it is, and compute what follows from it."""
    version, node = examined(filing, call.prepared)
    if filing.deposited_at is not None:
        refuse_locked(filing)
    if version.deposited and not filing.returned_by:
        raise Refused("FIL-UNCHANGED", _UNCHANGED.format(n=version.number), 409)
    again = version.deposited  # what was returned may stand, with the answers to its remarks
    version.deposited = True
    rewrite(version, "deposited")
    if filing.deposited_at is None:
        filing.late = call.today > filing.due_on
    filing.deposited_at, filing.correction_reason = call.now, ""
    filing.returned_by = filing.reviewed_by = ""
    results = list(filing.results.filter(version=version)) if again else compute(filing, version, node)
    call.attach("version", version.number)
    call.attach("values", version.digest)
    call.attach("period", filing.period)
    call.attach("late", filing.late)
    call.attach("files", sorted(filing.evidence_files.values_list("sha256", flat=True)))
    call.attach("release", results[0].release if results else "")
    call.attach("results", digest_of(results))


_CORRECTING = Text(
    "更正已经发起（理由：{reason}），不必再次发起；修改后存证，或撤回更正",
    "a correction is under way already ({reason}): change the values and deposit them, or withdraw it",
)


def not_in_correction(_call: Call, filing: Filing) -> None:
    """A correction is begun once, and where nothing rests on what was deposited."""
    if filing.correction_reason:
        raise Refused("FIL-CORRECTING", _CORRECTING.format(reason=filing.correction_reason), 409)
    refuse_locked(filing)


def correct(call: Call, filing: Filing) -> None:
    """Open a deposited filing again; every version stays, and the deposited one stands until the next deposit."""
    filing.correction_reason = call.data.reason
    call.attach("reason", call.data.reason)


_NO_CORRECTION = Text("没有可撤回的更正", "there is no correction to withdraw")


def withdraw_correction(call: Call, filing: Filing) -> None:
    """Leave a deposited filing as it stands; what was changed meanwhile is kept as versions that do not count."""
    version = filing.deposited_version
    if version is None or filing.returned_by:
        raise Refused("FIL-NO-CORRECTION", _NO_CORRECTION, 409)
    if filing.latest != version and (latest := filing.latest) and latest.digest != version.digest:
        keep(call, filing, version.record, Source(reason="correction withdrawn"))
    filing.correction_reason = ""
    call.attach("version", version.number)


def compose(call: Call, filing: Filing) -> None:
    """The year's values out of the deposited months."""
    if not is_composed(filing):
        raise Refused(
            "FIL-PERIOD", Text("只有由月度数据汇总的年度报告可以汇总", "Only a report of months is composed"), 422
        )
    version = keep(call, filing, composed(months_of(filing)), Source(reason="composed"))
    call.attach("version", version.number)
    call.attach("values", version.digest)
    call.enter(reopened(filing))


def own_rows(rows: Any, actor: Actor) -> Any:
    """What my organisation, or my department, states itself."""
    own = {grant.organisation_id for grant in actor.grants if grant.role in PLANT | OFFICE}
    return rows.filter(organisation__in=own - {None}).select_related("organisation__region")


DEPARTMENT = {"city_officer", "provincial_officer"}
DEPOSIT_BY = Limit(
    "deposit",
    Text("存证", "Deposit"),
    due=lambda _call, filing: None if filing.is_regional else filing.due_on,
    who=PLANT,
    law=DEPOSIT_LAW,
)
INNER = Limit(
    "inner",
    Text("存证（省内期限）", "Deposit (the province's own deadline)"),
    due=lambda _call, filing: filing.inner_due_on,
    who=PLANT,
)
REGIONAL = Limit(
    "regional",
    Text("填报地区数据", "State the data of the region"),
    due=lambda _call, filing: filing.due_on if filing.is_regional else None,
    who=DEPARTMENT,
)
OPEN_STATES = (DRAFT, CHECKED, *REOPENED[1:])
AS_BEFORE = {CHECKED: REOPENED} | {state: (state,) for state in REOPENED}
"""Changed values are checked anew: of a first filing, or of a correction, which stays one."""
FILING = CaseType(
    "filings.filing",
    model=Filing,
    title=Text("数据填报与存证", "Filing and deposit"),
    law=DEPOSIT_LAW,
    start=DRAFT,
    comments=frozenset(),
    rows_to_do=own_rows,
    states=(
        State(DRAFT, Text("填写中", "draft"), tone="due"),
        State(CHECKED, Text("已检查，待存证", "checked, to be deposited"), tone="due"),
        State(DEPOSITED, Text("已存证", "deposited"), tone="ok", end=True),
        State(IN_CORRECTION, Text("更正中", "in correction"), tone="due", aside=True),
        State(RETURNED, Text("退回修改", "returned"), tone="late", aside=True),
    ),
    opening=Opening(
        "filings.open",
        Text("开始填报", "Open a filing"),
        by=FILERS,
        do=open_filing,
        again=opened_before,
        place=place_of_organisation,
        input=FilingOpenInput,
        limits=opens_as,
        prepares=True,
        starts=(DEPOSIT_BY, INNER, REGIONAL),
    ),
    moves=(
        Move(
            "filings.save",
            Text("保存填报", "Save"),
            leaves=OPEN_STATES,
            enters=REOPENED,
            enters_from=AS_BEFORE,
            by=FILERS,
            limits=files_as,
            prepares=True,
            input=SaveInput,
            do=save,
            on_page=True,
        ),
        Move(
            "filings.take_reports",
            Text("带入检测报告的数值", "Take the values of the laboratory reports"),
            leaves=OPEN_STATES,
            enters=REOPENED,
            enters_from=AS_BEFORE,
            by=FILERS,
            limits=files_as,
            prepares=True,
            do=take_reports,
            on_page=True,
        ),
        Move(
            "filings.upload",
            Text("上传工作簿", "Upload a workbook"),
            leaves=OPEN_STATES,
            enters=REOPENED,
            enters_from=AS_BEFORE,
            by=FILERS,
            limits=files_as,
            prepares=True,
            input=UploadInput,
            prepare=upload_to_keep,
            do=upload,
            on_page=True,
        ),
        Move(
            "filings.compose",
            Text("汇总年度报告", "Compose the annual report"),
            leaves=OPEN_STATES,
            enters=REOPENED,
            enters_from=AS_BEFORE,
            by=FILERS,
            limits=files_as,
            prepares=True,
            do=compose,
            on_page=True,
        ),
        Move(
            "filings.answer",
            Text("答复疑问", "Answer questions"),
            leaves=OPEN_STATES,
            enters=None,
            by=FILERS,
            limits=files_as,
            input=QuestionAnswersInput,
            prepare=questions_to_answer,
            do=answer,
            on_page=True,
        ),
        Move(
            "filings.attach",
            Text("附证据", "Attach evidence"),
            leaves=OPEN_STATES,
            enters=None,
            by=FILERS,
            limits=files_as,
            prepares=True,
            input=FilingAttachInput,
            do=attach,
            on_page=True,
        ),
        Move(
            "filings.check",
            Text("提交检查", "Submit for checking"),
            leaves=REOPENED,
            enters=CHECKED,
            by=FILERS,
            limits=files_as,
            prepares=True,
            prepare=version_without_findings,
            do=check_filing,
            on_page=True,
            todo=Text("填报 {name}", "File {name}"),
            todo_in={RETURNED: Text("按退回意见修改 {name}", "Amend what was returned: {name}")},
            asks={"enterprise_filer"} | DEPARTMENT,
        ),
        Move(
            "filings.deposit",
            Text("存证", "Deposit"),
            leaves=(CHECKED,),
            enters=DEPOSITED,
            by={"enterprise_approver"} | OFFICE,
            limits=files_as,
            other_than=("filings.check",),
            authors=lambda filing: [filing.latest.person_id if filing.latest else None],
            prepare=examined_before,
            do=deposit,
            on_page=True,
            stops=(DEPOSIT_BY, INNER, REGIONAL, AMEND_BY),
            todo=Text("存证 {name}", "Deposit {name}"),
            asks={"enterprise_approver"} | OFFICE,  # of a department with one officer, the director deposits
        ),
        Move(
            "filings.correct",
            Text("发起更正", "Start a correction"),
            leaves=(DEPOSITED, IN_CORRECTION),
            enters=IN_CORRECTION,
            by=FILERS,
            limits=files_as,
            input=CorrectInput,
            guard=not_in_correction,
            do=correct,
            on_page=True,
            offered=lambda filing: not filing.correction_reason,
        ),
        Move(
            "filings.withdraw_correction",
            Text("撤回更正", "Withdraw a correction"),
            leaves=(CHECKED, IN_CORRECTION),
            enters=DEPOSITED,
            by=FILERS,
            limits=files_as,
            do=withdraw_correction,
            on_page=True,
            offered=lambda filing: filing.deposited_at is not None and not filing.returned_by,
            forward=False,
        ),
        Move(
            "filings.answer_remark",
            Text("答复意见", "Answer a remark"),
            leaves=REOPENED,
            enters=None,
            by=FILERS,
            limits=files_as,
            input=RemarkAnswerInput,
            do=answer_remark,
            on_page=True,
        ),
        Move(
            "filings.return_to_clerk",
            Text("退回填报人", "Return to the clerk"),
            leaves=(CHECKED,),
            enters=REOPENED,
            by={"enterprise_approver"} | OFFICE,
            limits=files_as,
            input=ReturnMonthInput,
            do=return_to_clerk,
            on_page=True,
            forward=False,
        ),
        *REVIEW_MOVES,
    ),
)
