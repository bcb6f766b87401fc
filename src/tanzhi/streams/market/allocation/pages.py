"""The pages of allocation runs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import MEMBER, POWER_MARKET, memberships
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of
from tanzhi.workflow.case.pages import case_context

from . import computation, lists
from .model import AllocationLine, AllocationRun
from .run_units import units_of
from .what_if import plan_values, read_values, what_if


@login_required
def runs(request: HttpRequest) -> HttpResponse:
    """The province's runs; for a plant those in which it has a line, counted over what it may see of them."""
    viewer = actor_of(request)
    lines = Q(lines__in=AllocationLine.objects.visible_to(viewer).values("pk"))
    keys = AllocationRun.objects.filter(lines).values("pk")
    reached = AllocationRun.objects.visible_to(viewer).values("pk")
    rows = AllocationRun.objects.filter(Q(pk__in=keys) | Q(pk__in=reached)).select_related("cycle")
    counted = rows.annotate(plants=Count("lines", filter=lines), total=Sum("lines__to_issue", filter=lines))
    return lists.RUNS.respond(request, counted, "registry/runs.html")


@login_required
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: its totals, plants, units, and what is otherwise than in the run before."""
    viewer = actor_of(request)
    run = get_object_or_404(AllocationRun.objects.select_related("cycle__region", "earlier"), pk=pk)
    lines = run.lines.filter(organisation__in=Organisation.objects.visible_to(viewer)).select_related(
        "organisation", "run", "lowered"
    )
    if not run.seen_by(viewer):
        raise Http404
    officer = run.worked_by(viewer)
    context = case_context(request, run, viewer) | {"officer": officer}
    context["sums"] = lines.aggregate(*(Sum(name) for name in ("emission", "allowance", "top_up", "to_issue")))
    units, compared = units_of(run, lines), run.earlier and officer
    differences = computation.differences(run) if compared else []
    # Whom the year's decisions leave out, by code.
    decided = memberships(POWER_MARKET, [run.year], region=run.cycle.region).values() if officer else []
    excluded = [years[run.year] for years in decided if years[run.year].standing != MEMBER]
    outside = sorted(excluded, key=lambda row: row.organisation.code)
    if part := alone(request, (lists.UNITS, units), (lists.DIFFERENCES, differences), (lists.OUTSIDE, outside)):
        return part
    context["outside"] = list_context(lists.OUTSIDE, request, outside) if outside else None
    context["units"] = list_context(lists.UNITS, request, units)
    context["differences"] = list_context(lists.DIFFERENCES, request, differences) if compared else None
    return lists.LINES.respond(request, lines, "registry/run.html", context)


@login_required
def run_what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """What a run would come out as under other values of its plan, for those who prepare it; nothing is kept."""
    run = get_object_or_404(AllocationRun.objects.select_related("cycle__region"), pk=pk)
    if not run.worked_by(actor_of(request)):
        raise Http404
    values = plan_values(run.year, request.GET.dict())
    changed, findings = read_values(values)
    lines = [] if findings else what_if(run, changed)
    if part := alone(request, (lists.WHAT_IF, lines)):
        return part
    compared = [line for line in lines if line.allowance is not None and line.supposed_allowance is not None]
    sums = {
        name: sum(getattr(line, name) for line in compared) for name in ("allowance", "supposed_allowance", "change")
    }
    # Where the emission of one is not there yet, as before a year has ended, there is no gap of all.
    gaps = [line.gap for line in compared]
    sums["gap"] = None if None in gaps else sum(gap for gap in gaps if gap is not None)
    context = {
        "run": run,
        "values": [(value, [f for f in findings if f.field == value.name]) for value in values],
        "findings": findings,
        "sums": sums if compared and changed else None,
        "changed": changed,
        "listing": list_context(lists.WHAT_IF, request, lines) if changed and not findings else None,
    }
    return render(request, "registry/what_if.html", context, status=422 if findings else 200)
