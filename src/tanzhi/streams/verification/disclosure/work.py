"""Disclosure as a table of states, with the claims of its rows.

By 碳排放权交易管理暂行条例: article 12 has the result of verification made public, article 11 the emission,
facilities and method of the report, but for secrets (管理办法（试行）第二十五条). The regulations name no day: twenty
working days are those of 政府信息公开条例 article 26.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.filings.reminders.work import filers_of
from tanzhi.law.calendar.days import WORKING
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.organisations.sectors import SECTORS
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Long
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.cases.model import Conclusion
from tanzhi.streams.verification.cases.queries import Verified, verified_in
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.files import keep_files
from tanzhi.workflow.notices.delivery import NoticeDraft, tell

from .deadlines import SETTLED, claims_end, publication_due, settled_on
from .model import (
    ANSWERS,
    CIRCULATED,
    OPEN,
    PARTS,
    PREPARED,
    PUBLISHED,
    WAITING,
    WITHDRAWN,
    DisclosedEmission,
    EmissionDisclosure,
)

LAW = "碳排放权交易管理暂行条例第十一、十二条"
SECRETS = "碳排放权交易管理办法（试行）第二十五条；政府信息公开条例第十五条"
OFFICER, DIRECTOR = {"provincial_officer"}, {"provincial_director"}
NAMED = 5  # enterprises that a refusal names
BLANK = Text("空白", "blank")
CLAIM = ("claimed", "claim", "claimed_at", "answer", "answer_reason")
"""What of an enterprise's claim goes over to its next version."""


def provinces(_actor: Actor) -> list[tuple[str, Text]]:
    """Whose results are made public."""
    return [(region.code, region.name) for region in Region.objects.filter(kind="province")]


class DisclosureDraftInput(Input):
    """Whose results, of which year and sector; one that replaces what is public says why."""

    region: Annotated[str, Field(min_length=1, max_length=12), Label("省份", "Province"), Choices(provinces)]
    year: Annotated[int, Field(ge=2013, le=2100), Label("数据年度", "Data year")]
    sector: Annotated[str, Field(max_length=40), Label("行业", "Sector"), Choices(SECTORS)]
    correction: Annotated[
        str,
        Field(max_length=2000),
        Label("更正说明", "Why it is corrected"),
        Long(),
        Help("有已公开的排放量被更正时填写", "where an emission that is public already is corrected"),
    ] = ""


class SecretClaimInput(Input):
    """What of its row an enterprise claims as a trade secret, why, and by which papers."""

    parts: Annotated[
        list[Literal["facilities", "method"]],
        Field(min_length=1, max_length=2),
        Label("主张商业秘密的内容", "Claimed as a trade secret"),
        Choices(PARTS),
    ]
    reason: Annotated[Reason, Long()]
    files: Annotated[list[str], Label("证明材料", "Proof"), Attached()] = Field(default_factory=list)


class SecretAnswerInput(Input):
    outcome: Annotated[Literal["accepted", "rejected"], Label("决定", "Decision"), Outcomes(ANSWERS)]
    reason: Annotated[Reason, Long()]


class DisclosureWithdrawalInput(Input):
    """Why a disclosure that is not public yet is dropped."""

    reason: Annotated[Reason, Long()]


class DisclosureDecisionInput(Input):
    document: Annotated[str, Field(min_length=4, max_length=300), Label("公开文件", "Document")]


# --- preparing -----------------------------------------------------------------------------------------

_PROVINCE = Text("省份（核查结果由省级公开）", "a province, which makes results public")
_UNDER_WAY = Text("{name} 尚未公开，不能另行编制", "{name} is not public yet: no other one is begun")
_WHY = Text("更正说明（{names} 的排放量已公开）", "why it is corrected, as the emissions of {names} are public")
_NOTHING = Text(
    "{year} 年没有已最终确定而未公开的核查结果；核查结论告知企业、异议期满后方可公开",
    "no result of {year} is final and not public: it is made public once it was notified and is objected to no more",
)


