"""What every industry files of a fossil fuel: its kind, how much was used, its tested heat, and the stock beside it."""

from collections.abc import Mapping

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.rules import Validity

KIND = Text("燃料品种", "Fuel")
CONSUMED = Text("消耗量（气体为万Nm³）", "Consumption (gas: 10⁴ Nm³)")


def add_fuel_kind(
    guideline: Guideline,
    options: Mapping[str, Text],
    since: int | None = None,
    until: int | None = None,
    label: Text = KIND,
) -> None:
    """The fuels that a guideline's tables know, in the years of the tables."""

    def fuel():
        """Kind of fossil fuel (化石燃料品种)."""

    fuel.__name__ = f"fuel_since_{since}" if since else "fuel"
    ends: Validity = {"until": until} if until else {}
    guideline.choice(level="fuel", label=label, form="month", options=options, required=True, **ends)(fuel)


def add_fuel_consumption(guideline: Guideline, evidence: Text, label: Text = CONSUMED, law: str = "") -> None:
    """How much was burned; whoever asks for a balance of inputs says so by the label."""

    @guideline.input(
        "t",
        level="fuel",
        decimals=2,
        label=label,
        form="month",
        minimum="0",
        required=True,
        evidence=evidence,
        law=law,
    )
    def fuel_consumption():
        """Fuel used in the month as received (消耗量), t, or 10^4 Nm3 of a gas; two decimals [M-low]."""


def add_net_calorific_value(guideline: Guideline, evidence: Text | None = None, law: str = "") -> None:
    """Heat as received where a laboratory tested it."""

    @guideline.input(
        "GJ/t",
        level="fuel",
        decimals=3,
        label=Text("收到基低位发热量", "Net calorific value"),
        form="month",
        minimum="0",
        evidence=evidence,
        law=law,
    )
    def net_calorific_value():
        """Net calorific value as received where it was tested (收到基低位发热量), GJ/t, or GJ/10^4Nm3."""


def add_opening_stock(guideline: Guideline) -> None:
    """Stock and receipts, which stand before what was sold."""

    @guideline.input("t", level="fuel", decimals=2, label=Text("期初库存", "Opening stock"), form="month", minimum="0")
    def opening_stock():
        """Stock at the beginning of the month (期初库存), t."""

    @guideline.input("t", level="fuel", decimals=2, label=Text("购入量", "Received"), form="month", minimum="0")
    def received():
        """Fuel received in the month (购入量), t."""


def add_closing_stock(guideline: Guideline) -> None:
    """What was sold, and the stock that is left."""

    @guideline.input(
        "t", level="fuel", decimals=2, label=Text("外销及其他", "Sold or other use"), form="month", minimum="0"
    )
    def sold():
        """Fuel sold or used elsewhere (外销及其他使用量), t."""

    @guideline.input("t", level="fuel", decimals=2, label=Text("期末库存", "Closing stock"), form="month", minimum="0")
    def closing_stock():
        """Stock at the end of the month (期末库存), t."""
