"""What may pay for which allowance year (可用于清缴的配额与减排量): by vintage, and by a project's registration.

Reference: 国环规气候〔2024〕1号 (2023, 2024) and the plan of 2025 and 2026; that allowances of 2023 may pay for arrears
before 2023 is an inference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tanzhi.rulebook.kernel import Text

ENDED_WITH = 2024
"""Allowances up to this year pay for no later year; what may be carried over becomes allowances of 2025."""

SOURCE = "国环规气候〔2024〕1号; 2025、2026年度发电行业配额方案"


_ENDED = Text(
    "{vintage} 年度配额不能用于 {year} 年度清缴（须先结转）",
    "allowances of {vintage} do not pay for {year}: carry them over",
)
_NOT_BEFORE = Text("{vintage} 年度配额不能用于 {year} 年度清缴", "allowances of {vintage} do not pay for {year}")


def vintage_refused(vintage: int, year: int, on: date, arrears_opened: date) -> Text | None:
    """Why allowances of a year (配额所属年度) handed in on a day do not pay for an allowance year; None if they do.

    `arrears_opened`: since when arrears of earlier years take allowances of 2024 as well, by the law of that day.
    """
    if vintage <= ENDED_WITH < year:
        return _ENDED.format(vintage=vintage, year=year)
    if vintage == ENDED_WITH and year < ENDED_WITH and on < arrears_opened:
        return _NOT_BEFORE.format(vintage=vintage, year=year)
    return None


@dataclass(frozen=True, slots=True)
class Offsets:
    """By the law of a day: since when projects are of the new market, and how long earlier ones could offset."""

    new_from: date
    old_until: date


_TOO_OLD = Text(
    "项目 {registered} 登记，{year} 年度只能使用 {since} 后登记项目的减排量",
    "the project was registered on {registered}; for {year} only those registered since {since} count",
)
_EXPIRED = Text(
    "项目 {registered} 登记，其减排量使用期至 {until}",
    "CCER of projects registered on {registered} could be used until {until}",
)


def credit_refused(registered_on: date, year: int, on: date, law: Offsets) -> Text | None:
    """Why CCER of a project registered on a day do not offset for an allowance year; None where they do."""
    if registered_on >= law.new_from:
        return None
    if year > ENDED_WITH:
        return _TOO_OLD.format(registered=registered_on.isoformat(), year=year, since=law.new_from.isoformat())
    if on > law.old_until:
        return _EXPIRED.format(registered=registered_on.isoformat(), until=law.old_until.isoformat())
    return None