def prepare(call: Call) -> EmissionDisclosure:
    """Every enterprise of the sector whose result is final and not public as it stands."""
    data: DisclosureDraftInput = call.data
    region = region_by_code(data.region)
    if region.kind != "province":
        raise refused("DIS-REGION", "region", data.region, _PROVINCE)
    earlier = EmissionDisclosure.objects.filter(region=region, year=data.year, sector=data.sector)
    open_one = earlier.filter(state__in=OPEN).first()
    if open_one is not None:
        raise Refused("DIS-OPEN", _UNDER_WAY.format(name=open_one.name), 409)
    disclosure: EmissionDisclosure = EmissionDisclosure.objects.create(
        region=region, year=data.year, sector=data.sector, number=earlier.count() + 1, correction=data.correction,
        state=PREPARED,
    )  # fmt: skip
    keep_rows(call, disclosure)
    return disclosure


def keep_rows(call: Call, disclosure: EmissionDisclosure) -> None:
    """The rows by the results of now; a claim and its answer stay, also those of the version that is corrected."""
    disclosure.claims_until = None
    of_the_year = DisclosedEmission.objects.filter(disclosure__year=disclosure.year, disclosure__state=PUBLISHED)
    public = {row.organisation_id: row for row in of_the_year.order_by("version")}
    own = {row.organisation_id: row for row in disclosure.rows.all()}
    results = [
        each for each in final_results(disclosure)
        if (row := public.get(each.case.organisation_id)) is None or row.conclusion_id != each.conclusion.pk
    ]  # fmt: skip
    if not results:
        raise Refused("DIS-NONE", _NOTHING.format(year=disclosure.year), 409)
    for result in results:
        key = result.case.organisation_id
        before = public.get(key)
        row = own.pop(key, None)
        if row is None:
            row = DisclosedEmission(disclosure=disclosure)
            for name in CLAIM if before else ():
                setattr(row, name, getattr(before, name))
        row.version = before.version + 1 if before else 1
        for name, value in columns(result).items():
            setattr(row, name, value)
        row.save()
    disclosure.rows.filter(pk__in=[row.pk for row in own.values()]).delete()
    corrected = list(disclosure.rows.filter(version__gt=1).select_related("organisation"))
    if corrected and not disclosure.correction.strip():
        raise refused("DIS-WHY", "correction", BLANK, _WHY.format(names=_names(corrected)))
    call.attach("rows", len(results))


def final_results(disclosure: EmissionDisclosure) -> list[Verified]:
    """The results of its year and sector that are objected to no more."""
    results = verified_in(disclosure.region, disclosure.year, disclosure.sector)
    return [each for each in results if each.case.state in SETTLED]


def columns(result: Verified) -> dict[str, Any]:
    """What a row says of a verified year."""
    body = result.case.body
    return {
        "organisation": result.case.organisation,
        "conclusion": result.conclusion,
        "emission": format(result.emission, "f"),
        "body_zh": body.name.zh if body else "",
        "body_en": body.name.en if body else "",
        "conforms": result.conclusion.conforms,
        "facilities": sorted(result.units),
        "method": result.case.filing.guideline_name,
    }


TO_SEE = Text("{name}：请核对拟公开内容", "{name}: look at what will be made public")
CLAIM_ANSWERED = Text("{name}：已答复商业秘密主张", "{name}: your claim of a secret is answered")
MADE_PUBLIC = Text("{name}：已公开", "{name}: it is public")
TAKEN_BACK = Text("{name}：已撤回，此次不公开", "{name}: withdrawn, it is not made public now")


def _tell(rows: Iterable[DisclosedEmission], call: Call, title: Text) -> None:
    drafts = []
    for row in rows:
        key, address = f"verification.disclosure:{row.pk}:{call.now.isoformat()}", row.get_absolute_url()
        people = filers_of(row.organisation, call.today)
        drafts += [NoticeDraft(person, "list", key, title.format(name=row.name), address) for person in people]
    tell(drafts, call.now)


def _rows(disclosure: EmissionDisclosure) -> list[DisclosedEmission]:
    return list(disclosure.rows.select_related("organisation__region", "disclosure__region"))


def circulate(call: Call, disclosure: EmissionDisclosure) -> None:
    """Each enterprise sees its own row, and is told until when it may claim a secret."""
    disclosure.claims_until, disclosure.consulted = claims_end(call.today), True
    call.attach("claims_until", disclosure.claims_until.isoformat())
    _tell(_rows(disclosure), call, TO_SEE)


