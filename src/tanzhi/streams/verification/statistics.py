"""Clues counted: by state and city, and by who verified the enterprise last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.presentation.charts.chart import Chart, bars
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text

from .cases.model import Verification
from .clues.model import RECEIVED
from .clues.work import CLUE

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOBODY = Text("尚未核查", "not verified yet")
COUNT = Text("线索数", "Clues")
STAGES = (Text("已销号", "Closed"), Text("办理中", "Being worked on"), Text("待交办", "To be handed over"))


def clue_charts(visible: QuerySet[Any]) -> list[Chart]:
    """What the page of clues shows above its list; nothing where there is no clue."""
    rows = list(visible)
    if not rows:
        return []
    closed = sum(row.state in CLUE.ends for row in rows)
    title = Text("{n} 条线索中已销号 {closed} 条", "{closed} of {n} clues are closed")
    return [_by_city(rows, title.format(n=len(rows), closed=closed)), _by_body(rows)]


def _by_city(rows: list[Any], title: Text) -> Chart:
    counts: dict[tuple[Text, Text], int] = {}
    for row in sorted(rows, key=lambda clue: (clue.organisation.region.path, STAGES.index(_stage(clue)))):
        key = (row.organisation.region.name, _stage(row))
        counts[key] = counts.get(key, 0) + 1
    return Chart(
        "clues-by-city",
        title=title,
        columns=(
            ListColumn("city", Text("市州", "City")),
            ListColumn("state", Text("状态", "State")),
            ListColumn("clues", COUNT, kind="number"),
        ),
        rows=[{"city": city, "state": state, "clues": n} for (city, state), n in counts.items()],
        draw=bars("city", "clues", by="state"),
    )


def _stage(row: Any) -> Text:
    """Waiting, worked on, or closed: what the picture tells apart; the list tells every state."""
    if row.state in CLUE.ends:
        return STAGES[0]
    return STAGES[2] if row.state == RECEIVED else STAGES[1]


def _by_body(rows: list[Any]) -> Chart:
    """By the body that verified the enterprise last."""
    last: dict[int, Text] = {}
    cases = Verification.objects.filter(organisation__in={row.organisation_id for row in rows}).exclude(body=None)
    for case in cases.select_related("body").prefetch_related("body__names").order_by("year"):
        last[case.organisation_id] = case.body.name if case.body else NOBODY
    counts: dict[Text, int] = {}
    for row in rows:
        who = last.get(row.organisation_id, NOBODY)
        counts[who] = counts.get(who, 0) + 1
    most = max(counts, key=lambda who: counts[who])
    title = Text("{who}核查过的企业涉及线索最多（{n} 条）", "Most clues concern enterprises of {who} ({n})")
    return Chart(
        "clues-by-verifier",
        title=title.format(who=most, n=counts[most]),
        columns=(ListColumn("body", Text("核查机构", "Body")), ListColumn("clues", COUNT, kind="number")),
        rows=[{"body": who, "clues": n} for who, n in counts.items()],
        draw=bars("body", "clues", across=True),
    )
