"""A clue, and the page on which one is raised at a cell."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tanzhi.actions.forms import takes_form
from tanzhi.actions.refusal import out_of_scope
from tanzhi.filings.months.cells import cell_words, cells_of, no_cell, value_words
from tanzhi.filings.months.model import Version
from tanzhi.filings.months.status import form_of
from tanzhi.filings.months.version_pages import visible_filing
from tanzhi.office.imports.model import COMMITTED
from tanzhi.office.imports.work import imports_of
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.forms.submission import answer
from tanzhi.presentation.locations import month_words
from tanzhi.workflow.case.pages import case_page

from .answers import answered_rows, answers_listing
from .cells import offered
from .imports import CLUES as CLUE_IMPORT
from .lists import NATION_LISTS, with_progress
from .model import DISPATCHED, FOUND, SOURCES, TO_ANSWER, Clue
from .work import CITY


@login_required
def clue(request: HttpRequest, pk: int) -> HttpResponse:
    """One clue; of one that was raised at a cell also what stands there now."""
    cases = Clue.objects.select_related("organisation__region", "filing", "version")
    record: Clue = get_object_or_404(cases, pk=pk)
    actor = actor_of_request(request)
    checks = record.state == DISPATCHED and any(actor.reaches(role, record.place) for role in CITY)
    beside = Clue.objects.visible_to(actor).filter(organisation=record.organisation, state=DISPATCHED, withdrawn=False)
    context: dict[str, Any] = {
        "source": SOURCES.get(record.source),
        "found": FOUND.get(record.outcome),
        "checks": checks,
        "others": number if checks and (number := beside.count()) > 1 else 0,
    }
    filing, standing = record.filing, record.filing.deposited_version if record.filing else None
    if filing is not None and standing is not None:
        value = cells_of(form_of(filing), standing.record).get((record.where, record.field))
        context |= {
            "month": month_words(filing.period),
            "value": value_words(filing, record.field, record.value),
            "standing": standing,
            "gone": no_cell(standing, record.where, record.field) if value is None else None,
            "now": value_words(filing, record.field, value or ""),
            "readable": filing.seen_by(actor),
        }
    return case_page(request, record, "verification/clue.html", context)


@login_required
def answer_lists(request: HttpRequest) -> HttpResponse:
    """The nation's lists that came, with how far each is answered."""
    lists = imports_of(CLUE_IMPORT, actor_of_request(request)).filter(state=COMMITTED)
    return NATION_LISTS.respond(request, with_progress(list(lists)), "verification/answer_lists.html")


@login_required
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the nation's lists in its own columns, with the answers; the file goes back to the nation."""
    actor = actor_of_request(request)
    committed = get_object_or_404(imports_of(CLUE_IMPORT, actor).filter(state=COMMITTED), pk=pk)
    headings, rows = answered_rows(committed, actor)
    waiting = sum(row.clue.state == TO_ANSWER for row in rows)
    context = {"committed": committed, "waiting": waiting}
    return answers_listing(headings).respond(request, rows, "verification/answers.html", context)


@login_required
@takes_form
def raise_clue(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A clue about a cell: the cell and its value stand beside the form."""
    filing, actor = visible_filing(request, pk), actor_of_request(request)
    version: Version | None = filing.versions.filter(number=number, deposited=True).first()
    where, field = request.GET.get("where", ""), request.GET.get("field", "")
    if version is None or not offered(actor, filing):
        raise out_of_scope()
    value = cells_of(form_of(filing), version.record).get((where, field))
    cell = {"filing": filing.pk, "version": version.number, "where": where, "field": field}
    answered = answer(request, actor, "verification.raise_clue", initial=cell)
    if answered.outcome is not None:
        return redirect(answered.outcome.result)
    context = {
        "form": answered.form,
        "filing": filing,
        "version": version,
        "month": month_words(filing.period),
        "cell": cell_words(filing, where, field),
        "gone": no_cell(version, where, field) if value is None else None,
        "value": value_words(filing, field, value or ""),
    }
    return render(request, "verification/raise_clue.html", context, status=answered.form.status)
