"""The bulletin as a page, as text and as JSON: public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from tanzhi.actions import clock
from tanzhi.actions.language import code
from tanzhi.filings.models import Filing

from .composition import compose
from .disclosure import disclosed
from .printing import as_text


def latest(request: HttpRequest) -> HttpResponse:
    """The bulletin of the newest half-year with deposits, or of the one asked for."""
    period = request.GET.get("period") or last_half_year()
    return redirect("bulletin:bulletin", period=period)


def last_half_year() -> str:
    """The half-year of the newest month that was deposited; without one, the last that is complete."""
    newest = Filing.objects.filter(period__contains="-", deposited_at__isnull=False).order_by("-period").first()
    if newest:
        return f"{newest.period[:4]}H{1 if newest.period[5:] <= '06' else 2}"
    today = clock.today()
    return f"{today.year}H1" if today.month > 6 else f"{today.year - 1}H2"


def bulletin(request: HttpRequest, period: str) -> HttpResponse:
    composed = compose(period, request.GET.get("region", ""))
    return render(request, "bulletin/bulletin.html", {"bulletin": composed})


def bulletin_json(request: HttpRequest, period: str) -> HttpResponse:
    told = compose(period, request.GET.get("region", "")).as_dict()
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})


def bulletin_text(request: HttpRequest, period: str) -> HttpResponse:
    composed = compose(period, request.GET.get("region", ""))
    return HttpResponse(as_text(composed, code()), content_type="text/plain; charset=utf-8")


def disclosure_json(request: HttpRequest, year: int) -> HttpResponse:
    told = disclosed(year, request.GET.get("region", ""))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
