"""The list of early warnings."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, state_filter
from tanzhi.rulebook.intensity.schedule import LIGHTS
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.ledger.lists import PERCENT
from tanzhi.streams.intensity.targets.overview import TONES

from .work import WARNING

WARNINGS = Listing(
    "intensity.warnings",
    title=Text("碳强度预警", "Early warnings"),
    noun=Text("件预警", "warnings"),
    columns=(
        ListColumn("name", Text("预警", "Warning"), kind="link", link=lambda row: row.get_absolute_url()),
        ListColumn("light", Text("等级", "Light"), kind="state", words=LIGHTS, tone=TONES, sort="light"),
        ListColumn(
            "change", Text("累计变化", "Change"), value=lambda row: Decimal(row.change), kind="number", unit=PERCENT
        ),
        ListColumn("due", Text("时序进度", "Due"), value=lambda row: Decimal(row.due), kind="number", unit=PERCENT),
        ListColumn("state", Text("状态", "State"), kind="state", words=WARNING.words, tone=WARNING.tones, sort="state"),
        ListColumn("opened_at", Text("发函时间", "Sent"), sort="opened_at"),
        ListColumn("closed_at", Text("销号时间", "Closed"), sort="closed_at"),
    ),
    filters=(
        state_filter(WARNING.words),
        Filter("light", Text("等级", "Light"), LIGHTS),
    ),
    order="-opened_at",
    empty=Text("没有预警。", "No warning."),
    step=FillingStep(
        Text("落后的市州可在碳强度页发函提醒。", "Where a city is behind, send one from the overview."),
        "intensity.warn",
    ),
)
