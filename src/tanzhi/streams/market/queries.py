"""What other rooms may ask of the registry, and the postings that they may have made in an action of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tanzhi.organisations.models import Organisation, Region
from tanzhi.rulebook.kernel.text import Text

from .accounts import holding_of, open_account
from .crediting import Batch, issue_credits
from .ledger import ALLOWANCE, HOLDING, LIVE, Account, Balance, UnitKind
from .models import Cycle
from .settling import Deal, settle, unsettle
from .standing import Standing, standings
from .units import Project, allowance_unit

__all__ = [
    "Batch",
    "Deal",
    "Project",
    "Standing",
    "Window",
    "account_of",
    "allowance_codes",
    "allowance_unit",
    "closed_window",
    "holding_of",
    "holdings",
    "issue_credits",
    "open_account",
    "settle",
    "standings",
    "unsettle",
    "windows",
]


def account_of(organisation: Organisation) -> Account | None:
    """The organisation's holding account."""
    return Account.objects.filter(organisation=organisation, kind=HOLDING).first()


def holdings(organisation: Organisation) -> dict[UnitKind, int]:
    """What an organisation owns of each unit, tonnes; what is frozen, pledged or on its way is still its own."""
    by_unit: dict[UnitKind, int] = {}
    rows = Balance.objects.filter(account__organisation=organisation, account__kind__in=LIVE).select_related("unit")
    for row in rows.order_by("unit__kind", "unit__first_year", "unit__code"):
        by_unit[row.unit] = by_unit.get(row.unit, 0) + row.amount
    return {unit: tonnes for unit, tonnes in by_unit.items() if tonnes}


def allowance_codes() -> Iterator[tuple[str, Text]]:
    """The vintages that the books know."""
    for unit in UnitKind.objects.filter(kind=ALLOWANCE):
        yield unit.code, unit.name


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
