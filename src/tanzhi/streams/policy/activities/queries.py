"""What others may ask of activities: always for a region and what lies below it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .model import Consultation, Event, Recommendation, Visit

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Region


def events(region: Region, first: date, last: date, kind: str) -> list[Event]:
    """Events of a kind that were held in these days."""
    rows = Event.objects.filter(region__path__startswith=region.path, kind=kind, on__range=(first, last))
    return list(rows.filter(state__in=("held", "closed")).select_related("host", "region").order_by("on", "pk"))


def visits(region: Region, first: date, last: date) -> list[Visit]:
    """Visits of guidance held in these days."""
    rows = Visit.objects.filter(region__path__startswith=region.path, held_on__range=(first, last))
    return list(rows.select_related("organisation").prefetch_related("organisation__names").order_by("held_on", "pk"))


def consultations(region: Region, first: date, last: date) -> list[Consultation]:
    """Drafts on which comments were returned in these days."""
    rows = Consultation.objects.filter(region__path__startswith=region.path, returned_on__range=(first, last))
    return list(rows.order_by("returned_on", "pk"))


def recommendations(region: Region, first: date, last: date, kind: str) -> list[Recommendation]:
    """Models recommended in these days."""
    rows = Recommendation.objects.filter(
        region__path__startswith=region.path, kind=kind, recommended_on__range=(first, last)
    )
    return list(rows.select_related("region").order_by("recommended_on", "pk"))
