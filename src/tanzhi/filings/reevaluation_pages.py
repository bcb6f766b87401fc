"""The page before a re-evaluation: what the deposits of a guideline and year would give by the law of today."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.actions.typed import whole
from tanzhi.law.evaluation import release
from tanzhi.law.pages import reader_of
from tanzhi.rulebook.kernel import Guideline, guidelines

from .before_after import COMPARED, preview
from .models import Filing, Result

LAST_YEAR = 2100


@login_required
def reevaluation(request: HttpRequest) -> HttpResponse:
    """Before and after, filing by filing; two administrators make it so."""
    actor = reader_of(request)
    guideline = guidelines().get(request.GET.get("guideline", ""))
    year = whole(request.GET.get("year", ""), LAST_YEAR)
    if guideline is None or year is None:
        raise Http404
    old = Filing.objects.visible_to(actor).filter(pk__in=deposited_under_others(guideline, year))
    some = old.select_related("organisation__region").order_by("organisation__code", "period")[:COMPARED]
    count, rows = old.count(), preview(some)
    context = {"guideline": guideline, "year": year, "rows": rows, "count": count, "compared": min(count, COMPARED)}
    return render(request, "filings/reevaluation.html", context)


def deposited_under_others(guideline: Guideline, year: int) -> QuerySet[Result, dict[str, Any]]:
    """The filings of a year whose last results come from another release than the law in force."""
    of_year = Result.objects.filter(
        filing__form_code__startswith=f"{guideline.name}.", period__startswith=f"{year:04d}", version__deposited=True
    )
    last = of_year.values("version").annotate(last=Max("pk")).order_by().values("last")
    return Result.objects.filter(pk__in=last).exclude(release=release(guideline)).values("filing")
