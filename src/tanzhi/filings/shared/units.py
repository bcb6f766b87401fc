"""The units of an organisation."""

from __future__ import annotations

from tanzhi.organisations.register.model import Organisation, Unit


def units_of(organisation: Organisation) -> list[Unit]:
    """The units of an organisation's facilities, in order."""
    units = (
        Unit.objects.filter(facility__organisation=organisation).select_related("facility").prefetch_related("versions")
    )
    return list(units.order_by("facility__code", "number"))
