"""The ledger out of a spreadsheet: a row a year, each its own act; undone, its rows are withdrawn."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions.perform import perform
from tanzhi.actions.table import Call
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer
from tanzhi.organisations.register.model import Region
from tanzhi.presentation.forms.fields import Choices
from tanzhi.rulebook.kernel.text import Text

from .inputs import DIRECTIONS, OFFICERS, GdpInput, Published, Quantity, RegionInput, Source, Vintage, Year
from .model import EnergyBalance, GdpLevel, Regional


class EnergyRow(RegionInput):
    """A year's energy with at most one transfer of electricity; more are recorded by hand."""

    year: Year
    coal: Annotated[Quantity, Label("煤炭（万吨标准煤）", "Coal (10^4 tce)")]
    oil: Annotated[Quantity, Label("油品（万吨标准煤）", "Oil (10^4 tce)")]
    gas: Annotated[Quantity, Label("天然气（万吨标准煤）", "Gas (10^4 tce)")]
    partner: Annotated[str, Field(max_length=60), Label("调入调出对方", "Partner")] = ""
    direction: Annotated[Literal["import", "export", ""], Label("方向", "Direction"), Choices(DIRECTIONS)] = ""
    electricity: Annotated[Decimal | None, Field(ge=0), Label("电量（亿千瓦时）", "Electricity (10^8 kWh)")] = None
    factor: Annotated[Decimal | None, Field(ge=0, le=2), Label("因子（千克/千瓦时）", "Factor (kg/kWh)")] = None
    vintage: Vintage
    source: Source
    published: Published = False


def add_gdp(call: Call, row: GdpInput) -> GdpLevel:
    data = row.model_dump() | {"region": code_of(row.region)}
    level: GdpLevel = perform("intensity.record_gdp", call.actor, data=data).result
    return level


def add_energy(call: Call, row: EnergyRow) -> EnergyBalance:
    leg = row.model_dump(include={"partner", "direction", "electricity", "factor"})
    data = row.model_dump(exclude=set(leg)) | {"region": code_of(row.region)}
    transfers = [leg] if row.electricity is not None or row.partner else []
    balance: EnergyBalance = perform("intensity.record_energy", call.actor, data=data | {"transfers": transfers}).result
    return balance


def code_of(words: str) -> str:
    """A sheet may name a region or give its code."""
    named = Region.objects.filter(name_zh=words).first() or Region.objects.filter(name_en__iexact=words).first()
    return named.code if named else words


def withdraw(call: Call, row: Regional) -> None:
    """The row stays, and counts no longer."""
    row.withdrawn_at = call.now
    row.save(update_fields=["withdrawn_at"])


def _importer(name: str, title: Text, row: Any, add: Any) -> Importer:
    return Importer(name, title=title, row=row, by=OFFICERS, add=add, undo=withdraw, fills=name)


GDP = _importer("intensity.gdp", Text("生产总值台账", "ledger of GDP"), GdpInput, add_gdp)
ENERGY = _importer("intensity.energy", Text("能源消费台账", "ledger of energy"), EnergyRow, add_energy)
