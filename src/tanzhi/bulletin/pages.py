"""The bulletin as page and files: public as it was published; what is not published yet says that it is a draft."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tanzhi.evidence.files import open_stored
from tanzhi.figures import Question
from tanzhi.figures.publication import prepares
from tanzhi.organisations.people.requests import actor_of_request, region_asked
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.workflow.case.pages import case_page

from .archive import ARCHIVE
from .changes import beside
from .content import schema_text
from .models import Edition
from .periods import months, period_of
from .rows import A_YEAR_AGO
from .serving import TYPES, Served, compared, composed, earlier, newest_for, served


def latest(request: HttpRequest) -> HttpResponse:
    """The bulletin of the newest half-year with deposits, or of the one asked for."""
    return _onward(request, "bulletin:bulletin")


def glance_latest(request: HttpRequest) -> HttpResponse:
    return _onward(request, "bulletin:glance")


def _onward(request: HttpRequest, page: str) -> HttpResponse:
    region = region_asked(request)
    since, until, code = (request.GET.get(name, "") for name in ("since", "until", "period"))
    if since or until or code:
        period: str | None = period_of(since or until, until or since, code)  # one month alone is read as that month
    else:
        period = newest_for(actor_of_request(request), region)
    if period is None:
        return redirect("bulletin:archive")  # which says that there is none yet
    if region:
        region_by_code(region)
    return redirect(reverse(page, args=[period]) + (f"?{urlencode({'region': region})}" if region else ""))


def _requested(request: HttpRequest, period: str) -> Served:
    return served(period, region_asked(request), request.GET.get("as") == "now", actor_of_request(request))


def bulletin(request: HttpRequest, period: str) -> HttpResponse:
    """The published edition; without one, or where `as=now` asks for it, what would be published, marked as a draft."""
    return render(request, "bulletin/bulletin.html", _page_context(request, _requested(request, period)))


def _page_context(request: HttpRequest, served: Served) -> dict[str, Any]:
    """What the pages of one bulletin share."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return {
        "served": served,
        "content": served.content,
        "edition": served.edition,
        "query": query,
        "months": months(actor_of_request(request)) if served.preparing else [],
    }


def bulletin_file(request: HttpRequest, period: str, form: str) -> HttpResponse:
    """The same as JSON, text, Word or PDF, in the language of the request."""
    return _file(_requested(request, period), form)


def _file(served: Served, form: str) -> HttpResponse:
    if form == "json":
        answer = JsonResponse(served.as_dict(), json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Link"] = f'<{reverse("bulletin:schema")}>; rel="describedby"'
        return answer
    kind = "inline" if form == "txt" else "attachment"
    named = {"Content-Disposition": f'{kind}; filename="{served.name(form)}"'}
    return HttpResponse(served.file(form), content_type=TYPES[form], headers=named)


def glance(request: HttpRequest, period: str) -> HttpResponse:
    """The same figures at a glance, by stream, each with its light and the period before: for whoever directs."""
    served = _requested(request, period)
    previous = earlier(served.content.span.previous, region_asked(request), actor_of_request(request))
    before = {change.line.key: change for change in compared(served.content, previous)}
    more = {"before": before, "previous": previous}
    return render(request, "bulletin/glance.html", _page_context(request, served) | more)


def compare(request: HttpRequest, period: str) -> HttpResponse:
    """Every figure beside that of the period before, or of the same months a year ago."""
    served = _requested(request, period)
    span = served.content.span
    other = span.same_a_year_ago if request.GET.get("with") == A_YEAR_AGO else span.previous
    previous = earlier(other, region_asked(request), actor_of_request(request))
    spans = {"": span.previous, A_YEAR_AGO: span.same_a_year_ago}
    more = {
        "changes": compared(served.content, previous),
        "previous": previous,
        "other": other,
        "spans": [] if span.previous == span.same_a_year_ago else spans.items(),
    }
    return render(request, "bulletin/compare.html", _page_context(request, served) | more)


def archive(request: HttpRequest) -> HttpResponse:
    """Published editions for everybody; drafts for the province's own people."""
    rows = Edition.objects.visible_to(actor_of_request(request)).select_related("region")
    return ARCHIVE.respond(request, rows, "bulletin/archive.html")


def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition as a piece of work: its content, who signed it, and what has changed since."""
    record = _edition(request, pk)
    served = Served(record.content, record, _prepares(request, record))
    return case_page(request, record, "bulletin/edition.html", {"served": served, "content": served.content})


def edition_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What a composition of today says otherwise than this edition, for those who prepare the next one."""
    record = _edition(request, pk)
    if not _prepares(request, record):
        raise Http404
    now = composed(record.period, record.region.code)
    context = {
        "edition": record,
        "content": record.content,
        "changes": [c for c in beside(record.content, now) if c.moved],
    }
    return render(request, "bulletin/changes.html", context)


def edition_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """An edition in any form; its JSON is the canonical bytes whose SHA-256 is the edition's digest."""
    record = _edition(request, pk)
    if form == "json":
        with open_stored(record.digest) as file:
            return HttpResponse(file.read(), content_type=TYPES["json"])
    return _file(Served(record.content, record), form)


def schema(_request: HttpRequest) -> HttpResponse:
    """What the JSON of every bulletin is."""
    return HttpResponse(schema_text(), content_type="application/schema+json")


def _prepares(request: HttpRequest, edition: Edition) -> bool:
    return prepares(actor_of_request(request), Question(edition.period, edition.region.code))


def _edition(request: HttpRequest, pk: int) -> Edition:
    edition: Edition = get_object_or_404(Edition.objects.select_related("region"), pk=pk)
    if not edition.seen_by(actor_of_request(request)):
        raise Http404
    return edition
