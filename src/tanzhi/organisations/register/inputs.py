"""Typed input of the register's actions, each field with its name in both languages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.registry import Input, Label
from tanzhi.organisations.sectors import SECTORS, guidelines_offered
from tanzhi.presentation.forms.fields import Choices, Help, Specified
from tanzhi.rulebook.kernel import FormSpec

from .choices import REGION_KINDS, organisations, regions
from .form import ENTERPRISE, UNIT, register_form
from .queries import KINDS

Code = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z_.-]+$"), Label("代码", "Code")]
KnownCode = Annotated[str, Field(min_length=1, max_length=40), Label("单位", "Organisation"), Choices(organisations)]
Zh = Annotated[str, Field(min_length=1, max_length=200), Label("中文名称", "Chinese name")]
En = Annotated[
    str,
    Field(max_length=200),
    Label("英文名称", "English name"),
    Help("没有英文名称的可不填，显示中文名称", "may be left out: the Chinese name then stands in its place"),
]
NewRegionCode = Annotated[str, Field(min_length=1, max_length=12), Label("地区代码", "Region code")]
RegionCode = Annotated[str, Field(min_length=1, max_length=12), Label("地区", "Region"), Choices(regions)]


def _of_new_unit(facility: Any) -> FormSpec:
    return register_form(facility.organisation, UNIT, clock.today().year)


Guideline = Annotated[
    str,
    Field(max_length=40),
    Label("核算指南", "Accounting guideline"),
    Choices(guidelines_offered),
    Help("所属行业有多个核算指南的须确定", "to be chosen where the sector has several"),
]
Since = Annotated[date, Label("起始日期", "Since")]
Basis = Annotated[str, Field(max_length=300), Label("依据", "Basis")]
CreditCode = Annotated[str | None, Label("统一社会信用代码", "Unified social credit code")]


class NewRegion(Input):
    code: NewRegionCode
    zh: Zh
    en: En = ""
    kind: Annotated[str, Label("类别", "Kind"), Choices(REGION_KINDS)] = "city"
    parent: Annotated[str, Label("上级地区", "Region above"), Choices(regions)] = ""
    row: Annotated[int | None, Label("行", "Row")] = None
    column: Annotated[int | None, Label("列", "Column")] = None
    counted: Annotated[bool, Label("计入合计", "Counted in totals")] = True
    since: Since


class NewOrganisation(Input):
    code: Code
    zh: Zh
    en: En = ""
    kind: Annotated[str, Label("类别", "Kind"), Choices(KINDS)]
    region: RegionCode
    sector: Annotated[str, Field(max_length=40), Label("行业", "Sector"), Choices(SECTORS.offered)] = ""
    guideline: Guideline = ""
    credit_code: CreditCode = None
    since: Since


class GuidelineChoice(Input):
    guideline: Annotated[
        str, Field(min_length=1, max_length=40), Label("核算指南", "Accounting guideline"), Choices(guidelines_offered)
    ]


class NewName(Input):
    zh: Zh
    en: En = ""
    since: Since
    basis: Basis = ""


class DisclosureInput(Input):
    region: RegionCode
    year: Annotated[int, Field(ge=2019, le=2100), Label("年度", "Year")]
    on: Annotated[date, Label("公开日期", "Made public on")]
    basis: Annotated[str, Field(min_length=4, max_length=300), Label("公开文件", "Document")]


class KeyUnitListing(Input):
    sector: Annotated[str, Field(min_length=1, max_length=40), Label("行业", "Sector"), Choices(SECTORS.offered)]
    since: Since
    basis: Annotated[str, Field(min_length=1, max_length=300), Label("依据", "Basis")]


class Delisting(Input):
    sector: Annotated[str, Field(min_length=1, max_length=40), Label("行业", "Sector"), Choices(SECTORS)]
    until: Annotated[date, Label("移出日期", "Until")]
    basis: Annotated[str, Field(min_length=1, max_length=300), Label("依据", "Basis")]


class Merger(Input):
    into: KnownCode
    on: Annotated[date, Label("日期", "Date")]
    basis: Basis = ""


class SuccessorUnit(Input):
    code: Code
    zh: Zh
    en: En = ""
    credit_code: CreditCode = None
    facilities: Annotated[list[str], Label("设施代码", "Facility codes")]


class Division(Input):
    parts: Annotated[list[SuccessorUnit], Field(min_length=1), Label("分立单位", "Parts")]
    on: Annotated[date, Label("日期", "Date")]
    basis: Basis = ""


class Closure(Input):
    on: Annotated[date, Label("日期", "Date")]
    basis: Annotated[str, Field(min_length=1, max_length=300), Label("依据", "Basis")]


class NewFacility(Input):
    code: Code
    zh: Zh
    en: En = ""
    region: RegionCode
    since: Since


class NewUnit(Input):
    number: Annotated[str, Field(min_length=1, max_length=40), Label("编号", "Number")]
    attributes: Annotated[dict[str, str], Label("登记事项", "Attributes"), Specified(_of_new_unit)] = Field(
        default_factory=dict
    )
    since: Since


class UnitChange(Input):
    attributes: Annotated[
        dict[str, str],
        Field(min_length=1),
        Label("登记事项", "Attributes"),
        Specified(lambda unit: _of_new_unit(unit.facility)),
    ]
    since: Since
    basis: Basis = ""


class OrganisationChange(Input):
    attributes: Annotated[
        dict[str, str],
        Field(min_length=1),
        Label("登记事项", "Attributes"),
        Specified(lambda organisation: register_form(organisation, ENTERPRISE, clock.today().year)),
    ]
    since: Since
    basis: Basis = ""


class UnitEnd(Input):
    until: Annotated[date, Label("停用日期", "Until")]
    basis: Basis = ""
