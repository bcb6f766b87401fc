"""What may be claimed, and when (申请条件): five-year rule, first day of reductions, vintages in whole tonnes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tanzhi.rulebook.clocks import add_months
from tanzhi.rulebook.kernel.rounding import FLOOR, round_legally

MEASURES = "温室气体自愿减排交易管理办法（试行）"
BUILT_AFTER = date(2012, 11, 8)
"""A project's construction begins after this day, art. 10 (开工时间)."""
CLAIMED_AFTER = date(2020, 9, 22)
"""Reductions arise after this day, art. 17 (减排量产生时间)."""
FIVE_YEARS = 60


@dataclass(frozen=True, slots=True)
class Crediting:
    """The years in which a project earns (计入期), both days included."""

    first: date
    last: date


def earliest_day(applied: date, crediting: Crediting) -> date:
    """The first day that an application of that day may claim: after 2020-09-22, within five years, crediting."""
    after = date.fromordinal(CLAIMED_AFTER.toordinal() + 1)
    return max(after, add_months(applied, -FIVE_YEARS), crediting.first)


def may_be_claimed(first: date, last: date, applied: date, crediting: Crediting) -> bool:
    """Whether every day of a period may be claimed by an application of that day."""
    return earliest_day(applied, crediting) <= first <= last <= min(crediting.last, applied)


def whole_vintages(exact: Mapping[int, Decimal]) -> dict[int, int]:
    """Each year's reduction in whole tonnes, rounded down year by year, as blocks are numbered (按年度取整)."""
    return {year: int(round_legally(amount, 0, FLOOR)) for year, amount in sorted(exact.items())}


def by_year(first: date, last: date, exact: Decimal) -> dict[int, Decimal]:
    """A period's reduction shared out to its calendar years by their days (按年度分摊); each year is a vintage."""
    days = {year: _days_in(first, last, year) for year in range(first.year, last.year + 1)}
    whole = sum(days.values())
    return {year: exact * count / whole for year, count in days.items()}


def _days_in(first: date, last: date, year: int) -> int:
    begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return (end - begin).days + 1
