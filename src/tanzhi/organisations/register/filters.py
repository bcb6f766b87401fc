"""Lists narrowed to a region: one filter for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet

from tanzhi.organisations.scope import within
from tanzhi.presentation.lists.declaration import Filter
from tanzhi.rulebook.kernel.text import Text

from .model import Region

REGION = Text("地区", "Region")


def region_filter(field: str = "region", *, name: str = "region", label: Text = REGION, cities: bool = False) -> Filter:
    """A choice of a region: the rows there and in what lies below it; `field` leads from a row to its region."""
    return Filter(name, label, _cities if cities else _regions, partial(_below, field=field))


def _below(rows: QuerySet[Any], code: str, field: str) -> QuerySet[Any]:
    return within(rows, Region.objects.filter(code=code).first(), field)


def _regions() -> Mapping[str, Text]:
    return {region.code: region.name for region in Region.objects.all()}


def _cities() -> Mapping[str, Text]:
    return {region.code: region.name for region in Region.objects.filter(counted=True).exclude(parent=None)}
