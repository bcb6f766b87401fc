"""One plant's line of a run: what it rests on, its share of pre-allocation, and the form that lowers that."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tanzhi.actions.forms import takes_form
from tanzhi.actions.four_eyes import waiting
from tanzhi.presentation.forms.submission import answer
from tanzhi.presentation.request import actor_of

from . import lowered_share
from .lineage import line_ref
from .model import FINAL, PRE, AllocationLine, LoweredShare

AHEAD = ("pre_allocation_share", "enterprise_pre_allocation", "pre_issue")
AT_THE_END = ("enterprise_allowance", "enterprise_obligation", "final_issue")


@login_required
@takes_form
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """A plant's numbers in a run, each with its walk; the department may lower a share while the run is computed."""
    viewer = actor_of(request)
    rows = AllocationLine.objects.visible_to(viewer).select_related(
        "run__cycle__region", "organisation__region", "lowered"
    )
    line = get_object_or_404(rows, pk=pk)
    if not viewer.sees(line.place):
        raise Http404
    # The form that lowers a share, for whoever may, while it may be lowered.
    open_to_it = line.run.stage == PRE and line.run.allows("registry.approve_run") and line.to_issue is not None
    share = lowered_share.plan_share(line.run.year)
    if not open_to_it or share is None or not viewer.reaches("provincial_officer", line.place):
        form = None
    else:
        form = answer(request, viewer, "registry.lower_share", line)
    if form and form.outcome:
        return redirect(line)
    ahead = line.run.stage == PRE
    # Every decision on the plant's pre-allocation of that year, the newest first.
    same_year = LoweredShare.objects.filter(run__cycle=line.run.cycle, run__year=line.run.year)
    decisions = same_year.filter(organisation=line.organisation).select_related("run__cycle")
    context = {
        "found": line,
        "form": form.form if form else None,
        "share": lowered_share.share_of(line) if ahead else None,
        "plan_share": lowered_share.plan_share(line.run.year) if ahead else None,
        "decisions": list(decisions) if ahead else [],
        "walks": {name: line_ref(line, name) for name in (AHEAD if ahead else AT_THE_END)},
        "may_borrow": line.run.stage == FINAL and line.run.ended and line.left_to_borrow > 0,
        "waiting": list(waiting(line)) if viewer.sees(line.run.place) else [],
    }
    return render(request, "registry/line.html", context, status=form.form.status if form else 200)
