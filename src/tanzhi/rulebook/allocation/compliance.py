"""Where an emitter stands in a cycle (清缴履约状态): a pure function of dated events, integers in tonnes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tanzhi.rulebook.kernel import Text

OWED, ALLOWANCES, CREDITS = "owed", "allowances", "credits"
KINDS = (OWED, ALLOWANCES, CREDITS)

STANDINGS = {
    "undetermined": Text("尚未核定", "Not yet determined"),
    "open": Text("待清缴", "Open"),
    "met": Text("按时足额清缴", "Met in time"),
    "late": Text("逾期后足额清缴", "Met late"),
    "overdue": Text("逾期未足额清缴", "Overdue"),
}


@dataclass(frozen=True, slots=True)
class ComplianceEvent:
    """Obligation set or changed, allowances or CCER surrendered on a day; a reversal is negative."""

    on: date
    kind: str
    tonnes: int

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"an event is one of {', '.join(KINDS)}, not {self.kind}")


@dataclass(frozen=True, slots=True)
class Compliance:
    """Obligation and what was handed in for it on a day, and since when it is met."""

    obligation: int | None
    allowances: int
    credits: int
    standing: str
    met_on: date | None

    @property
    def surrendered(self) -> int:
        return self.allowances + self.credits

    @property
    def remaining(self) -> int | None:
        return None if self.obligation is None else max(0, self.obligation - self.surrendered)


def compliance(events: Iterable[ComplianceEvent], deadline: date, on: date) -> Compliance:
    """The standing on a day. What counts is the last day from which on the obligation was met without a break.

    An obligation that is raised later opens the account again; a reversal does so too. CCER are counted as
    booked: their limit is checked when they are surrendered.
    """
    sums: dict[str, int] = {}
    met_on: date | None = None
    for event in sorted((e for e in events if e.on <= on), key=lambda e: e.on):
        sums[event.kind] = sums.get(event.kind, 0) + event.tonnes
        met = OWED in sums and sums.get(ALLOWANCES, 0) + sums.get(CREDITS, 0) >= sums[OWED]
        met_on = (met_on or event.on) if met else None
    determined = OWED in sums
    if met_on:
        standing = "met" if met_on <= deadline else "late"
    elif not determined:
        standing = "undetermined"
    else:
        standing = "overdue" if on > deadline else "open"
    return Compliance(sums.get(OWED), sums.get(ALLOWANCES, 0), sums.get(CREDITS, 0), standing, met_on)
