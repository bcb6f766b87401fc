"""What a month or a year comes to, by enterprise, unit and fuel, as its guideline names its totals.

A deposited period has the results that were computed with it; one under way is computed by the law of today. What was
not reported stays without a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tanzhi.actions.retrieval import retrieved
from tanzhi.filings.shared.forms import guideline_of, is_regional
from tanzhi.rulebook.clocks import MONTHS
from tanzhi.rulebook.kernel import Guideline, RecordNode, Text
from tanzhi.rulebook.kernel.states import BLANK, KNOWN

from .model import Filing, Result, Version

Where = tuple[str, str]
"""Where a total stands in a record, and its name; a fuel's amount stands under its code."""


@dataclass(frozen=True, slots=True)
class PeriodTotal:
    """A total of a period: its number, or the state that says why there is none."""

    label: Text
    unit: str
    number: Decimal | None
    state: str = KNOWN
    ref: str = ""


@dataclass(frozen=True, slots=True)
class PeriodTotals:
    """The totals of one period of a subject."""

    period: str
    deposited: bool
    amounts: Mapping[Where, PeriodTotal] = field(default_factory=dict)
    filing: Filing | None = None


def months_before(period: str, months: int) -> str:
    """The month so many months before another."""
    number = int(period[:4]) * MONTHS + int(period[5:]) - 1 - months
    return f"{number // MONTHS}-{number % MONTHS + 1:02d}"


def percentage(change: Decimal) -> str:
    """A change as a signed percentage with a true minus."""
    return f"{change * 100:+.2f} %".replace("-", "−")


def compared_names(guideline: Guideline) -> tuple[str, ...]:
    """The totals that a guideline compares."""
    return tuple(total.name for total in guideline.industry.compared) if guideline.industry else ()


def totals_in(node: RecordNode, names: Iterable[str]) -> dict[Where, PeriodTotal]:
    """Totals of an evaluated record, each where it stands."""
    edition = node.assessment.edition
    amounts = {}
    for name in names:
        if name in edition:
            for here in node.at(edition[name].level):
                value = here.value(name)
                number = value.number if isinstance(value.number, Decimal) else None
                amounts[here.path, name] = PeriodTotal(value.label, value.unit, number, value.state)
    return amounts


def used_in(guideline: Guideline, record: Mapping[str, Any], year: int) -> dict[Where, PeriodTotal]:
    """How much was used of each fuel or material, over all units; blank where no row states an amount."""
    name = guideline.industry.used if guideline.industry else ""
    edition = guideline.edition(year)
    if not name or name not in edition:
        return {}
    rule = edition[name]
    options = edition[rule.level].options if rule.level in edition else {}
    amounts: dict[str, Decimal | None] = {}
    for row in _rows(record, guideline.levels[rule.level].plural):
        code, number = str(row.get(rule.level, "")), stated_number(row.get(name))
        before = amounts.get(code)
        amounts[code] = number if before is None else before if number is None else before + number
    return {
        (code, name): PeriodTotal(options.get(code, rule.label), rule.unit, number, BLANK if number is None else KNOWN)
        for code, number in amounts.items()
    }


def _rows(record: Any, plural: str) -> Iterator[Mapping[str, Any]]:
    for name, rows in record.items() if isinstance(record, Mapping) else ():
        for row in rows if isinstance(rows, list) else ():
            if name == plural:
                yield row
            else:
                yield from _rows(row, plural)


def stated_number(value: Any) -> Decimal | None:
    """The number that a cell of a record states; a cell may be blank, or say why there is none."""
    try:
        return Decimal(str(value)) if value not in (None, "", "NR", "EX") else None
    except ArithmeticError:
        return None


def deposited_totals(filing: Filing, periods: Iterable[str]) -> dict[str, PeriodTotals]:
    """What other periods of a filing's subject came to when they were deposited, under the newest release."""
    guideline = guideline_of(filing.form_code)
    names = compared_names(guideline)
    if not names or is_regional(filing.form_code):
        return {}
    versions = deposited_versions(filing, periods)
    stored = stored_totals(guideline, versions, names)
    totals = {}
    for period, version in versions.items():
        other = version.filing
        used = used_in(guideline, version.record, other.year)
        own = stored.get(period, {})
        ordered = {where: own[where] for name in names for where in own if where[1] == name}
        totals[period] = PeriodTotals(period, True, {**ordered, **used}, other)
    return totals


def deposited_versions(filing: Filing, periods: Iterable[str]) -> dict[str, Version]:
    """The versions that stand of other periods of a filing's subject by its form, by period: in one query."""
    different = dict.fromkeys(periods)
    versions = retrieved(deposited_in, filing.form_code, filing.subject, *different) if different else ()
    return {version.filing.period: version for version in versions}


def deposited_in(form_code: str, subject: str, *periods: str) -> QuerySet[Version]:
    """Of each period the newest one last."""
    versions = Version.objects.filter(
        filing__form_code=form_code, filing__subject=subject, filing__period__in=periods, deposited=True
    )
    return versions.select_related("filing").order_by("number")


def stored_totals(
    guideline: Guideline, versions: Mapping[str, Version], names: Iterable[str]
) -> dict[str, dict[Where, PeriodTotal]]:
    """The totals of these names that were computed with deposited versions, by period; the newest release counts."""
    periods = {version.pk: period for period, version in versions.items()}
    rows = (
        Result.objects.filter(version__in=list(periods), quantity__in=list(names)) if periods else Result.objects.none()
    )
    stored: dict[str, dict[Where, PeriodTotal]] = {}
    columns = ("pk", "version_id", "where", "quantity", "value", "unit", "state")
    for pk, version, where, quantity, value, unit, state in rows.order_by("pk").values_list(*columns):
        number = Decimal(value) if value is not None and state == KNOWN else None
        total = PeriodTotal(guideline.label(quantity), unit, number, state, f"result:{pk}")
        stored.setdefault(periods[version], {})[where, quantity] = total
    return stored


def of_periods(filing: Filing, periods: Iterable[str]) -> dict[int, Filing]:
    """The filings of a filing's subject by its form for some periods, by their keys."""
    same_form = Filing.objects.filter(form_code=filing.form_code, subject=filing.subject, period__in=list(periods))
    return {other.pk: other for other in same_form}
