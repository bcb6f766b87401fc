"""The only writers of the other books of energy; a row that is stated anew takes the place of the one before."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.refusal import refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.choices import organisations
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import organisation_by_code, region_by_code
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.checks.cross.energy import ELECTRICITY, ITEMS
from tanzhi.rulebook.checks.cross.year_books import GRID_BILL
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text

from .model import BOOKS, EnergyStatement, EnergyStatistic, StatedEnergy

OFFICIALS = frozenset({"provincial_officer", "city_officer"})
ITEM_CHOICES = {code: item.label for code, item in ITEMS.items()}
Year = Annotated[int, Field(ge=2005, le=2100), Label("年度", "Year")]
Item = Annotated[
    str,
    Field(max_length=40),
    Label("能源品种", "Kind of energy"),
    Choices(ITEM_CHOICES),
    Help(
        "煤、焦、油、LNG、LPG 按吨，其他气体按万标准立方米，电力按兆瓦时",
        "coal, coke, oil, LNG and LPG in t, other gas in 10^4 Nm3, electricity in MWh",
    ),
]
Quantity = Annotated[
    Decimal, Field(ge=0, max_digits=20, decimal_places=6, allow_inf_nan=False), Label("数量", "Amount")
]
Source = Annotated[
    str, Field(min_length=2, max_length=300), Label("来源（报表、结算单编号）", "Source (form, bill number)")
]
_ELECTRICITY_ALONE = Text("电网结算单只载电力", "bills of the grid state electricity alone")


def own_regions(actor: Actor) -> list[tuple[str, Text]]:
    """The regions whose statistics the reader keeps."""
    places = [(region, region.place) for region in Region.objects.all()]
    return [(r.code, r.name) for r, place in places if any(actor.reaches(role, place) for role in OFFICIALS)]


class EnergyStatementInput(Input):
    """One kind of energy of a plant's year, out of another book than its reports."""

    organisation: Annotated[str, Field(max_length=40), Label("单位", "Organisation"), Choices(organisations)]
    year: Year
    book: Annotated[Literal["form_205_1", "grid_bill"], Label("报表", "Book"), Choices(BOOKS)] = "form_205_1"
    item: Item
    quantity: Quantity
    source: Source


class EnergyStatisticInput(Input):
    """One kind of energy of a region's year, as its statistics print it."""

    region: Annotated[str, Field(max_length=12), Label("地区", "Region"), Choices(own_regions)]
    year: Year
    item: Item
    quantity: Quantity
    source: Source


@action(
    "verification.state_energy",
    label=Text("录入企业能源统计", "State a plant's energy"),
    by=PLANT | OFFICIALS,
    place=lambda data: organisation_by_code(data.organisation).place,
    input=EnergyStatementInput,
    law="统计调查制度，表号 205-1（能源购进、消费与库存）",
)
def state_energy(call: Call) -> EnergyStatement:
    """What another book says; compared with the reports by the cross-checks, and never put into them."""
    data: EnergyStatementInput = call.data
    if data.book == GRID_BILL and data.item != ELECTRICITY:
        raise refused("ENG-BILL", "item", data.item, _ELECTRICITY_ALONE)
    row: EnergyStatement = EnergyStatement.objects.create(
        organisation=organisation_by_code(data.organisation), book=data.book, **stated(call, data)
    )
    return row


@action(
    "verification.record_energy_statistics",
    label=Text("录入地区能源统计", "Record a region's energy"),
    by=OFFICIALS,
    place=lambda data: Place(region_path=region_by_code(data.region).path),
    input=EnergyStatisticInput,
)
def record_energy_statistics(call: Call) -> EnergyStatistic:
    """A region's use of one kind of energy in a year, beside which its plants' reports are put."""
    data: EnergyStatisticInput = call.data
    row: EnergyStatistic = EnergyStatistic.objects.create(region=region_by_code(data.region), **stated(call, data))
    return row


def stated(call: Call, data: EnergyStatementInput | EnergyStatisticInput) -> dict[str, object]:
    """The columns that both books have."""
    amounts = {"year": data.year, "item": data.item, "quantity": plain(data.quantity), "source": data.source}
    return {**amounts, "person_name": call.actor.name, "at": call.now}


def withdraw_row(call: Call, row: StatedEnergy) -> None:
    """An import that is undone: the row stays, and counts no longer."""
    row.withdrawn_at = call.now
    row.save(update_fields=["withdrawn_at"])
