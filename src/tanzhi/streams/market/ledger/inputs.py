"""Input models of accounts and of what moves between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.choices import organisations, regions
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text, same

from .model import UnitKind

Tonnes = Annotated[int, Field(ge=1, le=10**12), Label("数量（吨）", "Amount (t)")]
Some = Annotated[int, Field(ge=0, le=10**12)]
Reason = Annotated[str, Field(min_length=4, max_length=300), Label("依据", "Reason")]
RegionCode = Annotated[str, Field(max_length=12), Label("地区", "Region"), Choices(regions)]
OrganisationCode = Annotated[str, Field(max_length=40), Label("单位", "Organisation"), Choices(organisations)]


def units(_actor: Actor) -> Iterator[tuple[str, Text]]:
    for unit in UnitKind.objects.all():
        yield unit.code, Text("{code} {name}", "{code} {name}").format(code=unit.code, name=unit.name)


UnitCode = Annotated[str, Field(max_length=60), Label("单位种类", "Unit"), Choices(units)]


class AccountInput(Input):
    organisation: OrganisationCode


class CreditsInput(Input):
    owner: OrganisationCode
    project: Annotated[str, Field(pattern=r"^[A-Z0-9-]{1,40}$"), Label("项目编号", "Project code")]
    zh: Annotated[str, Field(min_length=2, max_length=150), Label("项目名称", "Project name (Chinese)")]
    en: Annotated[str, Field(min_length=2, max_length=150), Label("英文名称", "Project name (English)")]
    registered_on: Annotated[date, Label("项目登记日期", "Project registered on")]
    year: Annotated[int, Field(ge=2005, le=2100), Label("减排量产生年度", "Year of the reductions")]
    tonnes: Tonnes
    first: Annotated[int | None, Field(ge=1), Label("首个编号", "First serial number")] = None


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


class MarketReasonInput(Input):
    reason: Reason


class UnitCancelInput(Input):
    unit: UnitCode
    tonnes: Tonnes
    reason: Reason


def place_of_organisation(data: AccountInput) -> Place:
    return organisation_by_code(data.organisation).place


def place_of_owner(data: CreditsInput) -> Place:
    return organisation_by_code(data.owner, "owner").place


def named(organisation: Organisation) -> Text:
    return same(organisation.code) + organisation.name
