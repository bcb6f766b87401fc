"""Totals of the inventories that were published; what hides a confidential row hides it here too."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanzhi.actions.references import reference
from tanzhi.actions.visibility import PUBLIC
from tanzhi.presentation.open_data.data_set import DECIMAL, WHOLE, DataColumn, DataSet, PublicRow, names, register
from tanzhi.rulebook.inventory.categories import EDITIONS, GROUPS, WARMING_SETS
from tanzhi.rulebook.kernel.text import Text

from .models import PUBLISHED, Inventory
from .tables import MASS_GROUPS, WAN_E, WAN_T, summary_lines

TOTAL, KNOWN, WITHHELD = "total", "known", "withheld"
TOTALS = {"T1": Text("不含土地利用变化和林业", "without land use"), "T2": Text("含土地利用变化和林业", "with land use")}
STATES = {
    KNOWN: Text("有数值", "known"),
    WITHHELD: Text("不公开或未估算", "confidential or not estimated"),
}


def totals() -> Iterator[PublicRow]:
    """Each total of each inventory, by group of gases and of all together."""
    seen = Inventory.objects.visible_to(PUBLIC).filter(state=PUBLISHED).select_related("region")
    for inventory in seen.order_by("region__path", "year", "number"):
        run = inventory.latest_run
        lines = [line for line in summary_lines(run) if line.code in TOTALS] if run else []
        for line in lines:
            for group, amount in {**line.amounts, TOTAL: line.total}.items():
                in_mass = group in MASS_GROUPS
                yield PublicRow(
                    reference(inventory),
                    {
                        "region": inventory.region.code,
                        "region_zh": inventory.region.name_zh,
                        "region_en": inventory.region.name_en,
                        "year": inventory.year,
                        "edition": inventory.edition,
                        "recalculation": inventory.number - 1,
                        "potentials": inventory.gwp_set,
                        "of": line.code,
                        "gas": group,
                        "amount": amount if isinstance(amount, Decimal) else None,
                        "unit": (WAN_T if in_mass else WAN_E).en,
                        "state": KNOWN if isinstance(amount, Decimal) else WITHHELD,
                        "release": run.release if run else "",
                    },
                )


register(
    DataSet(
        "inventories",
        Text("温室气体清单总量", "Totals of greenhouse gas inventories"),
        Text(
            "已发布的清单的总量，按气体分行；涉密的数不在其中，也不能由此推出",
            "Totals of published inventories, a row for each group of gases; what is confidential cannot be worked out",
        ),
        Text("清单由主管部门发布", "published by the authority"),
        (
            DataColumn("region", Text("地区代码", "Code of the region")),
            *names("region", Text("地区", "Region")),
            DataColumn("year", Text("年份", "Year"), WHOLE),
            DataColumn("edition", Text("编制指南", "Guideline"), codes=EDITIONS),
            DataColumn("recalculation", Text("回算次数", "How often recalculated"), WHOLE),
            DataColumn("potentials", Text("增温潜势", "Warming potentials"), codes=WARMING_SETS),
            DataColumn("of", Text("总量范围", "What is added up"), codes=TOTALS),
            DataColumn("gas", Text("气体", "Gas"), codes={**GROUPS, TOTAL: Text("合计", "all gases")}),
            DataColumn("amount", Text("数值，单位见后一列", "Amount, in the unit beside"), DECIMAL),
            DataColumn("unit", Text("单位", "Unit")),
            DataColumn("state", Text("状态", "State"), codes=STATES),
            DataColumn("release", Text("规则版本", "Release of the rules")),
        ),
        totals,
        ("inventory.publish",),
    ),
    66,
)
