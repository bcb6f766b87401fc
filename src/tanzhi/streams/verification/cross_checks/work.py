"""Cross-checks as work: a job asks, a plant explains, an officer sets aside or turns a hit into a clue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from tanzhi.actions.actor import Actor
from tanzhi.actions.jobs import JobRun, job, start
from tanzhi.actions.models import Job
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input, action, anywhere
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.filings.months.model import Version
from tanzhi.filings.shared.inputs import place_of_organisation
from tanzhi.law.evaluation import in_force, parameter
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.fields import Attached, Choices, Long
from tanzhi.rulebook.checks.cross.limits import CrossLimits, cross_checks
from tanzhi.rulebook.checks.cross.run import cross_checked
from tanzhi.rulebook.checks.cross.year_books import Compared, CrossHit
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.clues.model import RISKS
from tanzhi.workflow.dossier.files import keep_files

from .books import year_books
from .model import ANSWERED, ASIDE, GONE, OPEN, TO_CLUE, CheckHit

RUN = "verification.cross_checks"
OFFICIALS = {"provincial_officer", "city_officer"}
Words = Annotated[str, Field(min_length=4, max_length=4000), Long()]
_NONE = Text("{year} 年没有已存证的数据", "nothing of {year} is deposited")


class CrossCheckInput(Input):
    year: Annotated[int, Field(ge=1990, le=2100), Label("数据年度", "Data year")]


class HitInput(Input):
    """A hit as the platform found it."""

    organisation_id: int
    year: int
    code: str
    version: int
    where: str
    field: str
    value: str
    words: dict[str, dict[str, str]]
    compared: list[dict[str, Any]]
    release: str


class ExplainHitInput(Input):
    answer: Annotated[Words, Label("说明", "Explanation")]
    files: Annotated[list[str], Label("证明材料", "Proof"), Attached()] = Field(default_factory=list)


class HitOpinionInput(Input):
    opinion: Annotated[Words, Label("意见", "Opinion")]


class HitClueInput(Input):
    text: Annotated[Words, Label("问题描述", "Problem")]
    risk: Annotated[str, Field(min_length=1), Label("风险等级", "Risk"), Choices(RISKS)] = "medium"


def by_the_run(actor: Actor, _role: str, _subject: CheckHit | None, _data: object) -> bool:
    """What the job writes, and nobody's request."""
    return actor.person_id is None


@action(
    "verification.cross_check",
    label=Text("运行全省交叉核对", "Run the cross-checks"),
    by={"provincial_officer"},
    input=CrossCheckInput,
    place=anywhere,
)
def cross_check(call: Call) -> Job:
    """Have the deposited data of all plants of a year cross-checked, beside the request."""
    if not Version.objects.filter(deposited=True, filing__period__startswith=str(call.data.year)).exists():
        raise Refused("XCH-NONE", _NONE.format(year=call.data.year), 409)
    return start(RUN, call.actor, year=call.data.year)


def limits_of(year: int) -> CrossLimits:
    """The limits by the law of the year's last day."""
    on = date(year, 12, 31)
    return CrossLimits(**{each.name: parameter(f"cross_checks.{each.name}", on=on) for each in fields(CrossLimits)})


@job(RUN, label=Text("全省交叉核对", "Cross-checks over the province"), by={"provincial_officer"})
def run_cross_checks(run: JobRun, year: int) -> Callable[[], dict[str, int]]:
    """All checks of a year; new hits are noted, and what is not found any more is marked so."""
    run.step(0, Text("读取数据", "reading"), 2)
    books = year_books(year)
    run.step(1, Text("核对中", "checking"))
    hits = cross_checked(books, limits_of(year))

    def keep() -> dict[str, int]:
        return {"plants": len(books), "hits": len(hits), **keep_hits(year, hits)}

    return keep


def keep_hits(year: int, hits: list[CrossHit]) -> dict[str, int]:
    """Note what is new and withdraw what is gone; answered, set aside and handed on stays as it is."""
    platform, release = Actor.platform(), in_force(cross_checks).release
    plants = {row.code: row.pk for row in Organisation.objects.filter(code__in={hit.plant for hit in hits})}
    rows = CheckHit.objects.filter(year=year).select_related("organisation__region")
    earlier = {(row.version_id, row.code, row.where, row.field): row for row in rows}
    standing = {(int(hit.cell.version), hit.code, hit.cell.place, hit.field): hit for hit in hits}
    new = [hit for place, hit in standing.items() if place not in earlier]  # in the order of the checks, each time
    for hit in new:
        perform("verification.note_hit", platform, data=as_data(hit, plants[hit.plant], release))
    gone = [row for place, row in earlier.items() if place not in standing and row.state in {OPEN, ANSWERED}]
    for row in gone:
        perform("verification.withdraw_hit", platform, row)
    return {"new": len(new), "gone": len(gone)}


