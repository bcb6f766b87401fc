"""The list of cases, one case with its range and its money, and the decisions that are public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.actions.references import resolve
from tanzhi.figures.calculated import calculation_ref
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.rulebook.penalties import CONSEQUENCES
from tanzhi.workflow.case.pages import case_page

from .fines import FineRange, balance_of, day_of_law, parts_of_plan, range_on, unpaid_of_fine
from .grounds import ground_words
from .lineage import FINE, SURCHARGE
from .lists import DECISIONS, PENALTIES
from .model import FINED, GRAVITIES, INSTALMENT_ANSWERS, Penalty, PenaltyReview
from .settlement import last_day_of_challenge

if TYPE_CHECKING:
    from datetime import date

    from tanzhi.actions.actor import Actor


@login_required
def penalties(request: HttpRequest) -> HttpResponse:
    """Cases that the reader may see: the authority's, or the party's own from the notice on."""
    visible = Penalty.objects.visible_to(actor_of_request(request)).select_related("organisation__region")
    return PENALTIES.respond(request, visible, "verification/penalties.html")


def decisions(request: HttpRequest) -> HttpResponse:
    """Decisions that are public today, for everybody; nothing else of their cases."""
    rows = Penalty.objects.public_on(clock.today()).select_related("organisation__region")
    return DECISIONS.respond(request, rows, "verification/penalty_decisions.html")


@login_required
def penalty(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: facts, what the law allows with its walk, what was decided, what is due."""
    visible = Penalty.objects.visible_to(actor_of_request(request)).select_related("organisation__region")
    case: Penalty = get_object_or_404(visible, pk=pk)
    today = clock.today()
    day = day_of_law(case, today)
    lawful = range_on(case, day)
    refusal = lawful.node.value("refusal").number if lawful else None
    context = {
        "fined": FINED[case.fined],
        "origin": origin_of(case, actor_of_request(request)),
        "lawful": lawful,
        "sums": _sums(case, lawful),
        "lighter": day != case.acted_on,
        "consequence": CONSEQUENCES[str(refusal)] if refusal not in (None, "none") else None,
        "notice_ground": ground_words(case.notice_ground, case.notified_on or today),
        "ground": ground_words(case.ground, case.decided_on or today),
        "reviews": list(PenaltyReview.objects.visible_to(actor_of_request(request)).filter(penalty=case)),
        "gravity": GRAVITIES[case.gravity] if case.gravity else None,
        "payments": list(case.payments.all()),
        "balance": balance_of(case, today) if case.delivered_on and case.fine else None,
        "plan": plan_rows(case, today),
        "instalments_answer": INSTALMENT_ANSWERS.get(case.instalments_answer),
        "surcharge_ref": calculation_ref(SURCHARGE, case.pk, "surcharge"),
        "challenge_days": [(code, last_day_of_challenge(case, code)) for code in ("reconsideration", "suit")]
        if case.delivered_on
        else [],
    }
    return case_page(request, case, "verification/penalty.html", context)


def origin_of(case: Penalty, actor: Actor) -> Any:
    """The record that a case was opened from, for whoever may see it."""
    if not case.origin_ref:
        return None
    record: Any = resolve(case.origin_ref)
    return record if record is not None and record.seen_by(actor) else None


def plan_rows(case: Penalty, today: date) -> list[dict[str, Any]]:
    """The parts agreed, each with how it stands: covered by the payments, still to be paid, or missed."""
    unpaid = unpaid_of_fine(case)
    return [
        {"part": part, "covered": unpaid <= later, "missed": unpaid > later and today > part.last_day}
        for part, later in parts_of_plan(case)
    ]


def _sums(case: Penalty, lawful: FineRange | None) -> list[dict[str, Any]]:
    """Both ends of the range, each with its handle down to the article."""
    if lawful is None:
        return []
    return [
        {"label": value.label, "number": value.number, "marks": value.marks,
         "ref": calculation_ref(FINE, case.pk, value)}
        for value in (lawful.least, lawful.greatest)
    ]  # fmt: skip
