"""Columns and filters that the lists of this stream share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from tanzhi.organisations.register.model import Region
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text


def regions() -> Mapping[str, Text]:
    return {region.code: region.name for region in Region.objects.all()}


def within(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Rows of a region and of what lies below it."""
    region = Region.objects.filter(code=code).first()
    return rows.filter(region__path__startswith=region.path) if region else rows


NAME = Text("名称", "Name")
STATE = Text("状态", "State")
REGION = Text("地区", "Region")


def name_column(label: Text, value: str = "title") -> ListColumn:
    return ListColumn("name", label, value=value, kind="link", link=lambda row: row.get_absolute_url())
