"""A year's list as a table of states, and what is done to its rows; with its decision whoever changes enters or leaves.

By 碳排放权交易管理办法（试行）: article 8 says who is listed, 9 that the province determines the list and makes it
public, 11 who is taken off, 12 that an enterprise applies and the province looks into it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.filings.reminders.work import filers_of
from tanzhi.law.evaluation import day_in, is_set
from tanzhi.organisations.register.choices import own_of, regions
from tanzhi.organisations.register.inputs import DisclosureInput
from tanzhi.organisations.register.queries import key_units, organisation_by_code, region_by_code
from tanzhi.organisations.register.work import end_listing, make_list_public, start_listing
from tanzhi.presentation.forms.fields import Attached, Choices, Long
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.dossier.files import keep_files
from tanzhi.workflow.notices.delivery import NoticeDraft, tell

from .candidates import APPLIED, MAY_LEAVE, ListCandidate, candidates, criteria
from .model import (
    CIRCULATED,
    DECIDED,
    DRAWN_UP,
    OFF,
    ON,
    OPEN,
    PUBLISHED,
    WAITING,
    KeyUnitList,
    KeyUnitListRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.organisations.register.model import Organisation

LAW = "碳排放权交易管理办法（试行）第八至十二条"
OFFICER, DIRECTOR = {"provincial_officer"}, {"provincial_director"}
NAMED = 5  # enterprises that a refusal names


class KeyListInput(Input):
    """Whose list, and of which year."""

    region: Annotated[str, Field(min_length=1, max_length=12), Label("地区", "Region"), Choices(regions)]
    year: Annotated[int, Field(ge=2019, le=2100), Label("名录年度", "Year of the list")]


ROW_OUTCOMES = Outcomes({ON: Text("列入名录", "On the list"), OFF: Text("不列入名录", "Not on the list")})


class RowDecisionInput(Input):
    """What an officer decides of an enterprise, against the criteria or on its statement."""

    outcome: Annotated[Literal["on", "off"], Label("决定", "Decision"), ROW_OUTCOMES]
    reason: Annotated[Reason, Long()]


class ListStatementInput(Input):
    """What an enterprise says of its place on the list, with its papers."""

    statement: Annotated[str, Field(min_length=4, max_length=4000), Label("说明", "Statement"), Long()]
    files: Annotated[list[str], Label("证明材料", "Proof"), Attached()] = Field(default_factory=list)


class ListApplicationInput(ListStatementInput):
    """An enterprise that is not on the list asks to be."""

    organisation: Annotated[
        str,
        Field(min_length=1, max_length=40),
        Label("单位", "Organisation"),
        Choices(own_of("enterprise_approver")),
    ]
    year: Annotated[int, Field(ge=2019, le=2100), Label("名录年度", "Year of the list")]


class ListDecisionInput(Input):
    document: Annotated[str, Field(min_length=4, max_length=300), Label("决定文件", "Decision")]


class PublicationInput(Input):
    document: Annotated[str, Field(min_length=4, max_length=300), Label("公开文件", "Document")]


# --- drawing up ----------------------------------------------------------------------------------------

_STANDS = Text("{year} 年名录已在编制：{state}", "the list of {year} is under way: {state}")


def draw_up(call: Call) -> KeyUnitList:
    """Every enterprise of the list of today and whoever reaches the threshold, by what was verified."""
    data: KeyListInput = call.data
    region = region_by_code(data.region)
    standing = KeyUnitList.objects.filter(region=region, year=data.year).first()
    if standing is not None:
        raise Refused("LST-STANDS", _STANDS.format(year=data.year, state=standing.state_label), 409)
    if data.year < call.today.year:
        message = Text("{year} 年已过去，不能再编制名录", "{year} is past: no list is drawn up for it")
        raise Refused("LST-PAST", message.format(year=data.year), 422)
    if not candidates(region, data.year, call.today):
        message = Text(
            "名录内没有单位，也没有核查结果达到门槛的单位", "nobody is listed and nobody was verified at the threshold"
        )
        raise Refused("LST-NOBODY", message, 409)
    key_list: KeyUnitList = KeyUnitList.objects.create(region=region, year=data.year, state=DRAWN_UP)
    call.attach("year", data.year)
    keep_rows(call, key_list)
    return key_list


def keep_rows(call: Call, key_list: KeyUnitList) -> None:
    """The rows anew; what was decided of an enterprise stands where its figures did not change, applications always."""
    earlier = {(row.organisation_id, row.sector): row for row in key_list.rows.all()}
    rule = criteria(key_list.year)
    keys = {key for key, row in earlier.items() if row.change == APPLIED}
    for candidate in candidates(key_list.region, key_list.year, call.today):
        key = (candidate.organisation.pk, candidate.sector)
        row = earlier.get(key)
        keys.add(key)
        figures = _figures(candidate, rule.years)
        if row is None:
            decision = "" if candidate.change == MAY_LEAVE else ON
            row = KeyUnitListRow(
                key_list=key_list, organisation=candidate.organisation, sector=candidate.sector, decision=decision
            )
        elif any(getattr(row, name) != value for name, value in figures.items()):
            row.decision, row.reason = "" if candidate.change == MAY_LEAVE else ON, ""
        for name, value in figures.items():
            setattr(row, name, value)
        row.save()
    for key, row in earlier.items():
        if key not in keys:
            row.delete()
    changes = Counter(key_list.rows.values_list("change", flat=True))
    call.attach("rows", sum(changes.values()))
    call.attach("changes", dict(sorted(changes.items())))


def _figures(candidate: ListCandidate, years: tuple[int, ...]) -> dict[str, Any]:
    """The columns of a row that follow from the criteria."""
    newest, before = candidate.emission(years[0]), candidate.emission(years[1]) if len(years) > 1 else None
    report = candidate.verified.get(years[0])
    return {
        "is_listed": candidate.is_listed,
        "change": candidate.change,
        "emission": "" if newest is None else str(newest),
        "emission_before": "" if before is None else str(before),
        "explained": report.ref() if report else "",
    }


# --- rows ----------------------------------------------------------------------------------------------


CHANGED = Text("{name}：拟变更，请在征求意见期间核对", "{name}: a change is proposed; look while it is circulated")
ANSWERED = Text("{name}：已答复您的说明", "{name}: what you stated is answered")
DECISION = Text("{name}：名录已决定", "{name}: the list is decided")
_NOT_OPEN = Text("{name}：{state}，不再改动", "{name} is not open to changes any more: {state}")


def refuse_decided(key_list: KeyUnitList) -> None:
    """Rows change while the list is drawn up and circulated, and no longer."""
    if key_list.state not in OPEN:
        raise Refused("LST-CLOSED", _NOT_OPEN.format(name=key_list.name, state=key_list.state_label), 409)


def locked_list(pk: int) -> KeyUnitList:
    """The list of a row, which nobody decides meanwhile."""
    key_list: KeyUnitList = KeyUnitList.objects.select_for_update(of=("self",)).select_related("region").get(pk=pk)
    return key_list


@action(
    "verification.decide_list_row",
    label=Text("决定列入事项", "Decide on an enterprise"),
    by=OFFICER,
    subject=KeyUnitListRow,
    input=RowDecisionInput,
    law=LAW,
)
def decide_row(call: Call, row: KeyUnitListRow) -> KeyUnitListRow:
    """On the list or not, with the reason; what the enterprise stated is answered by it, and its people are told."""
    data: RowDecisionInput = call.data
    key_list = locked_list(row.key_list_id)
    refuse_decided(key_list)
    key_list.part_changed()
    row.decision, row.reason = data.outcome, data.reason
    if row.stated_at is not None:
        row.answered_at = call.now
    row.save(update_fields=["decision", "reason", "answered_at"])
    call.attach("decision", row.decision)
    if row.stated_at is not None:
        _tell([row], call, ANSWERED)
    return row


@action(
    "verification.object_to_list",
    label=Text("对名录提出异议", "Object to the list"),
    by={"enterprise_approver"},
    subject=KeyUnitListRow,
    input=ListStatementInput,
    law=LAW,
)
def object_to_list(call: Call, row: KeyUnitListRow) -> KeyUnitListRow:
    """While the list is circulated an enterprise says, with proof, what is wrong with its row."""
    key_list = locked_list(row.key_list_id)
    if key_list.state != CIRCULATED:
        message = Text("{name}：{state}，不在征求意见期间", "{name} is not being circulated: {state}")
        raise Refused("LST-NOT-OPEN", message.format(name=key_list.name, state=key_list.state_label), 409)
    row.key_list = key_list
    _keep_statement(call, row)
    return row


def _keep_statement(call: Call, row: KeyUnitListRow) -> None:
    if row.stated_at is not None and row.answered_at is None:
        message = Text("已提交的说明尚未答复，请等待", "what was stated before is not answered yet")
        raise Refused("LST-STATED", message, 409)
    row.key_list.part_changed()
    row.statement, row.stated_at, row.answered_at = call.data.statement, call.now, None
    row.save()
    title = Text("名录异议与申请", "Objection or application")
    keep_files(call, row.key_list, call.data.files, f"verification.keyunitlistrow:{row.pk}", title)


@action(
    "verification.apply_for_list",
    label=Text("申请列入名录", "Apply to be listed"),
    by={"enterprise_approver"},
    place=lambda data: organisation_by_code(data.organisation).place,
    input=ListApplicationInput,
    law="碳排放权交易管理办法（试行）第十二条",
)
def apply_for_list(call: Call) -> KeyUnitListRow:
    """An enterprise that the list of a year does not have asks to be on it; an officer looks into it and decides."""
    data: ListApplicationInput = call.data
    organisation = organisation_by_code(data.organisation)
    key_list = _list_for(organisation, data.year)
    refuse_decided(key_list)
    if KeyUnitListRow.objects.filter(key_list=key_list, organisation=organisation).exists():
        message = Text("{name} 已在编制中的名录内，可提出异议", "{name} stands on the draft already: object to its row")
        raise Refused("LST-ON-DRAFT", message.format(name=organisation.name), 409)
    row = KeyUnitListRow(
        key_list=key_list, organisation=organisation, sector=organisation.sector, is_listed=False, change=APPLIED
    )
    _keep_statement(call, row)
    return row


def _list_for(organisation: Organisation, year: int) -> KeyUnitList:
    """The list of a year that is drawn up for where an enterprise lies; the nearest region's, locked."""
    lists = KeyUnitList.objects.filter(year=year).select_related("region")
    reaching = [each for each in lists if organisation.region.path.startswith(each.region.path)]
    if not reaching:
        message = Text("{year} 年名录尚未开始编制", "the list of {year} is not being drawn up yet")
        raise Refused("LST-NONE", message.format(year=year), 409)
    return locked_list(max(reaching, key=lambda key_list: len(key_list.region.path)).pk)


