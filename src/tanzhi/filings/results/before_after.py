"""What a re-evaluation changed in a deposited version, or would change: totals before and after, each with its walk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tanzhi.figures import Ref
from tanzhi.filings.months.model import Result, Version
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.law.earlier import ValueChange
from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.kernel.text import Text, same

from .results import ResultDifference

LEVELS = 2  # of the guideline: the enterprise and its units; what lies below is reached by the walk
WHOLE = Text("全部", "the whole")


@dataclass(frozen=True, slots=True)
class Reevaluation:
    """All changes of a version from one release to another."""

    version: Version
    before: str
    after: str
    changes: list[ValueChange]


def reevaluations(version: Version) -> list[Reevaluation]:
    """Each re-evaluation of a version, the newest first: its results under a release beside those before."""
    if version.results.values("release").distinct().count() < 2:
        return []
    releases: dict[str, dict[tuple[str, str], Result]] = {}
    for row in version.results.order_by("pk"):
        releases.setdefault(row.release, {})[row.where, row.quantity] = row
    names = list(releases)
    stages = []
    for then, now in pairwise(names):
        pairs = [(releases[then].get(key), row) for key, row in releases[now].items()]
        changed = {old.pk: (old, new) for old, new in pairs if old is not None and old.value != new.value}
        totals = _totals(version, [old for old, _ in changed.values()])
        changes = [_change(version, old, changed[old.pk][1].value, _ref(changed[old.pk][1])) for old in totals]
        stages.append(Reevaluation(version, then, now, changes))
    return stages[::-1]


def _totals(version: Version, changed: list[Result]) -> list[Result]:
    """Of the results that change those of the enterprise and its units; where these stay the same, all others."""
    high = list(guideline_of(version.filing.form_code).levels)[:LEVELS]
    return [result for result in changed if result.level in high] or changed


def _ref(result: Result) -> str:
    return str(Ref("result", str(result.pk)))


def _change(version: Version, old: Result, now: str | None, after_ref: str = "") -> ValueChange:
    guideline = guideline_of(version.filing.form_code)
    rules = guideline.edition(version.filing.year)
    label = rules[old.quantity].label if old.quantity in rules else same(old.quantity)
    place = place_words(guideline, old.where) or WHOLE
    return ValueChange(label, place, old.unit, old.value, now, _ref(old), after_ref)


def changes_of(version: Version, differences: Iterable[ResultDifference]) -> list[ValueChange]:
    """What a comparison shows of a deposit: the totals that would come out otherwise, each with the walk of today."""
    now = {difference.result.pk: difference.now for difference in differences}
    totals = _totals(version, [difference.result for difference in differences])
    return [_change(version, result, now[result.pk]) for result in totals]
