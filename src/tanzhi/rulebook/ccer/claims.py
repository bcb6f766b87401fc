"""What may be claimed, and when (申请条件): five-year rule, first day of reductions, vintages in whole tonnes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tanzhi.rulebook.clocks import add_months
from tanzhi.rulebook.kernel.rounding import FLOOR, round_legally

MEASURES = "温室气体自愿减排交易管理办法（试行）"


@dataclass(frozen=True, slots=True)
class Crediting:
    """The years in which a project earns (计入期), both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Claims:
    """By the law of the day of the application: after which day reductions arise, and how many months back."""

    after: date
    months: int


def earliest_day(applied: date, crediting: Crediting, law: Claims) -> date:
    """The first day that an application of that day may claim: after a day, within some years, crediting (art. 17)."""
    after = date.fromordinal(law.after.toordinal() + 1)
    return max(after, add_months(applied, -law.months), crediting.first)


def may_be_claimed(first: date, last: date, applied: date, crediting: Crediting, law: Claims) -> bool:
    """Whether every day of a period may be claimed by an application of that day."""
    return earliest_day(applied, crediting, law) <= first <= last <= min(crediting.last, applied)


def whole_vintages(exact: Mapping[int, Decimal]) -> dict[int, int]:
    """Each year's reduction in whole tonnes, rounded down year by year, as blocks are numbered (按年度取整)."""
    return {year: int(round_legally(amount, 0, FLOOR)) for year, amount in sorted(exact.items())}


def by_year(first: date, last: date, exact: Decimal) -> dict[int, Decimal]:
    """A period's reduction shared out to its calendar years by their days (按年度分摊); each year is a vintage."""
    days = {
        year: (min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))).days + 1
        for year in range(first.year, last.year + 1)
    }
    whole = sum(days.values())
    return {year: exact * count / whole for year, count in days.items()}