# --- circulating, deciding, publishing -------------------------------------------------------------------


def _tell(rows: Iterable[KeyUnitListRow], call: Call, title: Text) -> None:
    """The people of these enterprises who file."""
    drafts = []
    for row in rows:
        key, address = f"verification.list:{row.pk}:{call.now.isoformat()}", row.get_absolute_url()
        people = filers_of(row.organisation, call.today)
        drafts += [NoticeDraft(person, "list", key, title.format(name=row.name), address) for person in people]
    tell(drafts, call.now)


def changing(key_list: KeyUnitList) -> list[KeyUnitListRow]:
    """Rows whose enterprise enters or leaves by the decision as it stands, with those that await one."""
    rows = key_list.rows.select_related("organisation__region", "key_list__region")
    return [row for row in rows if row.waits or (row.decision == ON) != row.is_listed]


def circulate(call: Call, key_list: KeyUnitList) -> None:
    """Everybody may read it; whose place would change is told."""
    _tell(changing(key_list), call, CHANGED)


def refuse_waiting(_call: Call, key_list: KeyUnitList) -> None:
    """A list is decided once every row is, every statement is answered, and no figure has changed since."""
    waiting = list(key_list.rows.filter(WAITING).select_related("organisation"))
    if waiting:
        message = Text("有 {n} 家待决定或待答复：{names}", "{n} enterprises await a decision or an answer: {names}")
        raise Refused("LST-WAITING", message.format(n=len(waiting), names=_names(waiting)), 409)


