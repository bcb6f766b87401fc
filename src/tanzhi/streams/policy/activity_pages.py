"""The pages of pilots, events, consultations, visits, recommendations and audits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, Count, DateField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.figures.calculated import calculation_ref
from tanzhi.law.evaluation import evaluate
from tanzhi.office.imports.model import IMPORTERS
from tanzhi.organisations.models import Region
from tanzhi.presentation.buttons import Button
from tanzhi.presentation.charts import Chart, bars, download
from tanzhi.presentation.listing import Column
from tanzhi.presentation.listing_page import shown
from tanzhi.presentation.pages import actor_of
from tanzhi.presentation.tilemap import TileMap, tile_map
from tanzhi.rulebook.cleaner import cleaner
from tanzhi.rulebook.cleaner.criteria import penalty_on
from tanzhi.rulebook.cleaner.measure import CLASSES
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.case.pages import case_page
from tanzhi.workflow.clocks.model import Clock

from . import activity_lists as lists
from .actions import AUDIT
from .activity_models import Consultation, Event, Pilot, Recommendation, Visit
from .audit_models import Audit, AuditList
from .lineage import OPTIONS
from .pages import linked, may_import

SHOWN = ("options_in_all", "investment_in_all", "benefit_in_all", "payback_years", "energy_in_all", "emission_avoided")


def pilots(request: HttpRequest) -> HttpResponse:
    rows = Pilot.objects.visible_to(actor_of(request)).select_related("region").annotate(task_count=Count("tasks"))
    rows = rows.order_by("topic", "kind", "region__path", "pk")
    return lists.PILOTS.respond(request, rows, "policy/pilots.html")


def pilot(request: HttpRequest, pk: int) -> HttpResponse:
    """A pilot with its task list and its plan."""
    found = get_object_or_404(Pilot.objects.select_related("region", "organisation", "document"), pk=pk)
    tasks = found.tasks.visible_to(actor_of(request)).select_related("region").order_by("number")
    tasks = tasks.prefetch_related("parts__organisation__names")
    return case_page(request, found, "policy/pilot.html", {"tasks": list(tasks)})


def events(request: HttpRequest) -> HttpResponse:
    """The calendar of events, the newest first."""
    rows = Event.objects.visible_to(actor_of(request)).select_related("host", "region")
    rows = rows.annotate(part_count=Count("participations"))
    ahead = list(rows.filter(state="planned", on__gte=clock.today()).order_by("on")[:5])
    return lists.EVENTS.respond(request, rows, "policy/events.html", {"ahead": ahead})


def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: theme, place, what the regions told."""
    found = get_object_or_404(Event.objects.select_related("host", "region"), pk=pk)
    rows = found.participations.select_related("region")
    if request.GET.get("export") or request.headers.get("HX-Target") == "listing-rows":
        return lists.PARTICIPATIONS.respond(request, rows, "policy/event.html")
    told = {
        "listing": shown(lists.PARTICIPATIONS, request, rows),
        "map": _event_map(list(rows)),
        "take_part": linked(request, "policy.take_part", event=found.pk),
    }
    return case_page(request, found, "policy/event.html", told)


def _event_map(rows: Sequence[Any]) -> TileMap | None:
    """Activities by region; an area inside a city stands beside it and is never added."""
    if not rows:
        return None
    counted = {one.region.code: one.activities for one in rows}
    cities = sum(one.region.counted for one in rows)
    title = _HELD.format(n=cities, activities=sum(one.activities for one in rows if one.region.counted))
    places = list(Region.objects.exclude(row=None))
    return tile_map(title, Text("场活动", "activities"), places, counted)


def consultations(request: HttpRequest) -> HttpResponse:
    rows = Consultation.objects.visible_to(actor_of(request)).annotate(opinion_count=Count("opinions"))
    return lists.CONSULTATIONS.respond(request, rows, "policy/consultations.html")


