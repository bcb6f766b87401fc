"""Greenhouse gas inventories are searched by region and year."""

from __future__ import annotations

from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text

from .models import Inventory

register(
    RecordSearch(
        "inventory.inventories",
        Text("温室气体清单", "Greenhouse gas inventories"),
        Inventory,
        ("year", "region__name_zh", "region__name_en"),
        select=("region",),
    ),
    60,
)