def refuse_stale(call: Call, key_list: KeyUnitList) -> None:
    """Verified figures, the list of today or the law may have changed since the rows were made."""
    years = criteria(key_list.year).years
    fresh = {
        (candidate.organisation.pk, candidate.sector): _figures(candidate, years)
        for candidate in candidates(key_list.region, key_list.year, call.today)
    }
    rows = key_list.rows.exclude(change=APPLIED).select_related("organisation")
    stale = [
        row
        for row in rows
        if {name: getattr(row, name) for name in fresh.get((row.organisation_id, row.sector), {"change": ""})}
        != fresh.get((row.organisation_id, row.sector))
    ]
    missing = len(fresh.keys() - {(row.organisation_id, row.sector) for row in rows})
    if stale or missing:
        message = Text(
            "编制之后数据有变（{n} 家：{names}），请重新编制",
            "figures changed since it was drawn up ({n} enterprises: {names}): draw it up anew",
        )
        raise Refused("LST-STALE", message.format(n=len(stale) + missing, names=_names(stale) or "—"), 409)


def _names(rows: list[KeyUnitListRow]) -> str:
    """The first few codes."""
    return "、".join(row.organisation.code for row in rows[:NAMED]) + ("…" if len(rows) > NAMED else "")


def ready_to_decide(call: Call, key_list: KeyUnitList) -> None:
    refuse_waiting(call, key_list)
    refuse_stale(call, key_list)


