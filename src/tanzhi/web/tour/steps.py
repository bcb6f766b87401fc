"""A short tour for somebody who is here for the first time: by role, from data, until it is dismissed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.presentation.preferences.model import Seen
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.kernel.yaml_files import read_yaml

TOUR = "tour"
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class TourStep:
    """One thing to try, and where."""

    words: Text
    address: str


@cache
def _tours() -> dict[str, Any]:
    tours: dict[str, Any] = read_yaml(Path(__file__).with_name("tours.yaml"))
    return tours


def tour_for(request: HttpRequest, actor: Actor) -> list[TourStep]:
    """The steps for this reader; none once dismissed, unless he asks for them again (`?tour=1`)."""
    person = actor.person_id
    if request.GET.get(TOUR) != "1" and (
        request.session.get(TOUR) or (person is not None and Seen.objects.filter(person_id=person, what=TOUR).exists())
    ):
        return []
    return steps_of(actor)


def steps_of(actor: Actor) -> list[TourStep]:
    """What is written for the first of the reader's roles that has a tour; steps to pages that exist."""
    tours = _tours()
    role = next((role for role in tours if role in actor.roles), PUBLIC)
    steps = []
    for raw in tours[role]:
        if raw.get("example") and clock.example_day() is None:
            continue
        with suppress(NoReverseMatch):  # no step while the page's room is not built
            steps.append(TourStep(Text(raw["zh"], raw["en"]), reverse(raw["to"])))
    return steps
