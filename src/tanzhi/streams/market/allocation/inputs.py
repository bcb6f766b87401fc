"""Input models of cycles and allocation runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.reasons import ShortReason
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.choices import enterprises
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.inputs import Reason, RegionCode, Tonnes

from .model import STAGES, Cycle


def cycles(_actor: Actor) -> Iterator[tuple[str, Text]]:
    for cycle in Cycle.objects.all():
        yield str(cycle.pk), cycle.name


MemberCode = Annotated[str, Field(max_length=40), Label("单位", "Organisation"), Choices(enterprises)]
CycleKey = Annotated[int, Label("履约周期", "Cycle"), Choices(cycles)]


class CycleInput(Input):
    region: RegionCode
    first_year: Annotated[int, Field(ge=2019, le=2100), Label("首个配额年度", "First allowance year")]
    last_year: Annotated[int, Field(ge=2019, le=2100), Label("最后配额年度", "Last allowance year")]
    deadline: Annotated[date, Label("清缴截止日", "Deadline for surrender")]
    source: Annotated[str, Field(min_length=4, max_length=300), Label("依据文件", "Document")]


class RunInput(Input):
    cycle: CycleKey
    year: Annotated[int, Field(ge=2019, le=2100), Label("配额年度", "Allowance year")]
    stage: Annotated[str, Field(pattern="^(pre|final)$"), Label("阶段", "Stage"), Choices(STAGES)]


class Deduction(Input):
    organisation: MemberCode
    tonnes: Tonnes
    reason: Reason


class Deferred(Input):
    """A member that a run goes without, and why."""

    organisation: MemberCode
    reason: Reason


class AllocationComputeInput(Input):
    deductions: Annotated[list[Deduction], Label("核减", "Deductions")] = Field(default_factory=list)
    without: Annotated[
        list[Deferred],
        Label("暂缓核定的单位", "Members to go without"),
        Help(
            "未提交数据而暂不核定的单位，其应清缴量仍为“尚未核定”", "without data: their obligation stays undetermined"
        ),
    ] = Field(default_factory=list)


class ShareInput(Input):
    share: Annotated[
        Decimal,
        Field(ge=0, le=100, max_digits=5, decimal_places=2, allow_inf_nan=False),
        Label("预分配比例（%）", "Share pre-allocated (%)"),
        Help("不超过方案规定的比例；填方案比例即恢复", "at most the plan's; the plan's own takes a decision back"),
    ]
    reason: Annotated[
        ShortReason,
        Help("履约风险情况、生产情况等", "risk of not surrendering, production and the like"),
    ]
    document: Annotated[str, Field(min_length=4, max_length=300), Label("决定文件", "Decision")]


class BorrowInput(Input):
    tonnes: Tonnes


def place_of_region(data: CycleInput) -> Place:
    return region_by_code(data.region).place


def place_of_cycle(data: RunInput) -> Place:
    cycle = Cycle.objects.filter(pk=data.cycle).select_related("region").first()
    return Place(region_path=cycle.region.path) if cycle else Place()
