"""What others may ask of compliance: the days in which a cycle trades."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tanzhi.organisations.register.model import Region
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.model import Cycle


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a cycle trades: after the deadline of the one before, until its own."""

    cycle: Cycle
    first: date
    last: date

    @property
    def years(self) -> Text:
        """The cycle's years as a sentence says them, with the dash of each language."""
        return Text(self.cycle.code.replace("-", "—"), self.cycle.code.replace("-", "–"))


def windows(region: Region) -> list[Window]:
    """Every cycle of a region with its days, the newest first."""
    cycles = list(Cycle.objects.filter(region=region).order_by("deadline"))
    starts = [date(2021, 7, 16), *(cycle.deadline + timedelta(days=1) for cycle in cycles)]
    return [Window(c, start, c.deadline) for c, start in zip(cycles, starts, strict=False)][::-1]


def closed_window(region: Region, on: date) -> Window | None:
    """The newest cycle whose deadline has passed."""
    return next((window for window in windows(region) if window.last <= on), None)
