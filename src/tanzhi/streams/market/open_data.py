"""Who has surrendered in a compliance cycle: what the page of the cycle tells everybody, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.actions import clock
from tanzhi.actions.references import reference
from tanzhi.presentation.open_data.data_set import DAY, DataColumn, DataSet, PublicRow, names, register
from tanzhi.rulebook.allocation.compliance import STANDINGS
from tanzhi.rulebook.kernel.text import Text

from .allocation.model import Cycle
from .compliance.status import standings

BOOKS = Text("登记簿，截至今日", "the registry, as of today")


def disclosed() -> Iterator[PublicRow]:
    for cycle in Cycle.objects.select_related("region").order_by("region__code", "first_year"):
        if not cycle.place.published:
            continue
        for standing in standings(cycle, clock.today()):
            yield PublicRow(
                reference(cycle),
                {
                    "province": cycle.region.code,
                    "cycle": cycle.code,
                    "deadline": cycle.deadline,
                    "code": standing.organisation.code,
                    "name_zh": standing.name.zh,
                    "name_en": standing.name.en,
                    "city_zh": standing.organisation.region.name_zh,
                    "city_en": standing.organisation.region.name_en,
                    "standing": standing.compliance.standing,
                    "met_on": standing.compliance.met_on,
                },
            )


register(
    DataSet(
        "surrender",
        Text("配额清缴情况", "Surrender of allowances"),
        Text(
            "各履约周期内每家企业的清缴状态；不含任何吨数",
            "The standing of each plant in each compliance cycle; without any tonnes",
        ),
        Text("清缴情况由省级主管部门公开", "the province publishes who has surrendered"),
        (
            DataColumn("province", Text("省份代码", "Code of the province")),
            DataColumn("cycle", Text("履约周期", "Compliance cycle")),
            DataColumn("deadline", Text("清缴截止日", "Deadline"), DAY),
            DataColumn("code", Text("单位代码", "Code of the plant")),
            *names("name", Text("企业名称", "Name of the plant")),
            *names("city", Text("所在地区", "Its region")),
            DataColumn("standing", Text("清缴状态", "Standing"), source=BOOKS, codes=STANDINGS),
            DataColumn("met_on", Text("足额清缴日", "Met in full on"), DAY, source=BOOKS),
        ),
        disclosed,
        ("registry.open_cycle", "registry.close_cycle"),
    ),
    30,
)
