"""The published figures of climate finance: rows 28 to 33 of the press conference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from tanzhi.actions.references import reference
from tanzhi.figures import FigureAnswer, Part, Question, Span, count_of, figure, group, sum_of
from tanzhi.figures.calculated import calculation_ref
from tanzhi.figures.places import region_of
from tanzhi.organisations.register.model import names_of
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.states import BLANK
from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.policy.documents.queries import documents

from .bank_models import Credit, Disbursement
from .benefit import as_stored
from .lineage import KIND
from .models import Project
from .money import yuan_of
from .queries import by_project, entered

YUAN = "CNY"
CO2E = "tCO2e"
BEGINNING = date(2000, 1, 1)
COUNT = Text("计数：期内入库项目", "count of the projects entered in the period")
SUM = Text("Σ {what}", "Σ {what}")


def _library(question: Question) -> list[Project]:
    """Projects that entered the province's own library in the period."""
    return list(entered(region_of(question), "library", question.span.first, question.span.last))


def _pilot(question: Question) -> list[Project]:
    """Projects that a pilot's rounds had signed by the end of the period."""
    return list(entered(region_of(question), "pilot", BEGINNING, question.span.last))


def first_batch(question: Question) -> str:
    """The batch of the period's first quarter, which by the period's end had met the banks; a filter names another."""
    span = question.span
    return question.filters.get("batch") or f"{span.year}Q{(span.first_month - 1) // 3 + 1}"


def _batch(question: Question) -> list[Project]:
    rows = entered(region_of(question), "library", BEGINNING, question.span.last)
    return list(rows.filter(batch=first_batch(question)))


def _parts(projects: Iterable[Project], value: Callable[[Project], Decimal], unit: str) -> list[Part]:
    rows = list(projects)
    owners = names_of(
        [project.owner for project in rows], max((r.entered_on for r in rows if r.entered_on), default=BEGINNING)
    )
    return [
        Part(
            project.name, value(project), unit, ref=f"finance.project:{project.pk}", detail=owners.get(project.owner_id)
        )
        for project in rows
    ]


def _unit_weight(_project: Project) -> Decimal:
    return Decimal(1)


def _investment(project: Project) -> Decimal:
    return yuan_of(project.investment_fen)


@figure("finance.entered", title=Text("入库项目数", "Projects entered"), unit="projects", stream="finance", row=28)
def projects_entered(question: Question) -> FigureAnswer:
    """Projects entered into the provincial library in the period (新增入库项目)."""
    return count_of(_parts(_library(question), _unit_weight, "projects"), COUNT)


@figure(
    "finance.investment",
    title=Text("入库项目总投资", "Investment of the projects entered"),
    unit=YUAN,
    stream="finance",
    row=29,
)
def investment(question: Question) -> FigureAnswer:
    """Total investment of the projects entered in the period (总投资)."""
    return sum_of(_parts(_library(question), _investment, YUAN), SUM.format(what=Text("总投资", "investment")))


@figure(
    "finance.demand",
    title=Text("入库项目贷款需求", "Loans wanted by the projects entered"),
    unit=YUAN,
    stream="finance",
    row=30,
)
def demand(question: Question) -> FigureAnswer:
    """Loan demand of the projects entered in the period (融资需求)."""
    parts = _parts(_library(question), lambda project: yuan_of(project.demand_fen), YUAN)
    return sum_of(parts, SUM.format(what=Text("贷款需求", "loan wanted")))


def _lent(projects: list[Project], model: type[Credit] | type[Disbursement], until: date) -> list[Part]:
    """Bank records up to a day, project by project; a project without any is no part."""
    rows = model.objects.filter(link__project__in=projects, on__lte=until, cancelled_at=None)
    own = by_project(rows.select_related("link__bank").prefetch_related("link__bank__names").order_by("on", "pk"))
    kind = model._meta.model_name
    return [
        group(
            project.name,
            [
                Part(row.link.bank.name, yuan_of(row.amount_fen), YUAN, ref=f"finance.{kind}:{row.pk}",
                     detail=same(row.on.isoformat()))
                for row in own[project.pk]
            ],
            YUAN,
        )
        for project in projects
        if project.pk in own
    ]  # fmt: skip


def _scope(question: Question, projects: list[Project]) -> Text:
    words = Text("{quarter}入库的{n}个项目", "the {n} projects entered in {quarter}")
    return words.format(quarter=Span.parse(first_batch(question)).title, n=len(projects))


@figure(
    "finance.batch_credited",
    title=Text("获得授信的项目", "Projects with credit"),
    unit="projects",
    stream="finance",
    row=31,
)
def batch_credited(question: Question) -> FigureAnswer:
    """Projects of the first quarter's batch that a bank granted credit by the period's end (首批获授信项目)."""
    projects = _batch(question)
    parts = [Part(p.label, Decimal(1), "projects", parts=p.parts) for p in _lent(projects, Credit, question.span.last)]
    formula = Text("计数：已获授信的项目", "count of the projects with credit")
    return count_of(parts, formula, _scope(question, projects))


@figure("finance.batch_credit", title=Text("授信金额", "Credit granted"), unit=YUAN, stream="finance")
def batch_credit(question: Question) -> FigureAnswer:
    """Credit granted to the first quarter's batch by the period's end (授信金额)."""
    projects = _batch(question)
    parts = _lent(projects, Credit, question.span.last)
    return sum_of(parts, SUM.format(what=Text("授信", "credit")), _scope(question, projects))


@figure("finance.batch_disbursed", title=Text("放款金额", "Disbursed"), unit=YUAN, stream="finance")
def batch_disbursed(question: Question) -> FigureAnswer:
    """Disbursed to the first quarter's batch by the period's end (放款金额)."""
    projects = _batch(question)
    parts = _lent(projects, Disbursement, question.span.last)
    return sum_of(parts, SUM.format(what=Text("放款", "disbursements")), _scope(question, projects))


