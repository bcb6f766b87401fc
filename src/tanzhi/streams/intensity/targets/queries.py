"""What others may ask: targets in force, how a region stands against one, signed shares, reference series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tanzhi.actions.actor import Actor
from tanzhi.law.evaluation import InForce
from tanzhi.organisations.register.model import Region
from tanzhi.rulebook.intensity import schedule
from tanzhi.streams.intensity.ledger.change import IntensityChange, change
from tanzhi.streams.intensity.ledger.ledger import EnergyGdpLedger

from .model import Target


@dataclass(frozen=True)
class Progress:
    """How a region stands against a target in a year: change so far, what is due, the light. Rates by the rate form."""

    target: Target
    year: int
    change: IntensityChange
    latest: Decimal

    @property
    def elapsed(self) -> int:
        return self.year - self.target.base_year

    @cached_property
    def due(self) -> Decimal:
        """Cumulative decline due by now on the geometric schedule (时序进度)."""
        return schedule.scheduled(self.target.fraction, self.target.years, self.elapsed)

    @cached_property
    def completion(self) -> Decimal:
        """−R/S, rate form; 1 is exactly on schedule (累计进度完成率)."""
        return schedule.completion(self.change.exact, self.target.fraction, self.target.years, self.elapsed)

    @cached_property
    def remaining(self) -> Decimal:
        """Decline still to be made from now (剩余下降率)."""
        return schedule.remaining(self.change.exact, self.target.fraction)

    @cached_property
    def remaining_a_year(self) -> Decimal | None:
        """The same for each year that is left; None once the period is over or the target is passed."""
        left = self.target.years - self.elapsed
        return schedule.annual_rate(self.remaining, left) if left and 0 < self.remaining < 1 else None

    @property
    def light(self) -> str:
        return schedule.light(self.change.exact, self.latest, self.due)


def targets_of(regions: Iterable[Region], viewer: Actor | None = None) -> dict[int, list[Target]]:
    """The targets in force by region: of each pair of years the last one that was set."""
    by_key = {region.pk: region for region in regions}
    rows = Target.objects.filter(region__in=by_key).order_by("pk")
    by_years: dict[int, dict[tuple[int, int], Target]] = {key: {} for key in by_key}
    for row in rows if viewer is None else rows.visible_to(viewer):
        row.region = by_key[row.region_id]
        by_years[row.region_id][row.base_year, row.end_year] = row
    return {key: sorted(of.values(), key=lambda row: (row.end_year, row.base_year)) for key, of in by_years.items()}


def long_target(region: Region, viewer: Actor | None = None) -> Target | None:
    """The target over the longest time, whose base year the province reports against."""
    return longest(targets_of([region], viewer)[region.pk])


def longest(targets: list[Target]) -> Target | None:
    return max((row for row in targets if not row.confidential), key=lambda row: (row.years, row.pk), default=None)


def of_plan(targets: list[Target], year: int) -> Target | None:
    five_year = [row for row in targets if row.years == 5 and row.base_year < year <= row.end_year]
    return five_year[-1] if five_year else None


def assessed(targets: list[Target], year: int) -> Target | None:
    """The five-year target whose period ended the year before: this is the year in which it is assessed (期末考核)."""
    return of_plan(targets, year - 1) if any(row.years == 5 and row.end_year == year - 1 for row in targets) else None


def progress(ledger: EnergyGdpLedger, target: Target, until: int, law: InForce | None = None) -> Progress | None:
    """Against a target in its newest computable year up to `until`; None before the first."""
    years = [y for y in ledger.years(target.base_year) if y <= min(until, target.end_year)]
    if not years:
        return None
    year = years[-1]
    so_far = change(ledger, target.base_year, year, law)
    before = change(ledger, target.base_year, years[-2], law).exact if len(years) > 1 else Decimal(0)
    return Progress(target, year, so_far, (1 + so_far.exact) / (1 + before) - 1)
