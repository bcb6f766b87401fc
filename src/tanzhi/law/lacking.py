"""What a year still lacks: values that its rules need and that neither the package nor an administrator has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tanzhi.rulebook.kernel import Guideline, Text, guidelines
from tanzhi.rulebook.kernel.entries import PROVISIONAL, UNSETTLED, DatedValue, Parameter, Period
from tanzhi.rulebook.kernel.parameter_files import CONFIDENCES
from tanzhi.rulebook.kernel.rules import DRAFT
from tanzhi.rulebook.kernel.text import same

from .admission import yearly
from .evaluation import InForce, in_force, one_law
from .needs import Need, needs, unvalued

MISSING, ENDING, UNSURE, UNVALUED = "missing", "ending", "draft", "unvalued"
_A_DAY = timedelta(days=1)
YEARS_BEFORE, YEARS_AFTER = 1, 1
"""Beside the present year: the one whose reports are made in it, and the next, whose values are looked for in time."""
ENTERED = Text("管理员录入", "entered by an administrator")


@dataclass(frozen=True, slots=True)
class Lack:
    """A parameter for certain keys whose value is missing, ends within the year, is a draft, or was never in any law.

    Days are inclusive.
    """

    kind: str
    guideline: str
    year: int
    table: Parameter
    need: Need
    first: date
    last: date
    entry: DatedValue | None  # the last value known, or the one that is a draft

    @property
    def keys(self) -> dict[str, str]:
        return dict(self.need.keys)

    @property
    def unit(self) -> str:
        return self.table.unit_of(self.keys)

    @property
    def sureness(self) -> Text | None:
        """How sure the last known value is."""
        return sureness_of(self.entry) if self.entry else None

    @property
    def since(self) -> date:
        """The day from which a value is to be entered: one of years joins the value before it."""
        joins = self.kind != UNSURE and self.entry is not None and not yearly(self.table, self.keys)
        return self.entry.until + _A_DAY if joins and self.entry else self.first

    @property
    def key_words(self) -> list[tuple[Text, Text]]:
        """Each key with its code, as the year's choices call them."""
        edition = guidelines()[self.guideline].edition(self.year)
        words = []
        for name, code in self.need.keys:
            rule = edition.get(name)
            label, options = (rule.label, rule.options) if rule else (same(name), {})
            words.append((label, options.get(code) or same(code)))
        return words


def sureness_of(entry: DatedValue) -> Text:
    """How sure a value is, in words."""
    return CONFIDENCES.get(entry.confidence, ENTERED)


@dataclass(frozen=True, slots=True)
class Lacks:
    """All that one guideline lacks in one year."""

    guideline: str
    year: int
    rows: tuple[Lack, ...]

    @property
    def title(self) -> Text:
        return guidelines()[self.guideline].title

    def of(self, kind: str) -> list[Lack]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def missing(self) -> list[Lack]:
        """What nothing can be computed without; days after a value has ended are such, too."""
        return [row for row in self.rows if row.kind in (MISSING, ENDING)]


def years_in_question(today: date) -> list[int]:
    """The data years that are computed now or next."""
    return list(range(today.year - YEARS_BEFORE, today.year + YEARS_AFTER + 1))


def lacking(year: int) -> list[Lacks]:
    """What each guideline lacks in a year, by the law in force; guidelines that lack nothing are left out."""
    with one_law():
        every = [_lacking(guideline, year, in_force(guideline)) for guideline in guidelines().values()]
    return [lacks for lacks in every if lacks.rows]


@lru_cache(maxsize=256)
def _lacking(guideline: Guideline, year: int, law: InForce) -> Lacks:
    tables = {table.name: table for table in law.parameters}
    rows: list[Lack] = []
    for need in needs(guideline, year, tables):
        rows += _of_need(guideline.name, year, tables[need.parameter], need)
    period = Period.of(year)
    for need in unvalued(guideline, year, tables):
        table = tables[need.parameter]
        rows.append(Lack(UNVALUED, guideline.name, year, table, need, period.first, period.last, None))
    return Lacks(guideline.name, year, tuple(rows))


def _of_need(guideline: str, year: int, table: Parameter, need: Need) -> list[Lack]:
    keys, period = dict(need.keys), need.within(Period.of(year))
    entries = [e for e in (*table.entered, *table.entries) if e.status != UNSETTLED and e.fits(keys)]
    if entries and min(e.since for e in entries) > period.last:
        return []  # the law that brings this value has not begun
    begun = min((e.since for e in entries), default=period.first)
    rows = []
    for first, last in _uncovered(entries, Period(max(begun, period.first), period.last)):
        before = max((e for e in entries if e.until < first), key=lambda e: e.until, default=None)
        kind = MISSING if (first, last) == (period.first, period.last) else ENDING
        rows.append(Lack(kind, guideline, year, table, need, first, last, before))
    unsure = [e for e in entries if e.status in (DRAFT, PROVISIONAL) and e.touches(period) and e not in table.entered]
    if unsure and not any(e.touches(period) for e in table.entered if e.fits(keys)):
        draft = unsure[0]
        days = max(draft.since, period.first), min(draft.until, period.last)
        rows.append(Lack(UNSURE, guideline, year, table, need, *days, draft))
    return rows


def _uncovered(entries: list[DatedValue], period: Period) -> list[tuple[date, date]]:
    """The stretches of the period on which no value holds; one of certain months holds in these alone."""
    covered = sorted((part.first, part.last) for entry in entries for part in _days_of(entry, period))
    gaps, day = [], period.first
    for first, last in covered:
        if day < first:
            gaps.append((day, first - _A_DAY))
        day = max(day, min(last, period.last) + _A_DAY)
    return [*gaps, (day, period.last)] if day <= period.last else gaps


def _days_of(entry: DatedValue, period: Period) -> list[Period]:
    """The days of the period on which an entry holds."""
    if not entry.touches(period):
        return []
    whole = Period(max(entry.since, period.first), min(entry.until, period.last))
    if not entry.months:
        return [whole]
    months = [Period.of(period.first.year, month) for month in entry.months]
    return [Period(max(m.first, whole.first), min(m.last, whole.last)) for m in months if entry.touches(m)]