def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with the opinions collected on it; a city sees its own."""
    found = get_object_or_404(Consultation.objects.select_related("region"), pk=pk)
    opinions = found.opinions.visible_to(actor_of(request)).select_related("organisation")
    told = {
        "opinions": list(opinions.prefetch_related("organisation__names")),
        "give_opinion": linked(request, "policy.give_opinion", consultation=found.pk)
        if found.state == "received"
        else [],
    }
    return case_page(request, found, "policy/consultation.html", told)


def _opinion_button(request: HttpRequest, found: Consultation) -> list[Button]:
    """Opinions are given while they are collected."""
    return linked(request, "policy.give_opinion", consultation=found.pk) if found.state == "received" else []


def visits(request: HttpRequest) -> HttpResponse:
    rows = Visit.objects.visible_to(actor_of(request)).select_related("organisation", "region")
    return lists.VISITS.respond(request, rows.prefetch_related("organisation__names"), "policy/visits.html")


def visit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Visit.objects.select_related("organisation", "region"), pk=pk)
    return case_page(request, found, "policy/visit.html")


def recommendations(request: HttpRequest) -> HttpResponse:
    rows = Recommendation.objects.visible_to(actor_of(request)).select_related("region").order_by("-pk")
    return lists.RECOMMENDATIONS.respond(request, rows, "policy/recommendations.html")


def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Recommendation.objects.select_related("region"), pk=pk)
    return case_page(request, found, "policy/recommendation.html")


def audits(request: HttpRequest) -> HttpResponse:
    """Audits with the next clock of each, what is due first stands first."""
    visible = Audit.objects.visible_to(actor_of(request)).select_related("audit_list", "organisation__region")
    charts = _audit_charts(visible)
    if file := download(request, *charts):
        return file
    told = {
        "charts": charts,
        "lists": list(AuditList.objects.visible_to(actor_of(request))),
        "importer": IMPORTERS["policy.audits"],
        "may_import": may_import(request, "policy.audits"),
        "penalty": penalty_on(clock.today()),
    }
    rows = visible.annotate(next_due=_next_due()).prefetch_related("organisation__names")
    return lists.AUDITS.respond(request, rows, "policy/audits.html", told)


def _next_due() -> Coalesce:
    """The day of an audit's next running clock; one that waits for nothing comes last."""
    case = Concat(Value(f"{Audit._meta.label_lower}:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    running = Clock.objects.filter(case=case, state=Clock.RUNNING).order_by("due_on").values("due_on")[:1]
    return Coalesce(Subquery(running), Value(date(9999, 12, 31)), output_field=DateField())


def _audit_charts(rows: Any) -> list[Chart]:
    """The newest list by state."""
    told_of = list(rows.values_list("audit_list__year", "state"))
    year = max((one for one, _ in told_of), default=None)
    counted = Counter(state for one, state in told_of if one == year)
    if year is None:
        return []
    done = sum(n for state, n in counted.items() if state in ("completed", "assessed", "accepted"))
    told = [{"state": one.label, "count": counted[one.code]} for one in AUDIT.states if counted[one.code]]
    columns = (
        Column("state", Text("状态", "State")),
        Column("count", Text("企业", "Enterprises"), kind="number", unit=Text("家", "enterprises")),
    )
    title = _AUDITED.format(year=year, n=sum(counted.values()), done=done)
    draw = bars("state", "count", across=True)
    return [Chart("audits", title, columns, told, draw, height=26 * len(told) + 30)]


def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: grounds, legal days, options with what they bring."""
    found = get_object_or_404(Audit.objects.select_related("audit_list", "organisation__region"), pk=pk)
    told = {
        "worth": _worth(found),
        "options": [row | {"label": CLASSES.get(row["option_class"])} for row in found.options],
        "penalty": penalty_on(found.audit_list.published_on),
    }
    return case_page(request, found, "policy/audit.html", told)


def _worth(found: Audit) -> list[tuple[Any, str]]:
    """What the options bring, each value with its explanation."""
    if not found.options:
        return []
    root = evaluate(cleaner, found.audit_list.year, {"options": found.options})
    values = [root.value(name) for name in SHOWN]
    return [(one, calculation_ref(OPTIONS, found.pk, one)) for one in values if one.number is not None]


_HELD = Text("{n} 个市州举办活动 {activities} 场", "{n} cities and prefectures held {activities} activities")
_AUDITED = Text("{year} 年名单 {n} 家，已完成审核 {done} 家", "{done} of {n} on the list of {year} completed the audit")