def as_data(hit: CrossHit, organisation: int, release: str) -> dict[str, Any]:
    words = {"field": hit.label, "actual": hit.actual, "expected": hit.expected}
    return {
        "organisation_id": organisation, "year": hit.year, "code": hit.code, "version": int(hit.cell.version),
        "where": hit.cell.place, "field": hit.field, "value": hit.cell.digits, "release": release,
        "words": {name: text.as_dict() for name, text in words.items()},
        "compared": [compared_data(row) for row in hit.compared],
    }  # fmt: skip


def compared_data(row: Compared) -> dict[str, Any]:
    cell = {"version": int(row.cell.version), "where": row.cell.place} if row.cell else {}
    return {**row.label.as_dict(), "value": row.value, "plant": row.plant, **cell}


def note(call: Call) -> CheckHit:
    """As the job found it."""
    data: HitInput = call.data
    version = Version.objects.filter(pk=data.version, filing__organisation=data.organisation_id).first()
    if version is None:
        raise out_of_scope()
    return CheckHit(filing_id=version.filing_id, version=version, **data.model_dump(exclude={"version"}))


def explain(call: Call, hit: CheckHit) -> None:
    """The plant says why the number is right, or what it will correct, with paper."""
    hit.answer = call.data.answer
    keep_files(call, hit, call.data.files, hit.reference, Text("疑点说明", "Explanation of the hit"))


def give_opinion(call: Call, hit: CheckHit) -> None:
    """What is still missing, or why it needs no more."""
    hit.opinion = call.data.opinion


def raise_clue(call: Call, hit: CheckHit) -> None:
    """A clue about the cell, by whoever turns the hit into one: an act of its own."""
    cell = {"filing": hit.filing_id, "version": hit.version.number, "where": hit.where, "field": hit.field}
    data = {**cell, "text": call.data.text, "risk": call.data.risk}
    hit.clue = perform("verification.raise_clue", call.actor, data=data).result


HIT = CaseType(
    "verification.hit",
    model=CheckHit,
    title=Text("交叉核对疑点", "Cross-check hit"),
    law="碳排放权交易管理暂行条例",
    states=(
        State(OPEN, Text("待说明", "To be explained"), tone="due"),
        State(ANSWERED, Text("已说明", "Explained"), tone="info"),
        State(ASIDE, Text("已排除", "Set aside"), tone="ok", end=True),
        State(TO_CLUE, Text("已转线索", "Turned into a clue"), tone="late", end=True, aside=True),
        State(GONE, Text("已消除", "Gone"), end=True, aside=True),
    ),
    opening=Opening(
        "verification.note_hit", Text("登记疑点", "Note a hit"), by={"administrator"}, do=note,
        place=place_of_organisation, input=HitInput, limits=by_the_run,
    ),
    moves=(
        Move("verification.explain_hit", Text("说明疑点", "Explain the hit"), leaves=(OPEN, ANSWERED), enters=ANSWERED,
             by=PLANT, input=ExplainHitInput, do=explain),
        Move("verification.ask_again", Text("退回补充说明", "Ask again"), leaves=(ANSWERED,), enters=OPEN,
             by=OFFICIALS, input=HitOpinionInput, do=give_opinion, forward=False),
        Move("verification.set_hit_aside", Text("排除疑点", "Set the hit aside"), leaves=(OPEN, ANSWERED),
             enters=ASIDE, by=OFFICIALS, input=HitOpinionInput, do=give_opinion),
        Move("verification.turn_hit_into_clue", Text("转为线索", "Turn into a clue"), leaves=(OPEN, ANSWERED),
             enters=TO_CLUE, by=OFFICIALS, input=HitClueInput, do=raise_clue),
        Move("verification.withdraw_hit", Text("消除疑点", "Mark the hit as gone"), leaves=(OPEN, ANSWERED),
             enters=GONE, by={"administrator"}, limits=by_the_run, forward=False),
    ),
)  # fmt: skip
