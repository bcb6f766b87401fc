"""A clue that is raised at a cell of a deposited month or report: by whoever reads it, for the province to hand on."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from django.urls import reverse
from pydantic import Field

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.states import Opening
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.filings.intake.location import labels_of
from tanzhi.filings.months.cells import CellAct, cells_of, no_cell
from tanzhi.filings.months.model import Filing, Version
from tanzhi.filings.months.status import form_of
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.law.calendar.days import WORKING
from tanzhi.presentation.forms.fields import Choices, Hidden, Long, Refers
from tanzhi.presentation.locations import steps_in
from tanzhi.presentation.sheets.sheet import CellMark
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.clocks.limit import Limit

from .model import AT_CITY, AT_PROVINCE, CLOSED, RISKS, Clue

if TYPE_CHECKING:
    from django.db.models import QuerySet

CHAIN = "国家—省—市三级联审机制；碳排放权交易管理暂行条例"
READERS = frozenset({"city_officer", "provincial_officer", "verifier"})
_MARK = Text("线索 {number}", "Clue {number}")
_AGAIN = Text("该格已有未销号的线索 {number}", "clue {number} about this cell is open already")


class CellClueInput(Input):
    """What is wrong at one cell of one deposited version."""

    filing: Annotated[int, Label("填报", "Filing"), Hidden(), Refers(Filing)]
    version: Annotated[int, Label("版本", "Version"), Hidden()]
    where: Annotated[str, Field(max_length=300), Label("位置", "Place"), Hidden()] = ""
    field: Annotated[str, Field(min_length=1, max_length=100), Label("字段", "Field"), Hidden()]
    text: Annotated[str, Field(min_length=2, max_length=4000), Label("问题描述", "Problem"), Long()]
    risk: Annotated[str, Field(min_length=1), Label("风险等级", "Risk"), Choices(RISKS)] = "medium"


def place_of_cell(data: CellClueInput) -> Place:
    filing: Filing | None = Filing.objects.filter(pk=data.filing).select_related("organisation__region").first()
    if filing is None or filing.is_regional:
        raise out_of_scope()
    return filing.place


def raise_clue(call: Call) -> Clue:
    """Enter it as received: the province hands it on, as it does with those of a list."""
    data: CellClueInput = call.data
    filing: Filing = Filing.objects.select_for_update(of=("self",)).get(pk=data.filing)
    version: Version | None = filing.versions.filter(number=data.version, deposited=True).first()
    if version is None:
        raise out_of_scope()
    cells = cells_of(form_of(filing), version.record)
    if (data.where, data.field) not in cells:
        finding = no_cell(version, data.where, data.field)
        raise Refused("FIL-CELL", finding.message, 422, [finding])
    here = open_clues(call.actor, filing).filter(where=data.where, field=data.field).first()
    if here is not None:
        raise Refused("CLU-CELL", _AGAIN.format(number=here.number), 409)
    call.attach("version", version.number)
    call.attach("values", version.digest)
    guideline = guideline_of(filing.form_code)
    units = guideline.levels[guideline.unit_level].plural
    numbers = (f"{filing.organisation.code}-{filing.period}-{n}" for n in count(1))
    return Clue(
        number=next(number for number in numbers if not Clue.objects.filter(number=number).exists()),
        source="verification" if call.role == "verifier" else "monthly_review",
        level=AT_CITY if call.role == "city_officer" else AT_PROVINCE,
        organisation=filing.organisation,
        unit=next((key for plural, key in steps_in(data.where) if plural == units), ""),
        parameter=labels_of(form_of(filing)).get(data.field, same(data.field)).zh,
        period=filing.period,
        filing=filing,
        version=version,
        value=cells[data.where, data.field],
        raised_by=call.actor.person_id,
        **data.model_dump(include={"where", "field", "text", "risk"}),
    )


DISPATCH = Limit(
    "dispatch",
    Text("交办线索", "Hand the clue to the city"),
    days="procedure.clue_dispatch_days",
    unit=WORKING,
    who={"provincial_officer"},
    escalate={"provincial_director"},
    law=CHAIN,
)
"""From the day on which a clue is received, in whichever way."""

RAISE = Opening(
    "verification.raise_clue",
    Text("就此格提出线索", "Raise a clue about this cell"),
    by=READERS,
    do=raise_clue,
    place=place_of_cell,
    input=CellClueInput,
    starts=(DISPATCH,),
)


def open_clues(actor: Actor, filing: Filing) -> QuerySet[Clue]:
    """Clues about the cells of a filing that are not closed, for whoever may see them."""
    visible = Clue.objects.visible_to(actor).filter(filing=filing, withdrawn=False)
    return visible.exclude(state=CLOSED).order_by("number")


def marks(actor: Actor, filing: Filing) -> list[CellMark]:
    """What the cells of a filing show of its open clues."""
    return [
        CellMark(clue.where, clue.field, _MARK.format(number=clue.number), clue.get_absolute_url(), clue.tone)
        for clue in open_clues(actor, filing)
    ]


def offered(actor: Actor, filing: Filing) -> bool:
    return not filing.is_regional and any(actor.reaches(role, filing.place) for role in READERS & actor.roles)


def address(filing: Filing, version: Version, where: str, field: str) -> str:
    page = reverse("verification:raise_clue", args=[filing.pk, version.number])
    return f"{page}?{urlencode({'where': where, 'field': field})}"


AT_A_CELL = CellAct(RAISE.label, offered, address)
