"""Bodies in a year beside each other for the authorities; evaluations, public once published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from tanzhi.actions import clock
from tanzhi.actions.typed import LAST_YEAR, whole
from tanzhi.evidence.until_next_act import UntilNextAct
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.organisations.register.model import Organisation, Region, names_of
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.body_evaluation import CRITERIA
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.workflow.case.pages import case_page

from .lists import BODIES, EVALUATIONS
from .measures import BodyMeasures, bodies_of
from .model import BodyEvaluation
from .work import public_by

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def region_of_reader(actor: Actor) -> Region:
    """The region that an authority's reader answers for; whoever sees the whole platform has its root."""
    paths = sorted({grant.region_path for grant in actor.grants if grant.role in AUTHORITY and grant.region_path})
    region: Region | None = Region.objects.filter(path=paths[0]).first() if paths else None
    if region is None:
        raise Http404
    return region


_BODIES: UntilNextAct[list[BodyMeasures]] = UntilNextAct(50)


@login_required
def supervision(request: HttpRequest) -> HttpResponse:
    """What each body did in a year, in the reader's region; counted from the cases."""
    region = region_of_reader(actor_of_request(request))
    cases = Verification.objects.filter(organisation__region__path__startswith=region.path).exclude(body=None)
    years = sorted({year for (year,) in cases.values_list("year").distinct().order_by()}, reverse=True)
    year = whole(request.GET.get("year", ""), LAST_YEAR) or (years[0] if years else 0)
    rows = _BODIES.of((region.pk, year, clock.today()), lambda: bodies_of(region, year))
    context = {"year": year, "years": years, "region": region}
    return BODIES.respond(request, rows, "verification/supervision.html", context)


def evaluations(request: HttpRequest) -> HttpResponse:
    """Evaluations that the reader may see: everybody the published ones."""
    visible = BodyEvaluation.objects.visible_to(actor_of(request)).select_related("body", "region")
    return EVALUATIONS.respond(request, visible, "verification/evaluations.html")


def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """One evaluation: each criterion as its ratio, and enterprise by enterprise what it comes from."""
    record: BodyEvaluation = get_object_or_404(
        BodyEvaluation.objects.visible_to(actor_of(request)).select_related("body", "region"), pk=pk
    )
    plants = {row.code: row for row in Organisation.objects.filter(code__in=[row["code"] for row in record.rows])}
    names = names_of(list(plants.values()), localdate(record.opened_at))
    context = {
        "criteria": [(CRITERIA[code], record.measures[code]) for code in CRITERIA if code in record.measures],
        "rows": [{**row, "name": names.get(plants[row["code"]].pk)} for row in record.rows if row["code"] in plants],
        "due": public_by(record.year),
        "within": record.worked_by(actor_of(request)),
    }
    return case_page(request, record, "verification/evaluation.html", context)
