"""Pages of climate finance: the library, a project, a bank's own list, statistics."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel import RecordNode, check
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
    record = get_object_or_404(Project.objects.select_related("owner__region", "region", "programme"), pk=pk)
    viewer = actor_of(request)
    money = money_of([record], clock.today())[record.pk]
    # The banks' records that the reader may see: all of them, or the bank's own.
    rows = BankLink.objects.visible_to(viewer).filter(project=record).select_related("bank", "project__region")
    # What the rulebook asks about or notes, beside what it would refuse.
    if not record.benefit_year:
        notes = []
    else:
        node: RecordNode = as_stored(record)
        notes = [finding for finding in check(node) if finding.severity != "error"]
    # What was filed of the benefit, in words.
    fields = benefit_form(record.kind).tables[0].fields if record.benefit_year else ()
    filed = [(field, record.benefit.get(field.name)) for field in fields]
    context = {
        "money": money,
        "attributed": attributed(record, money.disbursed),
        "inputs": [
            {
                "label": field.label,
                "unit": "" if field.unit == "1" else field.unit,
                "value": field.options.get(str(value), same(str(value))),
            }
            for field, value in filed
            if value not in (None, "")
        ],
        "explained": lists.explained(record),
        "double": project_by_number(record.credit_code),
        "links": [_link(link) for link in rows],
        "notes": notes,
        **_opinions(record, viewer),
    }
    return case_page(request, record, "finance/project.html", context)


def _opinions(project: Project, viewer: Actor) -> dict[str, Any]:
    """Every opinion for those who judge; an expert sees his own; others only how many have spoken."""
    every = list(project.opinions.select_related("person"))
    own = [opinion for opinion in every if opinion.person_id == viewer.person_id]
    judges = bool(JUDGES & viewer.roles) and viewer.sees(project.place)
    return {
        "opinions": every if judges else own,
        "asked": len(every),
        "spoken": sum(opinion.score is not None for opinion in every),
        "mean": mean_score(every) if judges else None,
        "spread": spread(every) if judges else None,
        "criteria": criteria(clock.today()) if any(opinion.state == "asked" for opinion in own) else (),
        "waiting": [opinion for opinion in own if opinion.state == "asked"],
    }


def _link(link: BankLink) -> dict[str, Any]:
    from .money import wan_of

    records: list[OfLink] = sorted(
        [*link.credits.all(), *link.disbursements.all()], key=lambda record: (record.on, record.pk)
    )
    return {
        "link": link,
        "credit": wan_of(total(link.credits.all())),
        "paid": wan_of(total(link.disbursements.all())),
        "records": [{"row": record, "paid": isinstance(record, Disbursement)} for record in records],
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
    # Projects of one programme that are or were in its library: the province's own one unless another is asked for.
    programmes = lists.known_programmes()
    rows = Project.objects.visible_to(viewer).exclude(entered_on=None).select_related("region", "owner", "programme")
    selected = request.GET.get("programme", "")
    if selected not in programmes:
        first = rows.filter(programme__kind="library").values_list("programme__code", flat=True).first()
        selected = first or next(iter(programmes), "")
    projects = list(rows.filter(programme__code=selected))
    every = whole(projects, today)
    batch_lines, city_lines = (lines(projects, KEYS[key], today) for key in ("batch", "city"))
    charts = [drawings.money(batch_lines, every), drawings.regions(city_lines)]
    for chart in charts:
        if chart and (file := download(request, chart)):
            return file
    further = (
        (lists.CITIES, city_lines),
        (lists.KIND_LINES, lines(projects, KEYS["kind"], today)),
        (lists.BANKS, by_bank(projects, today)),
    )
    if part := alone(request, *further):
        return part
    context = {
        "every": every,
        "charts": [chart for chart in charts if chart],
        "programmes": programmes,
        "chosen": selected,
        "unsold": every.reduction - every.claimed,
        "tables": [list_context(listing, request, table_lines) for listing, table_lines in further],
    }
    return lists.BATCHES.respond(request, batch_lines, "finance/statistics.html", context)
