"""Reports that wait for a verification, arranged together: each arrangement is an act of its own."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import out_of_scope
from tanzhi.actions.typed import LAST_YEAR, whole
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.register.queries import reporting_keys
from tanzhi.organisations.sectors import computed
from tanzhi.presentation.batch import each
from tanzhi.rulebook.kernel.text import same

from .model import Verification
from .work import ARRANGE


@login_required
@takes_form
def arrange(request: HttpRequest) -> HttpResponse:
    """Every plant of the year's list without a verification: those that have deposited their report can be chosen."""
    actor, today = actor_of_request(request), clock.today()
    if not actor.roles & set(ARRANGE.by):
        raise out_of_scope()
    year = whole(request.GET.get("year", ""), LAST_YEAR) or today.year - 1
    result = None
    if request.method == "POST":
        keys = set(request.POST.getlist("plant"))
        chosen_rows = [row for row in waiting(actor, year) if str(row["firm"].pk) in keys]
        result = each(
            (row["name"], partial(arranged, actor, {"organisation": row["firm"].code, "year": year}))
            for row in chosen_rows
        )
    rows = waiting(actor, year)
    context = {"year": year, "rows": rows, "ready": sum(row["report"] is not None for row in rows), "result": result}
    return render(request, "verification/arrange.html", context)


def arranged(actor: Actor, data: dict[str, Any]) -> Verification:
    """The case that comes of one arrangement."""
    case: Verification = perform(ARRANGE.name, actor, data=data).result
    return case


def waiting(actor: Actor, year: int) -> list[dict[str, Any]]:
    """Who reports for the year in this reader's region and has no verification of it, with the deposited report."""
    today = clock.today()
    taken = Verification.objects.filter(year=year).values("organisation")
    listed = Organisation.objects.visible_to(actor).filter(pk__in=reporting_keys(year, computed(), today))
    firms = list(listed.exclude(pk__in=taken).select_related("region").order_by("sector", "code"))
    filed = Filing.objects.filter(organisation__in=firms, period=str(year), versions__deposited=True).distinct()
    reports = {filing.organisation_id: filing for filing in filed}
    names = names_of(firms, today)
    return [
        {"firm": firm, "name": names.get(firm.pk, same(firm.code)), "report": reports.get(firm.pk)} for firm in firms
    ]
