"""Clues counted: by state and city, and by who verified the enterprise last."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.charts.chart import Chart, bars
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text

from .cases.model import Verification
from .clues.model import RECEIVED
from .clues.work import CLUE

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOBODY = Text("尚未核查", "not verified yet")
CITY, STATE = ListColumn("city", Text("市州", "City")), ListColumn("state", Text("状态", "State"))
BODY = ListColumn("body", Text("核查机构", "Body"))
COUNT = ListColumn("clues", Text("线索数", "Clues"), kind="number")
STAGES = (Text("已销号", "Closed"), Text("办理中", "Being worked on"), Text("待交办", "To be handed over"))


class CountedClue(NamedTuple):
    """What of a clue is counted."""

    state: str
    organisation_id: int
    path: str
    city_zh: str
    city_en: str


def clue_charts(visible: QuerySet[Any]) -> list[Chart]:
    """What the page of clues shows above its list; nothing where there is no clue."""
    columns = (
        "state",
        "organisation_id",
        *(f"organisation__region__{name}" for name in ("path", "name_zh", "name_en")),
    )
    rows = [CountedClue(*row) for row in visible.values_list(*columns)]
    if not rows:
        return []
    closed = sum(row.state in CLUE.ends for row in rows)
    title = Text("{n} 条线索中已销号 {closed} 条", "{closed} of {n} clues are closed")
    by_stage = sorted(rows, key=lambda clue: (clue.path, STAGES.index(_stage(clue))))
    of_city = Counter((Text(clue.city_zh, clue.city_en), _stage(clue)) for clue in by_stage)
    by_city = Chart(
        "clues-by-city",
        title=title.format(n=len(rows), closed=closed),
        columns=(CITY, STATE, COUNT),
        rows=[{"city": city, "state": state, "clues": n} for (city, state), n in of_city.items()],
        draw=bars("city", "clues", by="state"),
    )
    last = last_bodies({clue.organisation_id for clue in rows})
    of_body = Counter(last.get(clue.organisation_id, NOBODY) for clue in rows)
    most = max(of_body, key=lambda body: of_body[body])
    title = Text("{who}核查过的企业涉及线索最多（{n} 条）", "Most clues concern enterprises of {who} ({n})")
    by_body = Chart(
        "clues-by-verifier",
        title=title.format(who=most, n=of_body[most]),
        columns=(BODY, COUNT),
        rows=[{"body": body, "clues": n} for body, n in of_body.items()],
        draw=bars("body", "clues", across=True),
    )
    return [by_city, by_body]


def last_bodies(organisations: set[int]) -> dict[int, Text]:
    """The body that verified each of these enterprises last."""
    cases = Verification.objects.filter(organisation__in=organisations).exclude(body=None).order_by("year")
    last = dict(cases.values_list("organisation_id", "body_id"))
    bodies = Organisation.objects.prefetch_related("names").in_bulk(set(last.values()))
    names = {key: body.name for key, body in bodies.items()}
    return {organisation: names[body] for organisation, body in last.items()}


def _stage(row: CountedClue) -> Text:
    """Waiting, worked on, or closed: what the picture tells apart; the list tells every state."""
    if row.state in CLUE.ends:
        return STAGES[0]
    return STAGES[2] if row.state == RECEIVED else STAGES[1]
