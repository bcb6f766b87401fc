"""Input models of the registry's actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.choices import organisations, regions
from tanzhi.organisations.models import Organisation
from tanzhi.organisations.queries import organisation_by_code, region_by_code
from tanzhi.presentation.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text, same

from .ledger import UnitKind
from .models import STAGES, Cycle

Tonnes = Annotated[int, Field(ge=1, le=10**12), Label("数量（吨）", "Amount (t)")]
Some = Annotated[int, Field(ge=0, le=10**12)]
Reason = Annotated[str, Field(min_length=4, max_length=300), Label("依据", "Reason")]
RegionCode = Annotated[str, Field(max_length=12), Label("地区", "Region"), Choices(regions)]
OrganisationCode = Annotated[str, Field(max_length=40), Label("单位", "Organisation"), Choices(organisations)]


def units(_actor: Actor) -> Iterator[tuple[str, Text]]:
    for unit in UnitKind.objects.all():
        yield unit.code, Text("{code} {name}", "{code} {name}").format(code=unit.code, name=unit.name)


def cycles(_actor: Actor) -> Iterator[tuple[str, Text]]:
    for cycle in Cycle.objects.all():
        yield str(cycle.pk), cycle.name


UnitCode = Annotated[str, Field(max_length=60), Label("单位种类", "Unit"), Choices(units)]
CycleKey = Annotated[int, Label("履约周期", "Cycle"), Choices(cycles)]


class AccountInput(Input):
    organisation: OrganisationCode


class CycleInput(Input):
    region: RegionCode
    first_year: Annotated[int, Field(ge=2019, le=2100), Label("首个配额年度", "First allowance year")]
    last_year: Annotated[int, Field(ge=2019, le=2100), Label("最后配额年度", "Last allowance year")]
    deadline: Annotated[date, Label("清缴截止日", "Deadline for surrender")]
    source: Annotated[str, Field(min_length=4, max_length=300), Label("依据文件", "Document")]


class Carried(Input):
    """One account of the national registry's statement."""

    organisation: OrganisationCode
    owed: Annotated[Some, Label("应清缴（吨）", "Owed (t)")]
    surrendered: Annotated[Some, Label("已清缴（吨）", "Surrendered (t)")]
    met_on: Annotated[date | None, Label("足额清缴日", "Met on")] = None
    held: Annotated[Some, Label("结余持有（吨）", "Held (t)")]


class CarriedInput(Input):
    source: Annotated[str, Field(min_length=4, max_length=300), Label("依据", "Source")]
    rows: Annotated[list[Carried], Field(min_length=1), Label("账户", "Accounts")]


class CreditsInput(Input):
    owner: OrganisationCode
    project: Annotated[str, Field(pattern=r"^[A-Z0-9-]{1,40}$"), Label("项目编号", "Project code")]
    zh: Annotated[str, Field(min_length=2, max_length=150), Label("项目名称", "Project name (Chinese)")]
    en: Annotated[str, Field(min_length=2, max_length=150), Label("英文名称", "Project name (English)")]
    registered_on: Annotated[date, Label("项目登记日期", "Project registered on")]
    year: Annotated[int, Field(ge=2005, le=2100), Label("减排量产生年度", "Year of the reductions")]
    tonnes: Tonnes
    first: Annotated[int | None, Field(ge=1), Label("首个编号", "First serial number")] = None


class RunInput(Input):
    cycle: CycleKey
    year: Annotated[int, Field(ge=2019, le=2100), Label("配额年度", "Allowance year")]
    stage: Annotated[str, Field(pattern="^(pre|final)$"), Label("阶段", "Stage"), Choices(STAGES)]


class Deduction(Input):
    organisation: OrganisationCode
    tonnes: Tonnes
    reason: Reason


class Deferred(Input):
    """A member that a run goes without, and why."""

    organisation: OrganisationCode
    reason: Reason


class ComputeInput(Input):
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
        str,
        Field(min_length=4, max_length=300),
        Label("理由", "Reason"),
        Help("履约风险情况、生产情况等", "risk of not surrendering, production and the like"),
    ]
    document: Annotated[str, Field(min_length=4, max_length=300), Label("决定文件", "Decision")]


class BorrowInput(Input):
    tonnes: Tonnes


class HoldInput(Input):
    unit: UnitCode
    tonnes: Tonnes
    reason: Reason


class TransferInput(Input):
    receiver: Annotated[
        str,
        Field(max_length=20),
        Label("接收账户", "Receiving account"),
        Help("带两位校验码，例如 62-100-000012-47", "with its two check digits, e.g. 62-100-000012-47"),
    ]
    unit: UnitCode
    tonnes: Tonnes
    reason: Reason


class ReasonInput(Input):
    reason: Reason


class ReturnInput(Input):
    """For what may be sent back with a reason."""

    reason: Reason


class CancelInput(Input):
    unit: UnitCode
    tonnes: Tonnes
    reason: Reason


class SurrenderInput(Input):
    cycle: CycleKey
    allowances: Annotated[Some, Label("配额（吨）", "Allowances (t)")] = 0
    credits: Annotated[
        Some, Label("CCER（吨）", "CCER (t)"), Help("不超过应清缴量的 5%", "at most 5 % of the obligation")
    ] = 0


def place_of_organisation(data: AccountInput) -> Place:
    return organisation_by_code(data.organisation).place


def place_of_owner(data: CreditsInput) -> Place:
    return organisation_by_code(data.owner, "owner").place


def place_of_region(data: CycleInput) -> Place:
    return region_by_code(data.region).place


def place_of_cycle(data: RunInput) -> Place:
    cycle = Cycle.objects.filter(pk=data.cycle).select_related("region").first()
    return Place(region_path=cycle.region.path) if cycle else Place()


def named(organisation: Organisation) -> Text:
    return same(organisation.code) + organisation.name
