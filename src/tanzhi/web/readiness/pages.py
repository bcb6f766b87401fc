"""The page “is the province ready?”: each part with its state, what is missing, and the page where that is mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.language import listed
from tanzhi.actions.readiness import GROUPS, MISSING, READY, STATES, ReadinessPart, Standing, parts
from tanzhi.actions.roles import ROLES
from tanzhi.evidence.until_next_act import UntilNextAct
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.navigation import READY_READERS

TONES = {READY: "ok", MISSING: "late"}
ON_SERVER = Text("在服务器上办理", "done on the server")


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part as its reader has it: how far it is, and his way to the page where it goes on, or whose work it is."""

    part: ReadinessPart
    standing: Standing
    address: str
    whose: Text

    @property
    def state(self) -> Text:
        return STATES[self.standing.state]

    @property
    def tone(self) -> str:
        return TONES.get(self.standing.state, "due")


@dataclass(frozen=True, slots=True)
class PartGroup:
    """Parts that belong together."""

    title: Text
    lines: list[PartLine]


_STANDINGS: UntilNextAct[Standing] = UntilNextAct(2000)


def standing_of(part: ReadinessPart, actor: Actor, today: date) -> Standing:
    """How far a part is. What is done on the server is looked at anew each time: no act tells of it."""
    if not part.step.by:
        return part.standing(actor, today)
    return _STANDINGS.of((part.code, actor.known_by, today), lambda: part.standing(actor, today))


def lines_for(actor: Actor) -> list[PartLine]:
    """Every part for this reader; what is not open to his roles is named, not linked."""
    today, lines = clock.today(), []
    for each in parts():
        step = each.step
        address = reverse(step.view, args=step.arguments) + step.query if step.view and step.by & actor.roles else ""
        whose = listed(ROLES[role].label for role in ROLES if role in step.by) if step.by else ON_SERVER
        lines.append(PartLine(each, standing_of(each, actor, today), address, whose))
    return lines


@login_required
@never_cache
def readiness(request: HttpRequest) -> HttpResponse:
    """For administrators, and for the province's officers to read."""
    actor = actor_of(request)
    if not READY_READERS & actor.roles:
        raise Http404
    lines = lines_for(actor)
    groups = [PartGroup(title, [x for x in lines if x.part.group == code]) for code, title in GROUPS.items()]
    counts = {state: sum(line.standing.state == state for line in lines) for state in STATES}
    missing = [line for line in lines if line.standing.state == MISSING]
    context = {
        "groups": [group for group in groups if group.lines],
        "counts": [(STATES[state], number, TONES.get(state, "due")) for state, number in counts.items()],
        "ready": counts[READY] == len(lines),
        "next": next((line for line in missing if line.address), next(iter(missing), None)),
        "today": clock.today(),
    }
    return render(request, "web/readiness.html", context)
