"""Filings with the version that stands: what other figures and rooms sum over."""

from __future__ import annotations

from dataclasses import dataclass

from tanzhi.organisations.register.model import Region

from .model import Filing, Version


@dataclass(frozen=True, slots=True)
class StandingFiling:
    """A filing and its last deposited version."""

    filing: Filing
    version: Version


def reports_of(form_code: str, period: str, region: Region) -> list[StandingFiling]:
    """All deposited filings of a form for a period, in a region and below it, by the organisation's code."""
    versions = Version.objects.filter(
        filing__form_code=form_code,
        filing__period=period,
        filing__organisation__region__path__startswith=region.path,
        deposited=True,
    )
    standing = {
        version.filing_id: version for version in versions.select_related("filing__organisation").order_by("number")
    }
    reports = [StandingFiling(version.filing, version) for version in standing.values()]
    return sorted(reports, key=lambda report: report.filing.organisation.code)
