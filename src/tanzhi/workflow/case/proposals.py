"""Proposals that wait for a second person: read one, decide on it, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.models import Proposal
from tanzhi.actions.outcomes import APPROVAL
from tanzhi.actions.references import resolve
from tanzhi.actions.registry import ACTIONS, Refused, decide, may_decide, withdraw
from tanzhi.organisations.people.queries import person_names
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.forms.preview import about, preview, stated
from tanzhi.rulebook.kernel.text import Text

from .like_proposals import NO_DECISION, decidable


@login_required
@takes_form
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, and what the reader may do with it."""
    actor = actor_of_request(request)
    # The proposal, if it is the reader's own or his to decide.
    row = Proposal.objects.filter(pk=pk).first()
    if row is None or row.action not in ACTIONS:
        raise Http404
    if actor.person_id not in (row.proposer, row.decider) and not may_decide(row, actor):
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            reason, decision = request.POST.get("reason", ""), request.POST.get("decision", "")
            if decision == "withdraw":
                withdraw(row, actor, reason)
            elif decision in APPROVAL.options:
                decide(row, actor, decision == "approve", reason)
            else:
                raise Refused("ACT-OUTCOME", NO_DECISION.format(outcomes=APPROVAL.listed), 422)
            messages.success(request, say(Text("已办理", "Done")))
            return redirect("cases:proposal", row.pk)
        except Refused as refused:
            refusal = refused
    action, subject = ACTIONS[row.action], resolve(row.subject)
    decides = may_decide(row, actor)
    people = person_names([row.proposer, row.decider])
    context: dict[str, Any] = {
        "subject": subject,
        "about": about(subject, actor) if decides else [],
        "previews": [preview(action, actor, subject, row.data, row.proposer)] if decides else [],
        "proposed_by": people.get(row.proposer, ""),
        "decided_by": people.get(row.decider, ""),
        "proposal": row,
        "action": action,
        "data": stated(action.input, row.data, actor, row.proposer),
        "may_decide": decides,
        "alike": len(decidable(row.action, actor)) if decides and not action.sensitive else 0,
        "changed": subject is not None and getattr(subject, "revision", 0) != row.subject_revision,
        "mine": row.proposer == actor.person_id and row.state == Proposal.OPEN,
        "refusal": refusal,
        "reason": request.POST.get("reason", "") if refusal else "",
    }
    return render(request, "cases/proposal.html", context, status=refusal.status if refusal else 200)
