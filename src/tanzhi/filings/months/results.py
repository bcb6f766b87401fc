"""Computing what follows from a deposited version, and computing it again under the same release.

What the register said beside the version is kept with the results: the register may change, they do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tanzhi.evidence.canonical import canonical
from tanzhi.filings.intake.records import row_at
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.law.evaluation import release_of
from tanzhi.organisations.register.form import REGISTER
from tanzhi.rulebook.kernel import Value
from tanzhi.rulebook.kernel.rounding import plain, shortened
from tanzhi.rulebook.kernel.rules import Rule

from .model import Filing, Result, Version
from .status import evaluated, with_register


def is_of_register(rule: Rule) -> bool:
    """Whether the register brings an input: a field of its form, or of none that somebody fills in for a period."""
    return rule.filed and rule.form in (None, REGISTER)


def compute(filing: Filing, version: Version) -> list[Result]:
    """Every quantity of every record of the version, kept under the present release, and what the register said."""
    rows = results_of(filing, version)
    return Result.objects.bulk_create(rows, batch_size=500)


def digest_of(results: Iterable[Result]) -> str:
    """What was computed, as one digest: place, quantity, value and state of every result."""
    lines = sorted([r.where, r.quantity, r.value or "", r.state] for r in results)
    return hashlib.sha256(canonical(lines)).hexdigest()


def results_of(filing: Filing, version: Version) -> list[Result]:
    """The results as they come out today, not saved."""
    node = evaluated(filing, version.record)
    release = release_of(node)
    return [
        _result(filing, version, value, release)
        for here in node.walk()
        for value in here.all_values()
        if value.rule and (not value.rule.filed or is_of_register(value.rule))
    ]


def _result(filing: Filing, version: Version, value: Value, release: str) -> Result:
    node = value.node
    return Result(
        filing=filing,
        version=version,
        organisation_id=filing.organisation_id,
        period=filing.period,
        level=node.level if node else "",
        where=node.path if node else "",
        quantity=value.name,
        value=written(value.number),
        unit=value.unit,
        state=value.state,
        release=release,
    )


def written(number: Any) -> str | None:
    """A value as it is kept: an exact decimal string, a code, or nothing."""
    if number is None:
        return None
    if isinstance(number, bool):
        return str(number).lower()
    return number if isinstance(number, str) else plain(shortened(number, 40))


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
    stored = {(r.where, r.quantity): r for r in version.results.order_by("pk")}
    today = results_of(filing, version)
    return [
        ResultDifference(stored[r.where, r.quantity], r.value, r.release)
        for r in today
        if (r.where, r.quantity) in stored and stored[r.where, r.quantity].value != r.value
    ]
