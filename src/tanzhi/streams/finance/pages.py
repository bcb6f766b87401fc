"""Pages of climate finance: the library, a project, a bank's own list, statistics."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.presentation.charts import download
from tanzhi.presentation.listing import alone
from tanzhi.presentation.listing_page import shown
from tanzhi.presentation.pages import actor_of
from tanzhi.rulebook.kernel import Node, check
from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.ccer.queries import project_by_number
from tanzhi.workflow.case.pages import case_page

from . import charts as drawings
from . import lists
from .bank_models import BankLink, Credit, Disbursement, OfLink
from .bank_work import standing, total
from .benefit import as_stored, benefit_form
from .criteria import criteria
from .models import Project
from .queries import attributed, money_of
from .review import mean_score, spread
from .statistics import KEYS, by_bank, lines, whole

JUDGES = {"provincial_officer", "provincial_director", "auditor", "administrator"}


@login_required
def projects(request: HttpRequest) -> HttpResponse:
    """The projects that concern the reader."""
    rows = Project.objects.visible_to(actor_of(request)).select_related("owner", "region", "programme")
    return lists.PROJECTS.respond(request, rows, "finance/projects.html")


@login_required
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project as a case: money, benefit, experts, banks."""
    found = get_object_or_404(Project.objects.select_related("owner__region", "region", "programme"), pk=pk)
    viewer = actor_of(request)
    money = money_of([found], clock.today())[found.pk]
    told = {
        "money": money,
        "attributed": attributed(found, money.disbursed),
        "inputs": _inputs(found),
        "explained": lists.explained(found),
        "double": project_by_number(found.credit_code),
        "links": _links(found, viewer),
        "notes": _notes(found),
        **_opinions(found, viewer),
    }
    return case_page(request, found, "finance/project.html", told)


def _inputs(project: Project) -> list[dict[str, Any]]:
    """What was filed of the benefit, in words."""
    fields = benefit_form(project.kind).tables[0].fields if project.benefit_year else ()
    filed = [(one, project.benefit.get(one.name)) for one in fields]
    return [
        {
            "label": one.label,
            "unit": "" if one.unit == "1" else one.unit,
            "value": one.options.get(str(value), same(str(value))),
        }
        for one, value in filed
        if value not in (None, "")
    ]


def _notes(project: Project) -> list[Any]:
    """What the rulebook asks about or notes, beside what it would refuse."""
    if not project.benefit_year:
        return []
    node: Node = as_stored(project)
    return [one for one in check(node) if one.severity != "error"]


def _opinions(project: Project, viewer: Actor) -> dict[str, Any]:
    """Every opinion for those who judge; an expert sees his own; others only how many have spoken."""
    every = list(project.opinions.select_related("person"))
    own = [one for one in every if one.person_id == viewer.person_id]
    judges = bool(JUDGES & viewer.roles) and viewer.sees(project.place)
    return {
        "opinions": every if judges else own,
        "asked": len(every),
        "spoken": sum(one.score is not None for one in every),
        "mean": mean_score(every) if judges else None,
        "spread": spread(every) if judges else None,
        "criteria": criteria(clock.today()) if any(one.state == "asked" for one in own) else (),
        "waiting": [one for one in own if one.state == "asked"],
    }


def _links(project: Project, viewer: Actor) -> list[dict[str, Any]]:
    """The banks' records that the reader may see: all of them, or the bank's own."""
    rows = BankLink.objects.visible_to(viewer).filter(project=project).select_related("bank", "project__region")
    return [_link(link) for link in rows]


def _link(link: BankLink) -> dict[str, Any]:
    from .money import wan_of

    records: list[OfLink] = sorted([*link.credits.all(), *link.disbursements.all()], key=lambda one: (one.on, one.pk))
    return {
        "link": link,
        "credit": wan_of(total(link.credits.all())),
        "paid": wan_of(total(link.disbursements.all())),
        "records": [{"row": one, "paid": isinstance(one, Disbursement)} for one in records],
    }


@login_required
def bank(request: HttpRequest) -> HttpResponse:
    """A bank's own list: what was pushed to it, what it granted and paid."""
    rows = BankLink.objects.visible_to(actor_of(request)).select_related("project__region", "bank")
    rows = rows.annotate(credit=_sum(Credit), paid=_sum(Disbursement)).prefetch_related("bank__names")
    return lists.LINKS.respond(request, rows, "finance/bank.html")


def _sum(model: type[Credit] | type[Disbursement]) -> Subquery:
    own = standing(model.objects.filter(link=OuterRef("pk"))).order_by().values("link")
    return Subquery(own.annotate(all=Sum("amount_fen")).values("all"))


@login_required
def statistics(request: HttpRequest) -> HttpResponse:
    """The library's sums by batch, region, kind and bank, each programme by itself."""
    viewer, today = actor_of(request), clock.today()
    rows, chosen = _of_programme(request, viewer)
    found = list(rows)
    every = whole(found, today)
    batch_lines, city_lines = (lines(found, KEYS[key], today) for key in ("batch", "city"))
    charts = [drawings.money(batch_lines, every), drawings.regions(city_lines)]
    for chart in charts:
        if chart and (file := download(request, chart)):
            return file
    further = (
        (lists.CITIES, city_lines),
        (lists.KIND_LINES, lines(found, KEYS["kind"], today)),
        (lists.BANKS, by_bank(found, today)),
    )
    if part := alone(request, *further):
        return part
    told = {
        "every": every,
        "charts": [one for one in charts if one],
        "programmes": lists.known_programmes(),
        "chosen": chosen,
        "unsold": every.reduction - every.claimed,
        "tables": [shown(listing, request, made) for listing, made in further],
    }
    return lists.BATCHES.respond(request, batch_lines, "finance/statistics.html", told)


def _of_programme(request: HttpRequest, viewer: Actor) -> tuple[QuerySet[Project], str]:
    """Projects of one programme that are or were in its library; the province's own one unless another is asked for."""
    known = lists.known_programmes()
    rows = Project.objects.visible_to(viewer).exclude(entered_on=None).select_related("region", "owner", "programme")
    chosen = request.GET.get("programme", "")
    if chosen not in known:
        first = rows.filter(programme__kind="library").values_list("programme__code", flat=True).first()
        chosen = first or next(iter(known), "")
    return rows.filter(programme__code=chosen), chosen
