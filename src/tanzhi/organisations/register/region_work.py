"""Regions out of the national list: a province with the cities that were ticked, by one act."""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from pydantic import Field

from tanzhi.actions.refusal import refused
from tanzhi.actions.registry import Call, Input, Label, Refused, action, anywhere
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .inputs import En, Since
from .model import Region
from .national_list import COLUMNS, ROWS, ListedRegion, listed_below, listed_provinces, national_list

PROVINCES = {region.code: region.name for region in listed_provinces()}
BELOW = {region.code: region.name for region in national_list().values() if region.kind != "province"}
Row = Annotated[int | None, Field(ge=0, lt=ROWS), Label("行", "Row"), Help("自上而下 0 至 5", "from the top, 0 to 5")]
Column = Annotated[
    int | None, Field(ge=0, lt=COLUMNS), Label("列", "Column"), Help("自左而右 0 至 6", "from the left, 0 to 6")
]


class ChosenRegions(Input):
    province: Annotated[str, Label("省份", "Province"), Choices(PROVINCES)]
    cities: Annotated[list[str], Label("地市", "Cities"), Choices(BELOW)] = Field(default_factory=list)
    since: Since


class RegionChange(Input):
    en: En = ""
    row: Row = None
    column: Column = None


_OTHER_PROVINCE = Text(
    "本平台的省份（TANZHI_PROVINCE={code}）", "the province of this installation (TANZHI_PROVINCE={code})"
)
_TAKEN = Text("尚未建立的地区", "a region that is not there yet")
_OUTSIDE = Text("{province}之下的地区", "a region below {province}")


@action(
    "organisations.choose_regions",
    label=Text("从国家代码表选择地区", "Choose regions from the national list"),
    by={"administrator"},
    place=anywhere,
    input=ChosenRegions,
    law="GB/T 2260",
)
def choose_regions(call: Call) -> list[Region]:
    """The province, unless it is there, with the regions that were ticked; all of them or none."""
    data: ChosenRegions = call.data
    province = national_list()[data.province]
    if settings.TANZHI_PROVINCE not in ("", province.code):
        words = _OTHER_PROVINCE.format(code=settings.TANZHI_PROVINCE)
        raise refused("ORG-REGION-PROVINCE", "province", province.name, words)
    there = set(Region.objects.values_list("code", flat=True))
    own = {region.code for region in listed_below(province.code)}
    findings = []
    for code in data.cities:
        expected = _TAKEN if code in there else _OUTSIDE.format(province=province.name) if code not in own else None
        if expected is not None:
            name = "ORG-REGION-TAKEN" if code in there else "ORG-REGION-OUTSIDE"
            words = Text("{name}：应为{expected}", "{name}: expected {expected}")
            message = words.format(name=national_list()[code].name, expected=expected)
            findings.append(Finding(name, ERROR, "organisations", "cities", same(code), expected, message))
    if not data.cities and province.code in there:
        findings.append(
            Finding("ORG-REGION-TAKEN", ERROR, "organisations", "province", same(province.code), _TAKEN, _TAKEN)
        )
    if findings:
        raise Refused(
            findings[0].code, Text("有 {n} 个地区不符", "{n} regions do not fit").format(n=len(findings)), 422, findings
        )
    above = Region.objects.filter(code=province.code).first() or _created(province, None, data)
    return [above, *(_created(national_list()[code], above, data) for code in sorted(set(data.cities)))]


def _created(listed: ListedRegion, above: Region | None, data: ChosenRegions) -> Region:
    return Region.objects.create(
        code=listed.code,
        path=f"{above.path if above else ''}{listed.code}/",
        parent=above,
        name_zh=listed.zh,
        name_en=listed.en or listed.zh,
        kind=listed.kind,
        row=listed.row,
        column=listed.column,
        since=data.since,
    )


_FREE = Text("未被占用的位置", "a place that no other region has")
_BOTH = Text("行与列同时填写或都不填", "row and column together, or neither")


@action(
    "organisations.change_region",
    label=Text("修改英文名称、位置", "Change English name and tile"),
    by={"administrator"},
    subject=Region,
    input=RegionChange,
)
def change_region(call: Call, region: Region) -> Region:
    """How a region is called in English and where its tile stands; code and Chinese name are the state's."""
    data: RegionChange = call.data
    if (data.row is None) != (data.column is None):
        raise refused("ORG-REGION-TILE", "row", f"{data.row}, {data.column}", _BOTH)
    beside = Region.objects.filter(parent=region.parent, row=data.row, column=data.column).exclude(pk=region.pk)
    if data.row is not None and beside.exists():
        raise refused("ORG-REGION-TILE", "row", f"{data.row}, {data.column}", _FREE)
    region.name_en = data.en or region.name_zh
    region.row, region.column = data.row, data.column
    region.save(update_fields=["name_en", "row", "column"])
    return region
