"""What inputs of several features share: a reason, whose it is, how large a file may be."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tanzhi.actions.actor import Place
from tanzhi.organisations.register.model import Organisation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def stored_limit() -> int:
    """The largest upload in bytes."""
    return int(getattr(settings, "TANZHI_UPLOAD_BYTES", 10 * 2**20))


def place_of_organisation(data: Any) -> Place | None:
    """Where something is opened for an organisation; an unknown one is nowhere, and therefore out of scope."""
    organisation = Organisation.objects.select_related("region").filter(pk=data.organisation_id).first()
    return organisation.place if organisation else Place()
