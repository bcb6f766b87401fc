"""What the room's actions are told."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.choices import regions
from tanzhi.organisations.register.model import Region
from tanzhi.presentation.forms.fields import Choices, Help, Long
from tanzhi.rulebook.inventory.categories import EDITIONS, GASES, LEAVES, NOTATIONS, SECTORS, WARMING_SETS
from tanzhi.rulebook.kernel.text import Text

Reason = Annotated[str, Field(min_length=4, max_length=500), Label("理由", "Reason"), Long(3)]
CATEGORIES = {leaf.code: Text(f"{leaf.code} {leaf.label.zh}", f"{leaf.code} {leaf.label.en}") for leaf in LEAVES}
KEYS = {code: Text(f"{code} {words.zh}", f"{code} {words.en}") for code, words in NOTATIONS.items()}
ABSENT_KEYS = {code: KEYS[code] for code in ("NO", "NE", "NA")}
"""What many cells may be noted as alike: that there is nothing, or no estimate; where else it is counted differs."""
GAS_WORDS = {code: gas.label for code, gas in GASES.items()}


class InventoryOpenInput(Input):
    region: Annotated[str, Label("地区代码", "Region code"), Choices(regions)]
    year: Annotated[int, Field(ge=1990, le=2100), Label("清单年份", "Year")]
    edition: Annotated[str, Label("指南版本", "Edition"), Choices(EDITIONS)]
    gwp_set: Annotated[
        str,
        Label("全球变暖潜势", "Warming potentials"),
        Choices(WARMING_SETS),
        Help("2011年版指南采用第二次评估报告", "the edition of 2011 uses the second assessment"),
    ]


class NotationNoteInput(Input):
    category: Annotated[str, Label("类别", "Category"), Choices(CATEGORIES)]
    gas: Annotated[str, Label("气体", "Gas"), Choices(GAS_WORDS)]
    key: Annotated[str, Label("标注符号", "Notation key"), Choices(KEYS)]
    reason: Annotated[
        str, Field(max_length=500), Label("理由", "Reason"), Help("NE 必填", "needed for NE"), Long(3)
    ] = ""
    target: Annotated[
        str,
        Label("列入的类别", "Included in"),
        Choices({"": Text("—", "—"), **CATEGORIES}),
        Help("IE 必填", "needed for IE"),
    ] = ""


class BlankCellsInput(Input):
    sector: Annotated[str, Label("部门", "Sector"), Choices({"": Text("全部部门", "All sectors"), **SECTORS})] = ""
    key: Annotated[Literal["NO", "NE", "NA"], Label("标注符号", "Notation key"), Choices(ABSENT_KEYS)]
    reason: Annotated[
        str, Field(max_length=500), Label("理由", "Reason"), Help("NE 必填", "needed for NE"), Long(3)
    ] = ""


class TakeBackInput(Input):
    category: Annotated[str, Label("类别", "Category"), Choices(CATEGORIES)]
    gas: Annotated[str, Label("气体", "Gas"), Choices(GAS_WORDS)]
    reason: Reason


class InventoryRemarkInput(Input):
    remark: Annotated[str, Field(max_length=500), Label("审核意见", "Remark"), Long(3)] = ""


class InventoryReasonInput(Input):
    reason: Reason


def place_of_region(data: Any) -> Place:
    region = Region.objects.filter(code=data.region).first()
    return Place(region_path=region.path) if region else Place()
