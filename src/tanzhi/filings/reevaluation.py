"""Deposited results under a law that has changed since: which would come out otherwise, and computing them anew."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Filing, Result, Version
from .results import Difference, compute, recomputed


@dataclass(frozen=True, slots=True)
class Affected:
    """A deposited version some of whose results the law of today gives otherwise, with before and after."""

    version: Version
    differences: list[Difference]

    def lines(self) -> list[str]:
        """Place, quantity, before and after, for the record of the act."""
        return [
            f"{d.result.where} {d.result.quantity}: {d.result.value or '-'} → {d.now or '-'}".strip()
            for d in self.differences
        ]


def affected(guideline: str, year: int) -> list[Affected]:
    """Every deposited filing of a guideline and year that comes out otherwise today, by organisation and period."""
    filings = Filing.objects.filter(form_code__startswith=f"{guideline}.", period__startswith=str(year))
    found = []
    for filing in filings.select_related("organisation__region").order_by("organisation__code", "period"):
        version = filing.deposited_version
        if version is not None and (differences := recomputed(filing, version)):
            found.append(Affected(version, differences))
    return found


def reevaluate(one: Affected) -> list[Result]:
    """The version's results by the law of today, beside those of its deposit, which stay."""
    return compute(one.version.filing, one.version)