@figure(
    "finance.pilot_projects",
    title=Text("试点签约项目", "Projects signed in the pilot"),
    unit="projects",
    stream="finance",
    row=32,
)
def pilot_projects(question: Question) -> FigureAnswer:
    """Projects that the pilot's rounds had signed by the end of the period (试点签约项目)."""
    projects = _pilot(question)
    rounds = len({project.batch for project in projects})
    place = projects[0].programme.name if projects else Text("试点", "the pilot")
    scope = Text("{place}分{n}批签约", "{place}, {n} rounds").format(place=place, n=rounds)
    return count_of(
        _parts(projects, _unit_weight, "projects"), Text("计数：签约项目", "count of the projects signed"), scope
    )


@figure(
    "finance.pilot_investment",
    title=Text("试点签约项目总投资", "Investment of the pilot’s projects"),
    unit=YUAN,
    stream="finance",
)
def pilot_investment(question: Question) -> FigureAnswer:
    """Investment of the projects that the pilot signed (试点签约项目总投资)."""
    return sum_of(_parts(_pilot(question), _investment, YUAN), SUM.format(what=Text("总投资", "investment")))


@figure("finance.pilot_credit", title=Text("试点授信", "Credit in the pilot"), unit=YUAN, stream="finance")
def pilot_credit(question: Question) -> FigureAnswer:
    """Credit granted to the projects that the pilot signed (试点授信金额)."""
    parts = _lent(_pilot(question), Credit, question.span.last)
    return sum_of(parts, SUM.format(what=Text("授信", "credit")))


@figure("finance.pilot_disbursed", title=Text("试点到位资金", "In place in the pilot"), unit=YUAN, stream="finance")
def pilot_disbursed(question: Question) -> FigureAnswer:
    """Money in place for the projects that the pilot signed (到位资金)."""
    parts = _lent(_pilot(question), Disbursement, question.span.last)
    return sum_of(parts, SUM.format(what=Text("到位资金", "money in place")))


@figure("finance.captured", title=Text("碳捕集项目年捕集量", "CO₂ captured a year"), unit="t", stream="finance", row=33)
def captured(question: Question) -> FigureAnswer:
    """CO2 that capture projects applying for bonds capture in a year, by their applications (年捕集能力)."""
    projects = Project.objects.filter(
        region__path__startswith=region_of(question).path, programme__kind="bond", kind="ccus",
        submitted_on__lte=question.span.last,
    )  # fmt: skip
    applications = list(projects.select_related("programme", "owner", "region").order_by("pk"))
    if not applications:
        return FigureAnswer(None, BLANK, reason=Text("尚无申报项目", "no project applied yet"))
    scope = Text("{name}，申报{programme}", "{name}, applying for {programme}").format(
        name=applications[0].name, programme=applications[0].programme.name
    )
    parts = [_calculated(project, "captured") for project in applications]
    return sum_of(parts, SUM.format(what=Text("年捕集量", "captured a year")), scope)


@figure("finance.reduction", title=Text("入库项目年减排量", "Reduction of a year"), unit=CO2E, stream="finance")
def reduction(question: Question) -> FigureAnswer:
    """Yearly reduction of the projects entered in the period; adaptation has no tonnes (年减排量)."""
    parts = [_calculated(project, "annual_reduction") for project in _library(question) if project.reduction]
    return sum_of(parts, SUM.format(what=Text("年减排量", "reduction of a year")))


@figure(
    "finance.reduction_unsold",
    title=Text("其中未开发 CCER", "Thereof not claimed as CCER"),
    unit=CO2E,
    stream="finance",
)
def reduction_unsold(question: Question) -> FigureAnswer:
    """The same without projects that are developed as CCER, whose tonnes may be sold to others (不重复计算的减排量)."""
    projects = [project for project in _library(question) if project.reduction and not project.credit_code]
    return sum_of(
        [_calculated(project, "annual_reduction") for project in projects],
        SUM.format(what=Text("年减排量", "reduction")),
    )


@figure(
    "finance.guidelines",
    title=Text("项目入库指南", "Guidelines of the library"),
    unit="documents",
    stream="finance",
    row=34,
)
def guidelines(question: Question) -> FigureAnswer:
    """Guidelines for entering the library that were in force at the period's end, with who issued them (入库指南)."""
    rows = documents(region_of(question), question.span.last, topic="finance", kinds=("guideline",))
    parts = [
        Part(document.title, Decimal(1), "documents", ref=reference(document), detail=_issued_by(document))
        for document in rows
    ]
    titles = [
        Text("《{title}》（{by}）", "“{title}” ({by})").format(title=document.title, by=_issued_by(document))
        for document in rows
    ]
    names = Text("；".join(title.zh for title in titles), "; ".join(title.en for title in titles)) if rows else None
    return count_of(parts, Text("计数：现行指南", "count of the guidelines in force"), names)


def _issued_by(document: Any) -> Text:
    names = document.issuer_names
    joined = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
    return Text("{names}印发", "issued by {names}").format(names=joined)


def _calculated(project: Project, quantity: str) -> Part:
    value = as_stored(project).value(quantity)
    number = value.number if isinstance(value.number, Decimal) else None
    if quantity == "annual_reduction" and project.reduction:  # as it stands, whatever package computed it
        number = Decimal(project.reduction)
    ref = calculation_ref(KIND, project.pk, value)
    unit = "t" if quantity == "captured" else CO2E
    return Part(project.name, number, unit, ref=ref, state=value.state, reason=value.reason, marks=value.marks)
