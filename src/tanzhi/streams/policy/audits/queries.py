"""What others may ask of audits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .model import Audit

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Region


def completed_audits(region: Region, year: int, last: date) -> list[Audit]:
    """Audits of a year's list that were finished by a day and found complete by the authority."""
    rows = Audit.objects.filter(
        organisation__region__path__startswith=region.path, audit_list__year=year, finished_on__lte=last
    ).exclude(confirmed_on=None)
    return list(
        rows.select_related("organisation__region", "audit_list")
        .prefetch_related("organisation__names")
        .order_by("finished_on", "organisation__code")
    )
