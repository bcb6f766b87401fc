"""What others may ask of the library and of what was done: always for a region and what lies below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from tanzhi.rulebook.kernel.text import Text

from .activity_models import Consultation, Event, Pilot, Recommendation, Visit
from .audit_models import Audit
from .document_models import DRAFT, Clause, Document
from .task_models import Report, Round, Task
from .words import worst

if TYPE_CHECKING:
    from tanzhi.organisations.models import Region


def documents(
    region: Region, on: date, *, topic: str = "", kinds: Iterable[str] = (), levels: Iterable[str] = ()
) -> list[Document]:
    """Documents in force on a day, by topic, kind and level; an empty choice means any."""
    rows = Document.objects.filter(region__path__startswith=region.path).exclude(state=DRAFT)
    rows = rows.filter(effective_on__lte=on).filter(Q(repealed_on=None) | Q(repealed_on__gt=on))
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    for look, chosen in (("topic", [topic] if topic else []), ("kind", list(kinds)), ("level", list(levels))):
        rows = rows.filter(**{f"{look}__in": chosen}) if chosen else rows
    return list(rows.prefetch_related("issuers__organisation__names").order_by("issued_on", "pk"))


def issued_documents(region: Region, on: date, **chosen: Iterable[str] | str) -> list[Document]:
    """Documents issued until a day, whether they still hold or have run out since: what was done stays done."""
    rows = Document.objects.filter(region__path__startswith=region.path, issued_on__lte=on).exclude(state=DRAFT)
    for look, value in chosen.items():
        codes = [value] if isinstance(value, str) else list(value)
        rows = rows.filter(**{f"{look}__in": codes})
    return list(rows.prefetch_related("issuers__organisation__names").order_by("issued_on", "pk"))


def tasks_of(found: Iterable[Document]) -> QuerySet[Task]:
    """The tasks of these documents, in the order of their lists."""
    return Task.objects.filter(document__in=list(found)).select_related("document", "region").order_by("document", "pk")


def rounds_of(found: Iterable[Document], until: date) -> list[Round]:
    """Rounds of dispatching over these documents up to a day."""
    rows = Round.objects.filter(document__in=list(found), as_of__lte=until)
    return list(rows.select_related("document").order_by("as_of", "pk"))


def pilots(region: Region, on: date, topic: str) -> list[Pilot]:
    """Pilots of a topic that were named by a day."""
    rows = Pilot.objects.filter(region__path__startswith=region.path, topic=topic, named_on__lte=on)
    return list(rows.select_related("region", "organisation").order_by("kind", "region__path"))


def events(region: Region, first: date, last: date, kind: str) -> list[Event]:
    """Events of a kind that were held in these days."""
    rows = Event.objects.filter(region__path__startswith=region.path, kind=kind, on__range=(first, last))
    return list(rows.filter(state__in=("held", "closed")).select_related("host", "region").order_by("on", "pk"))


def visits(region: Region, first: date, last: date) -> list[Visit]:
    """Visits of guidance held in these days."""
    rows = Visit.objects.filter(region__path__startswith=region.path, held_on__range=(first, last))
    return list(rows.select_related("organisation").prefetch_related("organisation__names").order_by("held_on", "pk"))


def consultations(region: Region, first: date, last: date) -> list[Consultation]:
    """Drafts on which comments were returned in these days."""
    rows = Consultation.objects.filter(region__path__startswith=region.path, returned_on__range=(first, last))
    return list(rows.order_by("returned_on", "pk"))


def recommendations(region: Region, first: date, last: date, kind: str) -> list[Recommendation]:
    """Models recommended in these days."""
    rows = Recommendation.objects.filter(
        region__path__startswith=region.path, kind=kind, recommended_on__range=(first, last)
    )
    return list(rows.select_related("region").order_by("recommended_on", "pk"))


def completed_audits(region: Region, year: int, last: date) -> list[Audit]:
    """Audits of a year's list that were finished by a day and found complete by the authority."""
    rows = Audit.objects.filter(
        organisation__region__path__startswith=region.path, audit_list__year=year, finished_on__lte=last
    ).exclude(confirmed_on=None)
    return list(
        rows.select_related("organisation__region", "audit_list")
        .prefetch_related("organisation__names")
        .order_by("finished_on", "organisation__code")
    )


@dataclass(frozen=True, slots=True)
class CityLights:
    """How a region's authorities stand: the lights of their newest confirmed reports on running tasks."""

    lights: list[str]

    @property
    def worst(self) -> str:
        return worst(self.lights)

    @property
    def behind(self) -> int:
        return sum(light in ("red", "yellow") for light in self.lights)


def lights_by_region(tasks: QuerySet[Task]) -> dict[str, CityLights]:
    """By region code, of each task and authority the newest confirmed report."""
    rows = Report.objects.filter(task__in=tasks, state="confirmed").order_by("round__as_of", "pk")
    newest = {
        (task, who): (region, light)
        for task, who, region, light in rows.values_list(
            "task_id", "organisation_id", "organisation__region__code", "light"
        )
    }
    found: dict[str, list[str]] = {}
    for region, light in newest.values():
        found.setdefault(region, []).append(light)
    return {region: CityLights(lights) for region, lights in found.items()}


COVERAGE = {
    "none": Text("无任务", "no task"),
    "untold": Text("有任务，无已核实进展", "tasks, nothing confirmed"),
    "told": Text("有已核实进展", "progress confirmed"),
}


def coverage_of(clause: Clause) -> str:
    """Whether a clause has tasks, and whether anything confirmed was told of them."""
    tasks, told = clause.task_count, clause.told_count  # type: ignore[attr-defined]  # annotated below
    return "told" if told else "untold" if tasks else "none"


def counted_clauses(rows: QuerySet[Document]) -> QuerySet[Clause]:
    """Clauses of these documents that ask for a task, with how many they have and how many reports are confirmed."""
    done = Q(tasks__reports__state="confirmed") | Q(tasks__state="done")
    return (
        Clause.objects.filter(document__in=rows, assigns=True)
        .select_related("document")
        .annotate(task_count=Count("tasks", distinct=True), told_count=Count("tasks", filter=done, distinct=True))
        .order_by("document_id", "order")
    )
