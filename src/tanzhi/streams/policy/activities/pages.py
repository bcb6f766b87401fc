"""Events, consultations, visits and recommendations."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.organisations.register.model import Region
from tanzhi.presentation.charts.tile_map import tile_map
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.buttons import linked
from tanzhi.workflow.case.pages import case_page

from . import lists
from .model import Consultation, Event, Recommendation, Visit


def events(request: HttpRequest) -> HttpResponse:
    """The calendar of events, the newest first."""
    rows = Event.objects.visible_to(actor_of(request)).select_related("host", "region")
    rows = rows.annotate(part_count=Count("participations"))
    ahead = list(rows.filter(state="planned", on__gte=clock.today()).order_by("on")[:5])
    return lists.EVENTS.respond(request, rows, "policy/events.html", {"ahead": ahead})


_HELD = Text("{n} 个市州举办活动 {activities} 场", "{n} cities and prefectures held {activities} activities")


def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: theme, place, what the regions told."""
    event = get_object_or_404(Event.objects.select_related("host", "region"), pk=pk)
    rows = event.participations.select_related("region")
    if request.GET.get("export") or request.headers.get("HX-Target") == "listing-rows":
        return lists.PARTICIPATIONS.respond(request, rows, "policy/event.html")
    # Activities by region; an area inside a city stands beside it and is never added.
    participations = list(rows)
    counted = {row.region.code: row.activities for row in participations}
    activities = sum(row.activities for row in participations if row.region.counted)
    title = _HELD.format(n=sum(row.region.counted for row in participations), activities=activities)
    places = list(Region.objects.exclude(row=None)) if participations else []
    context = {
        "listing": list_context(lists.PARTICIPATIONS, request, rows),
        "map": tile_map(title, Text("场活动", "activities"), places, counted) if participations else None,
        "take_part": linked(request, "policy.take_part", event=event.pk),
    }
    return case_page(request, event, "policy/event.html", context)


def consultations(request: HttpRequest) -> HttpResponse:
    rows = Consultation.objects.visible_to(actor_of(request)).annotate(opinion_count=Count("opinions"))
    return lists.CONSULTATIONS.respond(request, rows, "policy/consultations.html")


def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with the opinions collected on it; a city sees its own."""
    consultation = get_object_or_404(Consultation.objects.select_related("region"), pk=pk)
    opinions = consultation.opinions.visible_to(actor_of(request)).select_related("organisation")
    context = {
        "opinions": list(opinions.prefetch_related("organisation__names")),
        "give_opinion": linked(request, "policy.give_opinion", consultation=consultation.pk)
        if consultation.state == "received"
        else [],
    }
    return case_page(request, consultation, "policy/consultation.html", context)


def visits(request: HttpRequest) -> HttpResponse:
    rows = Visit.objects.visible_to(actor_of(request)).select_related("organisation", "region")
    return lists.VISITS.respond(request, rows.prefetch_related("organisation__names"), "policy/visits.html")


def visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(Visit.objects.select_related("organisation", "region"), pk=pk)
    return case_page(request, visit, "policy/visit.html")


def recommendations(request: HttpRequest) -> HttpResponse:
    rows = Recommendation.objects.visible_to(actor_of(request)).select_related("region").order_by("-pk")
    return lists.RECOMMENDATIONS.respond(request, rows, "policy/recommendations.html")


def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    recommendation = get_object_or_404(Recommendation.objects.select_related("region"), pk=pk)
    return case_page(request, recommendation, "policy/recommendation.html")