def withdraw(call: Call, disclosure: EmissionDisclosure) -> None:
    """It is dropped before it is public; its rows and claims stay to be read, its results may be prepared again.

    Enterprises that were asked what of their row is a secret are told that it is not made public now.
    """
    disclosure.withdrawal = call.data.reason
    rows = _rows(disclosure)
    disclosure.rows.update(withdrawn=True)
    call.attach("rows", len(rows))
    if disclosure.consulted:
        _tell(rows, call, TAKEN_BACK)


# --- claims --------------------------------------------------------------------------------------------

_CLOSED = Text("{name}：{state}，不再改动", "{name} is closed: {state}")
_LATE = Text("主张商业秘密截至 {day}，已逾期", "a secret was to be claimed by {day}")
PROOF = Text("商业秘密证明材料", "Proof of a secret")


def disclosure_to_change(row: DisclosedEmission, *states: str) -> EmissionDisclosure:
    """The disclosure of a row that changes, which nobody publishes meanwhile; refused in another state."""
    rows = EmissionDisclosure.objects.select_for_update(of=("self",)).select_related("region")
    disclosure: EmissionDisclosure = rows.get(pk=row.disclosure_id)
    if disclosure.state not in states:
        raise Refused("DIS-CLOSED", _CLOSED.format(name=disclosure.name, state=disclosure.state_label), 409)
    disclosure.part_changed()
    return disclosure


@action(
    "verification.claim_secret",
    label=Text("主张商业秘密", "Claim a trade secret"),
    by={"enterprise_approver"},
    subject=DisclosedEmission,
    offered=lambda row: row.disclosure.claims_open(clock.today()),
    input=SecretClaimInput,
    law=SECRETS,
)
def claim_secret(call: Call, row: DisclosedEmission) -> DisclosedEmission:
    """Before it is made public an enterprise names what of it is a trade secret, and why; in time."""
    disclosure = disclosure_to_change(row, CIRCULATED)
    if not disclosure.claims_open(call.today):
        raise Refused("DIS-LATE", _LATE.format(day=disclosure.claims_until), 409)
    data: SecretClaimInput = call.data
    row.claimed, row.claim, row.claimed_at = sorted(set(data.parts)), data.reason, call.now
    row.answer, row.answer_reason = "", ""
    row.save()
    keep_files(call, disclosure, data.files, f"verification.disclosedemission:{row.pk}", PROOF)
    return row


@action(
    "verification.answer_secret",
    label=Text("答复商业秘密主张", "Answer a claim of a secret"),
    by=OFFICER,
    subject=DisclosedEmission,
    offered=lambda row: bool(row.claimed) and row.disclosure.state in OPEN,
    input=SecretAnswerInput,
    law=SECRETS,
)
def answer_secret(call: Call, row: DisclosedEmission) -> DisclosedEmission:
    """The officer withholds the part or makes it public all the same, with the reason; the enterprise is told."""
    disclosure_to_change(row, *OPEN)
    data: SecretAnswerInput = call.data
    if not row.claimed:
        raise Refused("DIS-NO-CLAIM", Text("该单位没有主张商业秘密", "nothing is claimed as a secret"), 409)
    row.answer, row.answer_reason = data.outcome, data.reason
    row.save(update_fields=["answer", "answer_reason"])
    call.attach("answer", row.answer)
    _tell([row], call, CLAIM_ANSWERED)
    return row


# --- making public -------------------------------------------------------------------------------------

_EARLY = Text(
    "企业可在 {day} 前（含当日）主张商业秘密，期满后公开",
    "enterprises may claim a secret until {day}: publish after it",
)
_WAITS = Text("{n} 家的商业秘密主张尚未答复：{names}", "claims of {n} enterprises are not answered: {names}")
_STALE = Text(
    "编制之后核查结果有变：{names}，请重新编制", "results changed since it was prepared: {names}; prepare it anew"
)


