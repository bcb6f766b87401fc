"""Published figures of clues."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tanzhi.figures import FigureAnswer, Part, Question, figure, group, sum_of
from tanzhi.figures.answers import counted
from tanzhi.figures.places import region_of
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .model import Clue
from .work import CLUE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

ONE = Decimal(1)


@figure(
    "verification.clues",
    title=Text("数据质量问题线索", "Clues on data quality"),
    unit="clues",
    stream="verification",
    row=22,
)
def clues(question: Question) -> FigureAnswer:
    """Clues received up to the period's end, by state (问题线索，按状态)."""
    rows = list(_clues(question).order_by("number"))
    code = question.filters.get("state", "")
    parts = [
        group(state.label, _ones(row for row in rows if row.state == state.code), "clues")
        for state in CLUE.states
        if code in ("", state.code)
    ]
    visible = [part for part in parts if part.value]
    scope = Text("、", "; ")
    words = Text(
        scope.zh.join(f"{part.label.zh}{part.value}条" for part in visible) or "无",
        scope.en.join(f"{part.value} {part.label.en.lower()}" for part in visible) or "none",
    )
    return sum_of(parts, Text("Σ 各状态线索", "Σ clues of each state"), words)


@figure(
    "verification.clues_closed",
    title=Text("已销号的问题线索", "Clues closed"),
    unit="clues",
    stream="verification",
)
def clues_closed(question: Question) -> FigureAnswer:
    """Clues closed up to the period's end (已销号线索)."""
    rows = [row for row in _clues(question) if row.state in CLUE.ends]
    return counted(_ones(rows), Text("计数：已销号线索", "count of closed clues"))


def _clues(question: Question) -> QuerySet[Clue]:
    region = region_of(question)
    received = Clue.objects.filter(organisation__region__path__startswith=region.path, withdrawn=False)
    return received.filter(opened_at__date__lte=question.span.last).select_related("organisation")


def _ones(rows: Iterable[Clue]) -> list[Part]:
    return [
        Part(same(row.number), ONE, "clues", f"verification.clue:{row.pk}", detail=row.organisation.name)
        for row in rows
    ]
