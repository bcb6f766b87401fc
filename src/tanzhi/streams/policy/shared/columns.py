"""Columns and filters that the lists of this stream share."""

from __future__ import annotations

from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text

NAME = Text("名称", "Name")
STATE = Text("状态", "State")
REGION = Text("地区", "Region")


def name_column(label: Text, value: str = "title") -> ListColumn:
    return ListColumn("name", label, value=value, kind="link", link=lambda row: row.get_absolute_url())
