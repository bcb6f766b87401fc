"""The page of a plant's year: its totals by month, beside the month before and the year before."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.actions import clock
from tanzhi.actions.refusal import out_of_scope
from tanzhi.filings.months.model import Filing
from tanzhi.filings.shared.forms import MONTH_FORM
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting
from tanzhi.presentation.request import actor_of

from .comparison import plant_year


@login_required
def year(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """A plant's year by month and unit, to whoever may see what it files."""
    actor = actor_of(request)
    organisation = Organisation.objects.select_related("region").filter(code=code).first()
    industry = accounting(organisation) if organisation else None
    if organisation is None or industry is None:
        raise out_of_scope()
    subject = f"organisation:{organisation.pk}"
    month = Filing(
        form_code=f"{industry.name}.{MONTH_FORM}", subject=subject, organisation=organisation, period=f"{year}-01"
    )
    if not actor.sees(month.place):
        raise out_of_scope()
    filed = Filing.objects.filter(form_code=month.form_code, subject=subject).values_list("period", flat=True)
    years = sorted({int(period[:4]) for period in filed} | {clock.today().year}, reverse=True)
    context = {"organisation": organisation, "year": year, "years": years, "plant_year": plant_year(month)}
    return render(request, "filings/year.html", context)
