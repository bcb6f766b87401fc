"""Targets as a list."""

from __future__ import annotations

from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.ledger.lists import PERCENT, region_column, regions_told

TARGETS = Listing(
    "intensity.targets",
    title=Text("强度目标", "Targets"),
    noun=Text("个目标", "targets"),
    columns=(
        region_column(),
        ListColumn("base_year", Text("基年", "Base year"), sort="base_year"),
        ListColumn("end_year", Text("目标年", "Target year"), sort="end_year"),
        ListColumn(
            "decline",
            Text("下降", "Decline"),
            kind="number",
            unit=PERCENT,
            link=lambda row: explain_url(f"intensity.target:{row.pk}"),
        ),
        ListColumn("binding", Text("约束性", "Binding")),
        ListColumn("confidential", Text("不公开", "Confidential")),
        ListColumn("source", Text("文件", "Document")),
        ListColumn("at", Text("录入时间", "Recorded"), sort="at"),
    ),
    filters=(Filter("region", Text("地区", "Region"), regions_told, where="region__code"),),
    order="-end_year",
    empty=Text("尚无目标。", "No target yet."),
    step=FillingStep(Text("录入目标文件。", "Record its document."), "intensity.set_target"),
)
