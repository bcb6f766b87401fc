"""Clues counted by what they have in common: how many were confirmed, are open, are overdue, and how long they took."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from tanzhi.organisations.register.queries import with_names
from tanzhi.presentation.lists.listing import ListColumn, Listing
from tanzhi.rulebook.checks.cross.robust import median
from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.rulebook.kernel.text import Text, same

from .clues.lists import overdue_clues
from .clues.model import LEVELS, NOT_REAL, REAL, RISKS, SOURCES
from .clues.work import CLUE
from .statistics import NOBODY, last_bodies

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from .clues.model import Clue

GROUPINGS = {
    "source": Text("来源", "Source"),
    "level": Text("层级", "Level"),
    "risk": Text("风险", "Risk"),
    "parameter": Text("涉及参数", "Parameter"),
    "city": Text("市州", "City"),
    "body": Text("核查机构", "Body"),
    "enterprise": Text("单位", "Enterprise"),
    "holder": Text("现由", "Now with"),
    "year": Text("年度", "Year"),
}
"""By what clues are counted."""
DONE = Text("已销号", "Closed")
PERCENT, DAYS = Text("%", "%"), Text("日", "days")


@dataclass(frozen=True, slots=True)
class ClueCount:
    """The clues of one group: numbers of clues; the share of those looked into that are real [%]; days, calendar."""

    group: Text
    received: int
    confirmed: int
    unfounded: int
    open: int
    overdue: int
    share: Decimal | None
    days: Decimal | None


def counted(group: Text, clues: list[Clue], late: set[int]) -> ClueCount:
    """One group: a share of sums, blank where nothing was looked into yet."""
    confirmed = sum(clue.outcome == REAL for clue in clues)
    unfounded = sum(clue.outcome == NOT_REAL for clue in clues)
    taken = [Decimal((localdate(clue.closed_at) - localdate(clue.opened_at)).days) for clue in clues if clue.closed_at]
    looked_into = confirmed + unfounded
    return ClueCount(
        group,
        len(clues),
        confirmed,
        unfounded,
        sum(clue.state not in CLUE.ends for clue in clues),
        sum(clue.pk in late for clue in clues),
        round_legally(Decimal(confirmed) * 100 / looked_into, 1) if looked_into else None,
        median(taken) if taken else None,
    )


def groups_of(clues: list[Clue], by: str) -> dict[Text, list[Clue]]:
    """The clues by what they have in common, in the words of the page."""
    bodies = last_bodies({clue.organisation_id for clue in clues}) if by == "body" else {}
    if by == "enterprise":
        with_names(clues)
    words: dict[str, Callable[[Any], Text]] = {
        "source": lambda clue: SOURCES.get(clue.source, same(clue.source)),
        "level": lambda clue: LEVELS[clue.level],
        "risk": lambda clue: RISKS.get(clue.risk, same(clue.risk)),
        "parameter": lambda clue: same(clue.parameter),
        "city": lambda clue: clue.organisation.region.name,
        "body": lambda clue: bodies.get(clue.organisation_id, NOBODY),
        "enterprise": lambda clue: clue.called,
        "holder": lambda clue: clue.holder or DONE,
        "year": lambda clue: same(str(localdate(clue.opened_at).year)),
    }
    groups: dict[Text, list[Clue]] = defaultdict(list)
    for clue in clues:
        groups[words[by](clue)].append(clue)
    return groups


def clue_statistics(visible: QuerySet[Any], by: str) -> tuple[list[ClueCount], ClueCount]:
    """The groups, the largest first, and all clues together."""
    clues, late = list(visible.select_related("organisation__region")), set(overdue_clues(visible))
    rows = [counted(group, members, late) for group, members in groups_of(clues, by).items()]
    return sorted(rows, key=lambda row: -row.received), counted(Text("合计", "Total"), clues, late)


def statistics_listing(by: str) -> Listing:
    return Listing(
        "verification.clue_statistics",
        title=Text("线索统计", "Clues counted"),
        noun=Text("组", "groups"),
        columns=(
            ListColumn("group", GROUPINGS[by], sort="received"),
            ListColumn("received", Text("线索数", "Clues"), kind="number", sort="received"),
            ListColumn("confirmed", Text("属实", "Confirmed"), kind="number", sort="confirmed"),
            ListColumn("unfounded", Text("不属实", "Unfounded"), kind="number", sort="unfounded"),
            ListColumn("share", Text("属实率", "Share confirmed"), kind="number", unit=PERCENT),
            ListColumn("open", Text("未销号", "Open"), kind="number", sort="open"),
            ListColumn("overdue", Text("已逾期", "Overdue"), kind="number", sort="overdue"),
            ListColumn("days", Text("办理天数中位数", "Median days"), kind="number", unit=DAYS),
        ),
        empty=Text("没有线索。", "No clue."),
    )
