"""A page of like proposals: each with what it states, each decided as an act of its own."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.four_eyes import all_waiting
from tanzhi.actions.models import Proposal
from tanzhi.actions.outcomes import APPROVAL
from tanzhi.actions.references import resolve
from tanzhi.actions.registry import ACTIONS, Refused, decide, may_decide
from tanzhi.organisations.people.queries import person_names
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.batch import BatchResult, each
from tanzhi.presentation.forms.preview import stated
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.own import name_of, names_of_records

NO_DECISION = Text("审批：须明确选择{outcomes}", "The decision: choose {outcomes}")
NONE_TICKED = Text("未勾选任何提议", "no proposal was ticked")


def decidable(action: str, actor: Actor) -> list[Proposal]:
    """Open proposals of one act that this reader could decide now, the oldest first."""
    rows = all_waiting().filter(action=action).order_by("proposed_at", "pk")
    return [row for row in rows if may_decide(row, actor)]


@login_required
@takes_form
def like_proposals(request: HttpRequest, name: str) -> HttpResponse:
    """What waits of one kind; a sensitive act is decided on its own page, where the password is asked."""
    actor, ticked = actor_of_request(request), set(request.POST.getlist("proposal"))
    if name not in ACTIONS or ACTIONS[name].sensitive:
        raise Http404
    result, refusal = None, None
    if request.method == "POST":
        try:
            chosen_rows = [row for row in decidable(name, actor) if str(row.pk) in ticked]
            result = decided(chosen_rows, actor, request.POST.get("decision", ""), request.POST.get("reason", ""))
        except Refused as refused:
            refusal = refused
    rows = decidable(name, actor)
    people = person_names([row.proposer for row in rows])
    names = names_of_records([row.subject for row in rows if row.subject])
    context = {
        "action": ACTIONS[name],
        "rows": [
            {
                "proposal": row,
                "name": name_of(row, names.get(row.subject), actor),
                "by": people.get(row.proposer, ""),
                "data": stated(ACTIONS[name].input, row.data, actor, row.proposer),
                "changed": bool(row.subject) and getattr(resolve(row.subject), "revision", 0) != row.subject_revision,
                "ticked": str(row.pk) in ticked,
            }
            for row in rows
        ],
        "result": result,
        "refusal": refusal,
        "reason": request.POST.get("reason", "") if refusal or (result and result.refused) else "",
    }
    return render(request, "cases/like_proposals.html", context, status=refusal.status if refusal else 200)


def decided(rows: list[Proposal], actor: Actor, decision: str, reason: str) -> BatchResult:
    """What came of one decision on several proposals; without an outcome or without a proposal none is decided."""
    if decision not in APPROVAL.options:
        raise Refused("ACT-OUTCOME", NO_DECISION.format(outcomes=APPROVAL.listed), 422)
    if not rows:
        raise Refused("ACT-OUTCOME", NONE_TICKED, 422)
    names = names_of_records([row.subject for row in rows if row.subject])

    def act(row: Proposal) -> Any:
        decide(row, actor, decision == "approve", reason)
        return resolve(row.subject) if row.subject else None

    return each((name_of(row, names.get(row.subject), actor), partial(act, row)) for row in rows)
