"""The site visit on a phone: the list with its forms, how it stands as data, and the worker that answers offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse

from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.templatetags.tanzhi import moment
from tanzhi.streams.verification.signatures import IMAGE_ONLY

from .model import CAPACITIES, CATEGORIES, RESULTS
from .pages import LineWithNotes, case_with_papers, is_member, shown_lines
from .work import LOOKED_AT

if TYPE_CHECKING:
    from tanzhi.streams.verification.cases.model import Verification


def visited_case(request: HttpRequest, pk: int) -> Verification:
    """A case whose group the reader is a member of."""
    case = case_with_papers(request, pk)
    if not is_member(actor_of_request(request), case):
        raise Http404
    return case


@login_required
def site(request: HttpRequest, pk: int) -> HttpResponse:
    """The review list as forms that a phone stores and sends by itself (`site.js`)."""
    case = visited_case(request, pk)
    lines = shown_lines(case)
    groups = [(label, [line for line in lines if line.row.category == code]) for code, label in CATEGORIES.items()]
    context = {
        "record": case,
        "site": case.pk,
        "state_address": reverse("verification:site_state", args=[case.pk]),
        "sign": "verification.sign_visit",
        "person": actor_of_request(request).person_id,
        "open": case.state in LOOKED_AT,
        "groups": [(label, rows) for label, rows in groups if rows],
        "results": RESULTS.items(),
        "categories": CATEGORIES.items(),
        "capacities": CAPACITIES.items(),
        "signatures": case.signatures.select_related("image"),
        "image_only": IMAGE_ONLY,
    }
    return render(request, "verification/site.html", context)


def state(request: HttpRequest, pk: int) -> JsonResponse:
    """How the visit stands, for the page of a phone: who is signed in, and each line with the notes that stand."""
    if not request.user.is_authenticated:
        return JsonResponse({"code": "VER-SIGN-IN"}, status=401)
    case = visited_case(request, pk)
    return JsonResponse(
        {
            "person": actor_of_request(request).person_id,
            "token": get_token(request),
            "lines": [line_state(line) for line in shown_lines(case)],
        }
    )


def line_state(line: LineWithNotes) -> dict[str, Any]:
    """A line as `site.js` draws it anew."""
    return {
        "number": line.row.number,
        "state": line.row.state,
        "tone": line.row.tone,
        "label": line.row.state_label.as_dict(),
        "newest": line.newest,
        "open": True,
        "notes": [
            {
                "result": note.result_label.as_dict(),
                "remark": note.remark,
                "evidence": note.evidence,
                "reason": note.reason,
                "person": note.person_name,
                "at": moment(note.at),
            }
            for note in line.standing
        ],
    }


def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers for the page while the server does not; it stands where the page stands."""
    return render(request, "verification/site_worker.js", content_type="text/javascript")
