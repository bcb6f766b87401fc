"""Who would stand on a year's list of key emission units by what was verified, and what changes against today's list.

An enterprise enters from the threshold on; one that stayed below it for so many years running may leave, which an
officer decides. What was not verified changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tanzhi.law.evaluation import count, parameter
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.register.model import KeyUnitStatus
from tanzhi.organisations.scope import within
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.cases.queries import Verified, verified_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tanzhi.organisations.register.model import Organisation, Region

ENTERS, STAYS, BELOW_ONCE, MAY_LEAVE, UNKNOWN, APPLIED = "enters", "stays", "below", "may_leave", "unknown", "applied"
CHANGES = {
    ENTERS: Text("达到门槛，拟列入", "At or above the threshold: enters"),
    STAYS: Text("在册，达到门槛", "Listed, at or above the threshold"),
    BELOW_ONCE: Text("在册，当年低于门槛", "Listed, below the threshold that year"),
    MAY_LEAVE: Text("在册，连续低于门槛，可移出", "Listed, below the threshold year after year: may leave"),
    UNKNOWN: Text("在册，核查排放量不可确定", "Listed, verified emission not determinable"),
    APPLIED: Text("申请列入", "Applied to be listed"),
}


@dataclass(frozen=True, slots=True)
class ListCriteria:
    """By what a year's list is drawn up, as the law in force on its first day says."""

    threshold: Decimal  # t CO2e a year, which itself counts as reached
    years: tuple[int, ...]  # whose verified emission decides, the newest first; all of them below it: may leave

    @property
    def year(self) -> int:
        """The year whose verified emission decides who enters."""
        return self.years[0]


@dataclass(frozen=True, slots=True)
class ListCandidate:
    """An enterprise in a sector of the list, with its verified years."""

    organisation: Organisation
    sector: str
    is_listed: bool
    change: str
    verified: Mapping[int, Verified] = field(default_factory=dict)  # by year; a year that was not verified is missing

    def emission(self, year: int) -> Decimal | None:
        """Verified emission of a year, t CO2e; None where nothing was verified."""
        report = self.verified.get(year)
        return report.emission if report else None


def criteria(year: int) -> ListCriteria:
    """Threshold and years for the list of a year; refused (LAW-MISSING) where the law names none."""
    first = date(year, 1, 1)
    newest = year - count("national_plans.list_years_before", on=first)
    below = count("national_plans.list_years_below", on=first)
    threshold = parameter("national_plans.list_threshold", on=first)
    return ListCriteria(threshold, tuple(range(newest, newest - below, -1)))


def change_of(rule: ListCriteria, is_listed: bool, emissions: Mapping[int, Decimal]) -> str:
    """What the criteria say of an enterprise: one of CHANGES, or empty where it is neither listed nor to be."""
    newest = emissions.get(rule.year)
    if newest is not None and newest >= rule.threshold:
        return STAYS if is_listed else ENTERS
    if not is_listed:
        return ""
    if newest is None:
        return UNKNOWN
    below = [year in emissions and emissions[year] < rule.threshold for year in rule.years]
    return MAY_LEAVE if all(below) else BELOW_ONCE


def candidates(region: Region, year: int, on: date) -> list[ListCandidate]:
    """Everybody on the list of a day in a region and below it, and whoever reaches the threshold; by code."""
    rule = criteria(year)
    verified: dict[int, dict[int, Verified]] = defaultdict(dict)
    organisations: dict[int, Organisation] = {}
    for of_year in rule.years:
        for report in verified_in(region, of_year):
            organisation = report.case.organisation
            organisations[organisation.pk] = organisation
            verified[organisation.pk][of_year] = report
    statuses = KeyUnitStatus.objects.filter(in_force(on)).select_related("organisation__region")
    sectors: dict[int, list[str]] = defaultdict(list)
    for status in within(statuses, region, "organisation__region"):
        organisations[status.organisation_id] = status.organisation
        sectors[status.organisation_id].append(status.sector)
    rows: list[ListCandidate] = []
    for key, organisation in organisations.items():
        emissions = {of_year: report.emission for of_year, report in verified[key].items()}
        change = change_of(rule, key in sectors, emissions)
        if change and (key in sectors or organisation.state == "active"):
            rows += [
                ListCandidate(organisation, sector, key in sectors, change, verified[key])
                for sector in sectors.get(key, [organisation.sector])
            ]
    return sorted(rows, key=lambda candidate: (candidate.organisation.code, candidate.sector))