def decide_list(call: Call, key_list: KeyUnitList) -> None:
    """From the first day of its year on, whoever it lists anew is on the list and whoever it leaves out is not."""
    since, basis = date(key_list.year, 1, 1), call.data.document
    entered, left = [], []
    for row in changing(key_list):
        if row.decision == ON:
            start_listing(row.organisation, row.sector, since, basis)
            entered.append(row)
        else:
            end_listing(row.organisation, row.sector, since, basis)
            left.append(row)
    call.attach("document", basis)
    call.attach("entered", [row.organisation.code for row in entered])
    call.attach("left", [row.organisation.code for row in left])
    _tell(entered + left, call, DECISION)


def publish_list(call: Call, key_list: KeyUnitList) -> None:
    """Make it public with its criteria: who stands on it on the first day of its year."""
    codes = sorted(key_units(date(key_list.year, 1, 1), key_list.region).values_list("code", flat=True))
    data = DisclosureInput(region=key_list.region.code, year=key_list.year, on=call.today, basis=call.data.document)
    make_list_public(call, key_list.region, data, codes)


def public_by(year: int) -> date | None:
    """The day of the year before on which the list of a year is to be public; none where the law names none."""
    first = date(year, 1, 1)
    return (
        day_in(year - 1, "national_plans.list_due", on=first) if is_set("national_plans.list_due", on=first) else None
    )


PUBLISH_BY = Limit(
    "publish",
    Text("公布名录", "Publish the list"),
    due=lambda _call, key_list: public_by(key_list.year),
    who=OFFICER,
    escalate=DIRECTOR,
    law="环办气候函〔2026〕32号",
)

KEY_LIST = CaseType(
    "verification.key_list",
    model=KeyUnitList,
    title=Text("重点排放单位名录编制", "Drawing up the list of key emission units"),
    law=LAW,
    comments=frozenset(OFFICER | DIRECTOR),
    states=(
        State(DRAWN_UP, Text("编制中", "Being drawn up"), tone="due"),
        State(CIRCULATED, Text("征求意见", "In consultation"), tone="info"),
        State(DECIDED, Text("已决定，待公布", "Decided, to be published"), tone="due"),
        State(PUBLISHED, Text("已公布", "Published"), tone="ok", end=True),
    ),
    opening=Opening(
        "verification.draw_up_list",
        Text("编制年度名录", "Draw up a year's list"),
        by=OFFICER,
        do=draw_up,
        place=lambda data: Place(region_path=region_by_code(data.region).path),
        input=KeyListInput,
        starts=(PUBLISH_BY,),
    ),
    moves=(
        Move(
            "verification.redraw_list",
            Text("重新编制", "Draw up anew"),
            leaves=OPEN,
            enters=DRAWN_UP,
            by=OFFICER,
            do=keep_rows,
            forward=False,
        ),
        Move(
            "verification.circulate_list",
            Text("征求意见", "Open the consultation"),
            leaves=(DRAWN_UP,),
            enters=CIRCULATED,
            by=OFFICER,
            do=circulate,
            todo=Text("征求意见：{name}", "Open the consultation on {name}"),
        ),
        Move(
            "verification.decide_list",
            Text("决定名录", "Decide the list"),
            leaves=(CIRCULATED,),
            enters=DECIDED,
            by=OFFICER,
            second_person=True,
            approvers=DIRECTOR,
            input=ListDecisionInput,
            guard=ready_to_decide,
            do=decide_list,
            todo=Text("决定：{name}", "Decide {name}"),
        ),
        Move(
            "verification.publish_list",
            Text("公布名录", "Publish the list"),
            leaves=(DECIDED,),
            enters=PUBLISHED,
            by=OFFICER | DIRECTOR,
            input=PublicationInput,
            do=publish_list,
            stops=(PUBLISH_BY,),
            todo=Text("公布：{name}", "Publish {name}"),
        ),
    ),
)
