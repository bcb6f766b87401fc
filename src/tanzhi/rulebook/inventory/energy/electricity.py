"""Indirect CO2 of electricity that crosses the border: a memo item, never in the total."""

from tanzhi.rulebook.kernel import Text, chosen, given, total, where

from ..areas import EXPORTERS
from ..law import GUIDE, MEASURED, YEAR, YEARBOOK
from .base import energy

DIRECTIONS = {"import": Text("调入", "In"), "export": Text("调出", "Out")}


@energy.choice(level="transfer", label=Text("方向", "Direction"), form=YEAR, required=True, options=DIRECTIONS)
def direction():
    """Whether the electricity came in or went out (调入、调出)."""


@energy.choice(level="transfer", label=Text("送电地区", "Exporting area"), form=YEAR, required=True, options=EXPORTERS)
def exporting_area():
    """Area that the electricity came from (送电地区): the partner for electricity in, the province itself for out."""


@energy.input(
    "MWh",
    level="transfer",
    decimals=3,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("电量", "Electricity"),
    evidence=YEARBOOK,
)
def electricity():
    """Electricity transferred in the year (电量), MWh."""


@energy.input(
    "tCO2/MWh",
    level="transfer",
    decimals=4,
    minimum="0",
    form=YEAR,
    label=Text("采用的其他因子", "Other factor"),
    evidence=MEASURED,
)
def stated_electricity_factor():
    """A factor with its own source, for an area or a year without a published one (电力排放因子), tCO2/MWh."""


@energy.quantity("tCO2/MWh", level="transfer", label=Text("采用的电力因子", "Electricity factor used"), law=GUIDE)
def electricity_factor(stated_electricity_factor=None, area_electricity_factor=None):
    """The stated factor before the published mean of the exporting area (电力平均排放因子), tCO2/MWh."""
    return given(stated_electricity_factor, area_electricity_factor)


@energy.quantity("tCO2", level="transfer", label=Text("调入调出间接排放", "Indirect CO2 of the transfer"), law=GUIDE)
def transfer_co2(direction, electricity, electricity_factor):
    """Electricity × factor of the exporting area; out counts negative (电力调入调出间接排放), tCO2."""
    amount = electricity * electricity_factor
    return where(chosen(direction, "export"), -amount, amount)


@energy.quantity(
    "tCO2", level="region", label=Text("电力调入（出）间接排放（信息项）", "Electricity in and out (memo)"), law=GUIDE
)
def electricity_memo_co2(transfer_co2):
    """In − out with different factors; net × one factor is another number (信息项), tCO2."""
    return total(transfer_co2)
