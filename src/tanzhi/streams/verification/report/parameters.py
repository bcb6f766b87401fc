"""The table of parameters before and after verification, each difference with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tanzhi.filings.months.totals import PeriodTotal, compared_names, percentage, totals_in, used_in
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.verification.cases.methods import label_of
from tanzhi.streams.verification.cases.overlay import (
    active,
    cells_of_rows,
    evaluated_report,
    filed_cells,
    industry_of,
    overlaid,
    root_of,
)
from tanzhi.workflow.findings.model import CaseFinding

if TYPE_CHECKING:
    from tanzhi.filings.months.model import Version
    from tanzhi.streams.verification.cases.model import Verification

WHOLE = Text("全企业", "Enterprise")
CORRECTED = Text("企业整改更正（第 {n} 版）", "corrected by the enterprise (version {n})")
IN_SHORT = Text("重新核定", "redetermined")
REDETERMINED = Text("重新核定：{method}，{basis}", "redetermined: {method}, {basis}")
OF_FINDING = Text("{reason}（不符合项 {n}）", "{reason} (finding {n})")
MOST_REASONS = 3
MORE = Text("另有 {n} 项", "{n} more")


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """A cell of the report that verification changed: as it was arranged for, and as it stands; blank is a default."""

    place: str
    words: Text
    before: str
    after: str
    reason: Text
    ground: Text  # the reason in short, for the quantities above it


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A quantity of the enterprise, a unit, a fuel in the year, before and after; None where it has no number."""

    where: Text
    label: Text
    unit: str
    before: Decimal | None
    after: Decimal | None
    reasons: tuple[Text, ...] = ()

    @property
    def is_equal(self) -> bool:
        return self.before == self.after

    @property
    def change(self) -> str:
        """The change as a signed percentage; a dash where it has none."""
        if self.before is None or self.after is None or not self.before:
            return "–"
        return percentage((self.after - self.before) / self.before)

    @property
    def reason(self) -> Text | None:
        """Why it differs, the first few reasons in words; None where it does not."""
        if self.is_equal or not self.reasons:
            return None
        first = [*self.reasons[:MOST_REASONS]]
        if left := len(self.reasons) - len(first):
            first.append(MORE.format(n=left))
        return together(first)


def arranged_version(case: Verification) -> Version:
    """The version that the verification was arranged for: the last one deposited of those that were there then."""
    deposited = case.filing.versions.filter(deposited=True, at__lte=case.opened_at)
    earlier: Version | None = deposited.order_by("-number").first()
    return earlier or case.version


def changes_of(case: Verification) -> list[ParameterChange]:
    """Cells that differ, in the order of the form: corrected by the enterprise, redetermined, or both."""
    first = arranged_version(case)
    before = {cell.path: cell for cell in filed_cells(case.filing, first.record)}
    after = {cell.path: cell for cell in filed_cells(case.filing, case.version.record)}
    numbers = {f"cases.casefinding:{row.pk}": row.number for row in CaseFinding.objects.filter(case=case.reference)}
    redetermined = {row.path: row for row in active(case)}
    changes = []
    for path, cell in (before | after).items():
        was = before[path].value if path in before else ""
        now = after[path].value if path in after else ""
        reasons = [CORRECTED.format(n=case.version.number)] if was != now else []
        grounds = list(reasons)
        if row := redetermined.get(path):
            now = row.value
            number = numbers.get(row.finding)
            reason = REDETERMINED.format(method=label_of(case.filing.guideline_name, row.method), basis=same(row.basis))
            reasons.append(OF_FINDING.format(reason=reason, n=number) if number else reason)
            grounds.append(OF_FINDING.format(reason=IN_SHORT, n=number) if number else IN_SHORT)
        if reasons:
            changes.append(ParameterChange(cell.place, cell.words, was, now, together(reasons), together(grounds)))
    return changes


def together(reasons: list[Text]) -> Text:
    return Text("；".join(reason.zh for reason in reasons), "; ".join(reason.en for reason in reasons))


def parameter_rows(case: Verification) -> list[ParameterRow]:
    """The year's totals by enterprise and unit and what was used by kind, before and after, with the reasons."""
    guideline, industry = guideline_of(case.filing.form_code), industry_of(case)
    names = compared_names(guideline) or (industry.total, industry.unit_total)
    first = arranged_version(case).record
    standing = overlaid(guideline, case.version.record, cells_of_rows(active(case)))
    before = totals_in(evaluated_report(case, first), names) | used_in(guideline, first, case.year)
    after = totals_in(root_of(case), names) | used_in(guideline, standing, case.year)
    changes = changes_of(case)
    rows = []
    for where in dict.fromkeys((*after, *before)):
        was, now = before.get(where), after.get(where)
        total = now or was
        if total is None or (_number(was) is None and _number(now) is None):
            continue
        is_used = where[1] == industry.used
        place = "" if is_used else where[0]
        reasons = dict.fromkeys(change.ground for change in changes if change.place.startswith(place))
        words = (Text("消耗", "Used") if is_used else place_words(guideline, place)) or WHOLE
        rows.append(ParameterRow(words, total.label, total.unit, _number(was), _number(now), tuple(reasons)))
    return rows


def _number(total: PeriodTotal | None) -> Decimal | None:
    return total.number if total else None
