"""The page of a case: what every kind of work shows around its own facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.four_eyes import waiting
from tanzhi.actions.registry import ACTIONS, may_decide
from tanzhi.actions.states import case_type
from tanzhi.actions.transitions import transitions_of
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.workflow.clocks.model import ORGANISATION, Clock

from .diagram import strip
from .dossier import dossier
from .timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tanzhi.actions.registry import Actor
    from tanzhi.actions.state_record import CaseRecord


def case_page(
    request: HttpRequest, record: CaseRecord, template: str, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page of one case, for whom it is meant; for others there is none."""
    actor = actor_of_request(request)
    if not record.seen_by(actor):
        raise Http404
    return render(request, template, {**case_context(request, record, actor), **(context or {})})


def case_context(request: HttpRequest, record: CaseRecord, actor: Actor) -> dict[str, Any]:
    """What `cases/case.html` draws."""
    papers = dossier(record, actor, request.get_full_path(), record.worked_by(actor))
    return {**progress(request, record, actor, papers.references), "dossier": papers}


def progress(
    request: HttpRequest, record: CaseRecord, actor: Actor, references: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Strip, buttons, deadlines and timeline, for a page that is laid out otherwise; `references`: what hangs on it."""
    kind, here = case_type(record), request.get_full_path()
    inside = record.worked_by(actor)
    waiting_ones = waiting(record)
    own_clocks = Clock.objects.filter(case=record.reference).exclude(subject__startswith=ORGANISATION)
    # The moves that the reader could do now and nobody has proposed; some have a form page of their own.
    proposed = {proposal.action for proposal in waiting_ones}
    offered_here = (
        move for move in case_type(record).moves if not (move.on_page or move.brought) and move.name not in proposed
    )
    moves = {move.name: move for move in offered_here}
    offered = buttons(actor, moves, record, here)
    stressed = next((button.name for button in offered if moves[button.name].forward), "")
    # What waits for a second person, with whether this reader is one, or proposed it and may open it.
    return {
        "case": record,
        "kind": kind,
        "steps": strip(record),
        "buttons": [
            replace(
                button,
                primary=button.name == stressed,
                address=reverse(page, args=[record.pk]) if (page := moves[button.name].page) else button.address,
            )
            for button in offered
        ],
        "inside": inside,
        "proposals": [
            {
                "row": proposal,
                "label": ACTIONS[proposal.action].label,
                "decides": may_decide(proposal, actor),
                "proposed": proposal.proposer == actor.person_id,
            }
            for proposal in waiting_ones
            if proposal.action in ACTIONS
        ]
        if inside
        else [],
        "clocks": list(own_clocks) if inside else [],
        "today": clock.today(),
        "timeline": timeline(record, references, named=inside),
        "transitions": transitions_of(kind),
    }
