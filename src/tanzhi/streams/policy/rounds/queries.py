"""What others may ask of rounds and of the lights of their reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tanzhi.streams.policy.documents.model import Document
from tanzhi.streams.policy.shared.codes import worst
from tanzhi.streams.policy.tasks.model import Task

from .model import Report, Round


def rounds_of(documents: Iterable[Document], until: date) -> list[Round]:
    """Rounds of dispatching over these documents up to a day."""
    rows = Round.objects.filter(document__in=list(documents), as_of__lte=until)
    return list(rows.select_related("document").order_by("as_of", "pk"))


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
    by_region: dict[str, list[str]] = {}
    for region, light in newest.values():
        by_region.setdefault(region, []).append(light)
    return {region: CityLights(lights) for region, lights in by_region.items()}
