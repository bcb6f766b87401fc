"""Computing what follows from a deposited version, and computing it again under the same release.

What the register said beside the version is kept with the results: the register may change, they do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from tanzhi.evidence.canonical import canonical
from tanzhi.filings.intake.records import row_at
from tanzhi.filings.months.model import Filing, Result, Version
from tanzhi.filings.months.status import evaluated, with_register
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.law.evaluation import release_of
from tanzhi.organisations.register.form import REGISTER
from tanzhi.rulebook.kernel import RecordNode
from tanzhi.rulebook.kernel.rounding import stored
from tanzhi.rulebook.kernel.rules import Rule


def is_of_register(rule: Rule) -> bool:
    """Whether the register brings an input: a field of its form, or of none that somebody fills in for a period."""
    return rule.filed and rule.form in (None, REGISTER)


class ComputedResult(NamedTuple):
    """A result that is not kept yet: its own columns, without those that say whose it is."""

    level: str
    where: str
    quantity: str
    value: str | None
    unit: str
    state: str
    release: str


_OF_WHOM = ("filing", "version", "organisation", "period")


def compute(filing: Filing, version: Version, node: RecordNode | None = None) -> list[ComputedResult]:
    """Every quantity of every record of the version, kept under the present release, and what the register said.

    `node` is the version as it was evaluated a moment ago, where it was.
    """
    results = results_of(filing, version, node)
    names = (*_OF_WHOM, *ComputedResult._fields)
    column_of = {field.name: field.column for field in Result._meta.concrete_fields}
    columns = ", ".join(f'"{column_of[name]}"' for name in names)
    whose = (filing.pk, version.pk, filing.organisation_id, filing.period)
    with connection.cursor() as cursor:  # hundreds of rows a month: as rows, not as so many objects with fields
        cursor.executemany(
            f'INSERT INTO "{Result._meta.db_table}" ({columns}) VALUES ({", ".join(["%s"] * len(names))})',  # noqa: S608  # names of our own
            [(*whose, *result) for result in results],
        )
    return results


def digest_of(results: Iterable[Result | ComputedResult]) -> str:
    """What was computed, as one digest: place, quantity, value and state of every result."""
    lines = sorted([r.where, r.quantity, r.value or "", r.state] for r in results)
    return hashlib.sha256(canonical(lines)).hexdigest()


def results_of(filing: Filing, version: Version, node: RecordNode | None = None) -> list[ComputedResult]:
    """The results as they come out today, not kept."""
    node = node or evaluated(filing, version.record)
    release = release_of(node)
    return [
        ComputedResult(here.level, here.path, v.name, stored(v.number), v.unit, v.state, release)
        for here in node.walk()
        for v in here.all_values()
        if v.rule and (not v.rule.filed or is_of_register(v.rule))
    ]


def as_computed(version: Version, release: str) -> dict[str, Any]:
    """The version's record with what the register said when a release computed its results."""
    filing = version.filing
    guideline = guideline_of(filing.form_code)
    names = {name for name, rule in guideline.edition(filing.year).rules.items() if is_of_register(rule)}
    taken = list(version.results.filter(release=release, quantity__in=names).values_list("where", "quantity", "value"))
    if not taken:
        return with_register(filing, version.record)
    whole = {guideline.top: filing.organisation.code, **version.record}
    for where, name, value in taken:
        row = row_at(guideline, whole, where)
        if row is not None:
            row[name] = value or ""
    return whole


@dataclass(frozen=True, slots=True)
class ResultDifference:
    """A result that comes out differently under other rules."""

    result: Result
    now: str | None
    release: str


def recomputed(filing: Filing, version: Version) -> list[ResultDifference]:
    """What would change if the version were computed today; an empty list is the same number everywhere."""
    before = {(r.where, r.quantity): r for r in version.results.order_by("pk")}
    today = results_of(filing, version)
    return [
        ResultDifference(before[r.where, r.quantity], r.value, r.release)
        for r in today
        if (r.where, r.quantity) in before and before[r.where, r.quantity].value != r.value
    ]
