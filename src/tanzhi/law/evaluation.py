"""The one door through which anything is computed: rules, shipped parameters and entered ones together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection

from tanzhi.actions.refusal import Refused
from tanzhi.evidence.tracking import remembered
from tanzhi.rulebook.clocks import day_of_year, whole_date
from tanzhi.rulebook.kernel import Finding, Guideline, Parameters, RecordNode, Text, guidelines
from tanzhi.rulebook.kernel import check as findings_in
from tanzhi.rulebook.kernel.entries import Parameter, Period, When
from tanzhi.rulebook.kernel.evaluation import evaluate as by_parameters
from tanzhi.rulebook.kernel.release import release as release_of_parameters

_LAST = "SELECT number, chain FROM law_parameterentry ORDER BY number DESC LIMIT 1"
_NOTHING_ENTERED = (0, "")
_moment: ContextVar[list[tuple[int, str]] | None] = ContextVar("law", default=None)
_MISSING = Text(
    "缺少{day}有效的参数{label}（{guideline}.{name}{keys}）：请由管理员录入",
    "parameter {label} ({guideline}.{name}{keys}) has no value on {day}: an administrator enters it",
)


@dataclass(frozen=True, slots=True)
class InForce:
    """A guideline with the parameters now in force, and the release that names both; equal while they stand."""

    guideline: str
    release: str
    parameters: Parameters = field(compare=False, repr=False)


def in_force(guideline: Guideline) -> InForce:
    """What is in force now; for many records ask once and hand it to `evaluate`."""
    return _in_force(guideline, *_last_entry())


def under_release(guideline: Guideline, release: str) -> InForce | None:
    """What was in force when a release computed something; None where another package or other rules computed it."""
    _, law = _by_release(guideline, *_last_entry()).get(release, (0, None))
    return law


def evaluate(
    guideline: Guideline,
    when: When,
    record: Mapping[str, Any],
    *,
    on: date | None = None,
    under: InForce | None = None,
) -> RecordNode:
    """The record by the law of a year, of a day, or of the days of a period, as it is in force now.

    `when`: a year asks for rules and parameters that hold for all of it, and below a month for all of the month; a day
    for those of that day, a period for those that hold on all its days. `on`: the day of an act about another year,
    such as a fine for the allowances of an earlier one; rules and parameters are those of the day.
    """
    days = on if isinstance(when, int) else when
    year = when if isinstance(when, int) else Period.spanning(when).last.year
    law = under or in_force(guideline)
    return by_parameters(guideline, year, record, law.parameters, on=days, release=law.release)


def check(guideline: Guideline, when: When, record: Mapping[str, Any]) -> list[Finding]:
    """What the guideline's checks find in the record by the law in force now."""
    return findings_in(evaluate(guideline, when, record))


def table_of(name: str) -> Parameter:
    """The table of `guideline.parameter`, with what was entered."""
    guideline, _, own = name.partition(".")
    return in_force(guidelines()[guideline]).parameters.tables[own]


def is_set(name: str, *, on: date, **keys: str) -> bool:
    """Whether `guideline.parameter` has a value on a day: before its law began nothing is owed by it."""
    return table_of(name).find(Period(on, on), keys) is not None


def parameter(name: str, *, on: date, **keys: str) -> Decimal:
    """The value of `guideline.parameter` on a day; refused, with what is missing, where there is none."""
    guideline, _, own = name.partition(".")
    table = table_of(name)
    entry = table.find(Period(on, on), keys)
    if entry is None:
        words = {"day": on.isoformat(), "label": table.label, "guideline": guideline, "name": own}
        codes = "".join(f", {key}={code}" for key, code in sorted(keys.items()))
        raise Refused("LAW-MISSING", _MISSING.format(**words, keys=codes), 409)
    return entry.value


def count(name: str, *, on: date, **keys: str) -> int:
    """The value of a parameter that counts days, months, years or persons, on the day that decides."""
    return int(parameter(name, on=on, **keys))


def day_in(year: int, name: str, *, on: date, **keys: str) -> date:
    """The day of a year that a parameter such as 31 March names, by the law of the day that decides."""
    return day_of_year(parameter(name, on=on, **keys), year)


def day(name: str, *, on: date, **keys: str) -> date:
    """The day that a parameter such as 22 January 2024 names, by the law of the day that decides."""
    return whole_date(parameter(name, on=on, **keys))


def codes(name: str, key: str) -> set[str]:
    """The codes of a key for which there are values, whatever the day."""
    table = table_of(name)
    return {code for entry in (*table.entered, *table.entries) for code in entry.keys[key]}


def release(guideline: Guideline | None = None) -> str:
    """Package version and digest of rules and parameters, with what was entered: for one guideline or for all."""
    return in_force(guideline).release if guideline else _release_of_all(*_last_entry())


def release_of(node: RecordNode) -> str:
    """The release that computed a node."""
    stated = node.assessment.release
    return stated or str(release_of_parameters((node.guideline.name, node.assessment.parameters)))


def releases_since(guideline: str, number: int) -> frozenset[str]:
    """The releases, of a guideline and of all, under which something was computed once an entry was in force."""
    from .models import ParameterEntry

    stages = ParameterEntry.objects.filter(number__gte=number).values_list("number", "chain")
    own = {_in_force(guidelines()[guideline], *stage).release for stage in stages}
    return frozenset(own | {_release_of_all(*stage) for stage in stages})


def numbers_by_release(guideline: Guideline) -> Mapping[str, int]:
    """The releases that the entries of a guideline have made so far, each with the number of its last entry."""
    return {release: number for release, (number, _) in _by_release(guideline, *_last_entry()).items()}


@contextmanager
def one_law() -> Iterator[None]:
    """Everything computed within goes by the law of one moment, asked for once: for a page that only reads."""
    token = _moment.set([])
    try:
        yield
    finally:
        _moment.reset(token)


def _read_last() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        row = cursor.fetchone()
    return (int(row[0]), str(row[1])) if row else _NOTHING_ENTERED


def _last_entry() -> tuple[int, str]:
    """Number and chain of the last entry, as this transaction sees it."""
    moment = _moment.get()
    if moment:
        return moment[0]
    last = remembered("last entry", ["law_parameterentry"], _read_last)
    if moment is not None:
        moment.append(last)
    return last


@lru_cache(maxsize=256)
def _in_force(guideline: Guideline, number: int, chain: str) -> InForce:
    """Kept by what the entries say, so that neither another process nor a transaction taken back leaves it stale."""
    from .models import ParameterEntry  # figures are registered before the models are ready

    entries = ParameterEntry.objects.filter(guideline=guideline.name, number__lte=number) if number else ()
    parameters = guideline.parameters.with_entries(entry.as_entry() for entry in entries)
    return InForce(guideline.name, str(release_of_parameters((guideline.name, parameters))), parameters)


@lru_cache(maxsize=64)
def _by_release(guideline: Guideline, number: int, chain: str) -> dict[str, tuple[int, InForce]]:
    """The law after each of the guideline's entries, and before the first, by its release, with the entry's number."""
    from .models import ParameterEntry

    entries = ParameterEntry.objects.filter(guideline=guideline.name, number__lte=number)
    stages = [_NOTHING_ENTERED, *(entries.values_list("number", "chain") if number else ())]
    laws = ((last, _in_force(guideline, last, after)) for last, after in stages)
    return {law.release: (last, law) for last, law in laws}


@lru_cache(maxsize=16)
def _release_of_all(number: int, chain: str) -> str:
    laws = ((name, _in_force(guideline, number, chain).parameters) for name, guideline in guidelines().items())
    return str(release_of_parameters(*laws))
