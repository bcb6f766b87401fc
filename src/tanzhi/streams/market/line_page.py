"""One plant's line of a run: what it rests on, its share of pre-allocation, and the form that lowers that."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tanzhi.actions.actor import Actor
from tanzhi.presentation.pages import actor_of
from tanzhi.presentation.posted import Answered, answer

from . import lowering
from .lineage import line_ref
from .models import COMPUTED, PRE, AllocationLine, LoweredShare
from .pages import waiting_for

AHEAD = ("pre_allocation_share", "enterprise_pre_allocation", "pre_issue")
AT_THE_END = ("enterprise_allowance", "enterprise_obligation", "final_issue")


@login_required
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """A plant's numbers in a run, each with its walk; the department may lower a share while the run is computed."""
    viewer = actor_of(request)
    rows = AllocationLine.objects.visible_to(viewer).select_related(
        "run__cycle__region", "organisation__region", "lowered"
    )
    found = get_object_or_404(rows, pk=pk)
    if not viewer.sees(found.place):
        raise Http404
    form = _form(request, viewer, found)
    if form and form.outcome:
        return redirect(found)
    ahead = found.run.stage == PRE
    told = {
        "found": found,
        "form": form.form if form else None,
        "share": lowering.share_of(found) if ahead else None,
        "plan_share": lowering.plan_share(found.run.year) if ahead else None,
        "decisions": _decisions(found) if ahead else [],
        "walks": {name: line_ref(found, name) for name in (AHEAD if ahead else AT_THE_END)},
        "waiting": waiting_for(found) if viewer.sees(found.run.place) else [],
    }
    return render(request, "registry/line.html", told, status=form.form.status if form else 200)


def _form(request: HttpRequest, viewer: Actor, found: AllocationLine) -> Answered | None:
    """The form that lowers a share, for whoever may, while it may be lowered."""
    open_to_it = found.run.stage == PRE and found.run.state == COMPUTED and found.to_issue is not None
    share = lowering.plan_share(found.run.year)
    if not open_to_it or share is None or not viewer.reaches("provincial_officer", found.place):
        return None
    return answer(request, viewer, "registry.lower_share", found)


def _decisions(found: AllocationLine) -> list[LoweredShare]:
    """Every decision on the plant's pre-allocation of that year, the newest first."""
    same_year = LoweredShare.objects.filter(run__cycle=found.run.cycle, run__year=found.run.year)
    return list(same_year.filter(organisation=found.organisation).select_related("run__cycle"))
