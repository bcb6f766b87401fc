"""Deadlines as a list: what is late stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.actions.states import CASE_TYPES
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text

from .model import Clock

if TYPE_CHECKING:
    from collections.abc import Mapping


STANDING = {
    "late": Text("已逾期", "Overdue"),
    "soon": Text("五日内到期", "Due within five days"),
    "running": Text("计时中", "Running"),
    "paused": Text("暂停", "Paused"),
}
TONES = {"late": "late", "soon": "due", "running": "info", "paused": ""}
SOON = 5


def standing(row: Clock) -> str:
    """How a deadline stands today."""
    if row.state == Clock.PAUSED:
        return "paused"
    left = row.days_left(clock.today())
    return "late" if left < 0 else "soon" if left <= SOON else "running"


def _kinds() -> Mapping[str, Text]:
    return {kind.name: kind.title for kind in CASE_TYPES.values()}


DEADLINES = Listing(
    "cases.deadlines",
    title=Text("期限", "Deadlines"),
    noun=Text("项", "deadlines"),
    hint=Text("事项名称", "Name of the case"),
    columns=(
        ListColumn("name", Text("事项", "Case"), kind="link", link=lambda row: row.address),
        ListColumn("kind", Text("类别", "Kind"), value=lambda row: _kinds().get(row.kind), sort="kind"),
        ListColumn("limit", Text("应办", "To be done"), value="label", sort="limit"),
        ListColumn("started_on", Text("起算", "Since"), kind="date", sort="started_on"),
        ListColumn("due_on", Text("期限", "Due"), kind="date", sort="due_on"),
        ListColumn(
            "standing",
            Text("状态", "State"),
            value=lambda row: STANDING[standing(row)],
            kind="state",
            tone=lambda row: TONES[standing(row)],
        ),
    ),
    filters=(
        Filter(
            "standing",
            Text("状态", "State"),
            STANDING,
            lambda rows, code: rows.filter(pk__in=[row.pk for row in rows if standing(row) == code]),
        ),
        Filter("kind", Text("类别", "Kind"), _kinds),
    ),
    search=("name_zh", "name_en"),
    order="due_on",
    empty=Text("现在没有计时的期限。", "No deadline is running."),
)
