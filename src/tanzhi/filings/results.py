"""Computing what follows from a deposited version, and computing it again under the same release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tanzhi.evidence.canonical import canonical
from tanzhi.law.evaluation import release_of
from tanzhi.rulebook.kernel import Value
from tanzhi.rulebook.kernel.rounding import plain, shortened

from .models import Filing, Result, Version
from .standing import evaluated


def compute(filing: Filing, version: Version) -> list[Result]:
    """Every quantity of every record of the version, kept under the present release."""
    rows = results_of(filing, version)
    return Result.objects.bulk_create(rows, batch_size=500)


def digest_of(results: Iterable[Result]) -> str:
    """What was computed, as one digest: place, quantity, value and state of every result."""
    lines = sorted([r.where, r.quantity, r.value or "", r.state] for r in results)
    return hashlib.sha256(canonical(lines)).hexdigest()


def results_of(filing: Filing, version: Version) -> list[Result]:
    """The results as they come out today, not saved."""
    node = evaluated(filing, version.record)
    known = release_of(node)
    return [
        _result(filing, version, value, known)
        for here in node.walk()
        for value in here.all_values()
        if value.rule and not value.rule.filed
    ]


def _result(filing: Filing, version: Version, value: Value, known: str) -> Result:
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
        release=known,
    )


def written(number: Any) -> str | None:
    """A value as it is kept: an exact decimal string, a code, or nothing."""
    if number is None:
        return None
    if isinstance(number, bool):
        return str(number).lower()
    return number if isinstance(number, str) else plain(shortened(number, 40))


@dataclass(frozen=True, slots=True)
class Difference:
    """A result that comes out differently under other rules."""

    result: Result
    now: str | None
    release: str


def recomputed(filing: Filing, version: Version) -> list[Difference]:
    """What would change if the version were computed today; an empty list is the same number everywhere."""
    kept = {(r.where, r.quantity): r for r in version.results.order_by("pk")}
    today = results_of(filing, version)
    return [
        Difference(kept[r.where, r.quantity], r.value, r.release)
        for r in today
        if (r.where, r.quantity) in kept and kept[r.where, r.quantity].value != r.value
    ]
