"""What others may ask of the library: always for a region and what lies below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from .model import DRAFT, Document

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Region


def documents(
    region: Region, on: date, *, topic: str = "", kinds: Iterable[str] = (), levels: Iterable[str] = ()
) -> list[Document]:
    """Documents in force on a day, by topic, kind and level; an empty choice means any."""
    rows = Document.objects.filter(region__path__startswith=region.path).exclude(state=DRAFT)
    rows = rows.filter(effective_on__lte=on).filter(Q(repealed_on=None) | Q(repealed_on__gt=on))
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    for look, codes in (("topic", [topic] if topic else []), ("kind", list(kinds)), ("level", list(levels))):
        rows = rows.filter(**{f"{look}__in": codes}) if codes else rows
    return list(rows.prefetch_related("issuers__organisation__names").order_by("issued_on", "pk"))


def issued_documents(region: Region, on: date, **filters: Iterable[str] | str) -> list[Document]:
    """Documents issued until a day, whether they still hold or have run out since: what was done stays done."""
    rows = Document.objects.filter(region__path__startswith=region.path, issued_on__lte=on).exclude(state=DRAFT)
    for look, value in filters.items():
        codes = [value] if isinstance(value, str) else list(value)
        rows = rows.filter(**{f"{look}__in": codes})
    return list(rows.prefetch_related("issuers__organisation__names").order_by("issued_on", "pk"))
