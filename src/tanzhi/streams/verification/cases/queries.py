"""What other rooms ask of verification: the verified emission of an enterprise and of its units in a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tanzhi.figures.questions import Ref
from tanzhi.filings.months.status import with_register
from tanzhi.filings.months.totals import stated_number
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.presentation.locations import steps_in

from .model import Conclusion, Verification, VerifiedResult
from .overlay import active, cells_of_rows, industry_of, overlaid

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Organisation, Region

# The result counts once the enterprise was told; while it is objected to, it is provisional.
TOLD = ("notified", "objected", "final", "archived")
RESULT = "verification.result"
UNIT_CLASS = "unit_class"
SUMMED = (
    "state", "body_id", "organisation__code", "filing__form_code", "filing__period", "version__digest",
)  # fmt: skip
"""What sums of many enterprises read of a case, its report and the version that was verified."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A year of an enterprise as verified: its emission and its units' results; exact decimals, units as filed."""

    case: Verification
    conclusion: Conclusion
    emission: Decimal  # t
    reported: Decimal  # t
    units: dict[str, dict[str, Decimal]] = field(default_factory=dict)  # unit number → quantity → value
    classes: dict[str, str] = field(default_factory=dict)  # unit number → class, where the report gives one

    @property
    def provisional(self) -> bool:
        return self.case.state == "objected"

    def emission_of(self, unit: str) -> Decimal | None:
        """Verified emission of a unit, t."""
        return self.units.get(unit, {}).get(industry_of(self.case).unit_total)

    def ref(self, quantity: str = "", place: str = "") -> str:
        """Where a verified value is explained, the emission without a name; `place` such as units[1]."""
        return str(Ref(RESULT, str(self.case.pk), {"at": place, "name": quantity or industry_of(self.case).total}))


def verified(organisation: Organisation, year: int) -> Verified | None:
    """The verified year of an enterprise, or None where nothing was told yet."""
    return next(iter(_read(Verification.objects.filter(organisation=organisation, year=year))), None)


def verified_in(
    region: Region, year: int, sector: str = "", quantities: Collection[str] | None = None
) -> list[Verified]:
    """Every verified enterprise of a year in a region and below it, by code; of its units' results all, or some."""
    cases = Verification.objects.filter(year=year, organisation__region__path__startswith=region.path)
    return _read(cases.filter(organisation__sector=sector) if sector else cases, quantities)


def verified_emission(organisation: Organisation, year: int, unit: str = "") -> Decimal | None:
    """Verified emission of an enterprise, or of one of its units, in a year, t."""
    report = verified(organisation, year)
    if report is None:
        return None
    return report.emission_of(unit) if unit else report.emission


def verified_record(case: Verification) -> dict[str, Any]:
    """The filed record with redetermined values and the register, as the rulebook reads it: for allocation."""
    record = overlaid(guideline_of(case.filing.form_code), case.version.record, cells_of_rows(active(case)))
    return with_register(case.filing, record)


def _read(cases: Any, quantities: Collection[str] | None = None) -> list[Verified]:
    notified_cases = cases.filter(state__in=TOLD).select_related("organisation", "filing", "version")
    if quantities is None:
        notified_cases = notified_cases.select_related("organisation__region").prefetch_related("organisation__names")
    else:  # sums of many enterprises: neither what each filed nor what it is called
        notified_cases = notified_cases.only(*SUMMED)
    notified = list(notified_cases)
    notified.sort(key=lambda case: case.organisation.code)
    last = {
        conclusion.case_id: conclusion for conclusion in Conclusion.objects.filter(case__in=notified).order_by("number")
    }
    rows = VerifiedResult.objects.filter(conclusion__in=last.values()).exclude(where="")
    if quantities is not None:
        rows = rows.filter(quantity__in={UNIT_CLASS, *quantities})
    results: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for key, *result in rows.values_list("conclusion_id", "where", "quantity", "value"):
        results[key].append(tuple(result))
    reports = []
    for case in notified:
        conclusion = last.get(case.pk)
        if conclusion is None:
            continue
        units: dict[str, dict[str, Decimal]] = {}
        classes: dict[str, str] = {}
        for where, quantity, value in results[conclusion.pk]:
            unit = steps_in(where)[-1][1]
            if quantity == UNIT_CLASS and value:
                classes[unit] = value
            elif (number := stated_number(value)) is not None:
                units.setdefault(unit, {})[quantity] = number
        verified, reported = Decimal(conclusion.verified), Decimal(conclusion.reported)
        reports.append(Verified(case, conclusion, verified, reported, units, classes))
    return reports