def ready_to_publish(call: Call, disclosure: EmissionDisclosure) -> None:
    """The time to claim is over, every claim is answered, and nothing was verified otherwise since."""
    if disclosure.claims_open(call.today):
        raise Refused("DIS-EARLY", _EARLY.format(day=disclosure.claims_until), 409)
    waiting = list(disclosure.rows.filter(WAITING).select_related("organisation"))
    if waiting:
        raise Refused("DIS-WAITS", _WAITS.format(n=len(waiting), names=_names(waiting)), 409)
    standing = {each.conclusion.pk for each in final_results(disclosure)}
    stale = [row for row in _rows(disclosure) if row.conclusion_id not in standing]
    if stale:
        raise Refused("DIS-STALE", _STALE.format(names=_names(stale)), 409)


def _names(rows: list[DisclosedEmission]) -> str:
    """The first few codes."""
    return "、".join(row.organisation.code for row in rows[:NAMED]) + ("…" if len(rows) > NAMED else "")


def publish(call: Call, disclosure: EmissionDisclosure) -> None:
    """From this act on everybody reads it; the log tells who and how much, and nothing that is withheld."""
    disclosure.document, disclosure.published_on = call.data.document, call.today
    rows = _rows(disclosure)
    call.attach("emissions", {row.organisation.code: row.emission for row in rows})
    _tell(rows, call, MADE_PUBLIC)


def public_by(_call: Call, disclosure: EmissionDisclosure) -> date:
    """Until when the first of its results is to be public."""
    results = Conclusion.objects.filter(disclosed_emissions__disclosure=disclosure)
    return publication_due(min(settled_on(results).values()))


def eligible(rows: Any, _actor: Actor) -> Any:
    """Not yet those that enterprises still look at: they are not published before their day."""
    return rows.exclude(state=CIRCULATED, claims_until__gte=clock.today())


PUBLISH_BY = Limit(
    "disclose",
    Text("公开核查结果", "Make the results public"),
    due=public_by,
    unit=WORKING,
    who=OFFICER,
    escalate=DIRECTOR,
    law="政府信息公开条例第二十六条",
)

DISCLOSURE = CaseType(
    "verification.disclosure",
    model=EmissionDisclosure,
    title=Text("核查结果公开", "Disclosure of verified emissions"),
    law=LAW,
    comments=frozenset(OFFICER | DIRECTOR),
    rows_to_do=eligible,
    states=(
        State(PREPARED, Text("编制中", "Being prepared"), tone="due"),
        State(CIRCULATED, Text("征求意见", "In consultation"), tone="info"),
        State(PUBLISHED, Text("已公开", "Public"), tone="ok", end=True),
        State(WITHDRAWN, Text("已撤回", "Withdrawn"), end=True),
    ),
    opening=Opening(
        "verification.prepare_disclosure",
        Text("编制核查结果公开", "Prepare a disclosure"),
        by=OFFICER,
        do=prepare,
        place=lambda data: Place(region_path=region_by_code(data.region).path),
        input=DisclosureDraftInput,
        starts=(PUBLISH_BY,),
    ),
    moves=(
        Move(
            "verification.prepare_anew", Text("重新编制", "Prepare anew"), leaves=OPEN, enters=PREPARED, by=OFFICER,
            do=keep_rows, forward=False,
        ),
        Move(
            "verification.circulate_disclosure", Text("征求意见", "Open the consultation"), leaves=(PREPARED,),
            enters=CIRCULATED, by=OFFICER, do=circulate,
            todo=Text("征求意见：{name}", "Open the consultation on {name}"),
        ),
        Move(
            "verification.publish_disclosure", Text("公开", "Make public"), leaves=(CIRCULATED,), enters=PUBLISHED,
            by=OFFICER, second_person=True, approvers=DIRECTOR, input=DisclosureDecisionInput, guard=ready_to_publish,
            do=publish, stops=(PUBLISH_BY,), offered=lambda case: not case.claims_open(clock.today()),
            todo=Text("公开：{name}", "Make public: {name}"),
        ),
        Move(
            "verification.withdraw_disclosure", Text("撤回公开", "Withdraw the disclosure"), leaves=OPEN,
            enters=WITHDRAWN, by=OFFICER, input=DisclosureWithdrawalInput, do=withdraw, stops=(PUBLISH_BY,),
            forward=False,
        ),
    ),
)  # fmt: skip
