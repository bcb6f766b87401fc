"""Targets of intensity: set, and nothing else writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from tanzhi.actions.refusal import refused
from tanzhi.actions.table import Call, action
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Help
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.ledger.inputs import Published, RegionInput, place_of_region
from tanzhi.streams.intensity.ledger.work import AFTER_BASE_YEAR, stored_row

from .model import Target


class TargetInput(RegionInput):
    base_year: Annotated[int, Field(ge=1990, le=2100), Label("基年", "Base year")]
    end_year: Annotated[int, Field(ge=1990, le=2100), Label("目标年", "Target year")]
    decline: Annotated[Decimal, Field(allow_inf_nan=False), Label("下降目标（%）", "Decline (%)")]
    source: Annotated[str, Field(min_length=2, max_length=300), Label("目标文件", "Document")]
    binding: Annotated[bool, Label("约束性", "Binding")] = True
    published: Published = False
    confidential: Annotated[
        bool, Label("不公开", "Confidential"), Help("仅省级经办、负责人和审计可见", "for the province's own officials")
    ] = False


_PERCENT = Text(
    "下降目标以百分数填写，应在 1 与 100 之间（65% 填 65）",
    "a decline is given in per cent, from 1 to below 100 (65, not 0.65)",
)
_PUBLIC = Text("公开", "public")
_NOT_BOTH = Text("不公开的目标不能同时公开", "a confidential target cannot be public")


@action(
    "intensity.set_target",
    label=Text("录入强度目标", "Set a target"),
    by={"provincial_officer"},
    input=TargetInput,
    place=place_of_region,
)
def set_target(call: Call) -> Target:
    """A target as its document states it, in per cent: 65, not 0.65."""
    data: TargetInput = call.data
    if data.end_year <= data.base_year:
        raise refused("INT-05", "end_year", data.end_year, AFTER_BASE_YEAR.format(year=data.base_year))
    if not 1 <= data.decline < 100:
        raise refused("INT-05", "decline", data.decline, _PERCENT)
    if data.confidential and data.published:
        raise refused("INT-16", "published", _PUBLIC, _NOT_BOTH)
    stated = data.model_dump(include={"base_year", "end_year", "binding", "confidential"})
    return stored_row(call, Target, {**stated, "decline": plain(data.decline)})
