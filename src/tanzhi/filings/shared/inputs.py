"""What inputs of several features share: a reason, whose it is, how large a file may be."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tanzhi.actions.actor import Place
from tanzhi.evidence.tracking import remembered
from tanzhi.organisations.register.model import Organisation, OrganisationName, Region

_TABLES = tuple(model._meta.db_table for model in (Organisation, OrganisationName, Region))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def stored_limit() -> int:
    """The largest upload in bytes."""
    return int(getattr(settings, "TANZHI_UPLOAD_BYTES", 10 * 2**20))


def place_of_organisation(data: Any) -> Place | None:
    """Where something is opened for an organisation; an unknown one is nowhere, and therefore out of scope."""
    organisation = organisation_by_number(data.organisation_id)
    return organisation.place if organisation else Place()


def organisation_by_number(number: int) -> Organisation | None:
    """An organisation with its region and names, to be read: acts of one transaction that concern it share it."""

    def read() -> Organisation | None:
        rows = Organisation.objects.select_related("region").prefetch_related("names")
        return rows.filter(pk=number).order_by().first()

    return remembered(("organisation", number), _TABLES, read)
