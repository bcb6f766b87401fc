"""A made-up guideline of one page: all that a new sector needs is a module like this one, and its tables."""

from decimal import Decimal
from pathlib import Path

from tanzhi.rulebook.kernel import (
    FLOOR,
    Guideline,
    Level,
    Parameters,
    Text,
    chosen,
    given,
    others,
    total,
    weighted_mean,
    where,
)

bakery = Guideline(
    "bakery",
    title=Text("面包房核算指南", "Bakery guideline"),
    levels={
        "bakery": Level("bakeries", Text("面包房", "Bakery")),
        "oven": Level("ovens", Text("烤炉", "Oven")),
        "month": "months",
        "flour": Level("flours", Text("面粉", "Flour")),
    },
    parameters=Parameters.load(Path(__file__).parent / "bakery_tables" / "bakery"),
)


@bakery.input(
    "m2", level="oven", decimals=1, label=Text("炉面积", "Oven area"), form="oven", minimum="0", required=True
)
def oven_area():
    """Area of the oven's floor (炉面积)."""


@bakery.choice(
    level="oven", label=Text("规模", "Size"), options={"large": Text("大", "Large"), "small": Text("小", "Small")}
)
def size(oven_area):
    """Size class of the oven (规模)."""
    return where(oven_area < 10, "small", "large")


@bakery.choice(
    level="flour",
    form="month",
    label=Text("面粉种类", "Kind of flour"),
    options={"wheat": Text("小麦粉", "Wheat"), "rye": Text("黑麦粉", "Rye"), "spelt": Text("斯佩尔特小麦粉", "Spelt")},
)
def flour():
    """Kind of flour (面粉种类)."""


@bakery.input(
    "t",
    level="flour",
    decimals=2,
    label=Text("面粉用量", "Flour used"),
    form="month",
    minimum="0",
    maximum="1000",
    required=True,
    evidence=Text("领料单", "Stores slip"),
)
def flour_used():
    """Flour used in the month (面粉用量)."""


@bakery.input(
    "%", level="flour", decimals=1, label=Text("含水率", "Moisture"), form="month", minimum="0", maximum="100"
)
def moisture():
    """Moisture of the flour (含水率)."""


@bakery.text(level="oven", label=Text("炉号牌", "Plate"), form="oven")
def plate():
    """What stands on the oven's plate (炉号牌)."""


@bakery.date(level="oven", label=Text("投用日期", "In use since"), form="oven")
def in_use_since():
    """The day of its first fire (投用日期)."""


@bakery.quantity("t", level="flour", decimals=3, label=Text("干面粉", "Dry flour"), law="Bakers' rule, (1)")
def dry_flour(flour_used, moisture=None):
    """Flour without its water (干面粉); unmeasured flour counts as dry."""
    return flour_used * (100 - given(moisture, 0)) / 100


@bakery.quantity("tCO2", level="flour", decimals=2, label=Text("烘焙排放", "Baking emission"), law="Bakers' rule, (2)")
def baking_emission(dry_flour, baking_factor):
    """CO2 from baking one flour in one month (烘焙排放)."""
    return dry_flour * baking_factor


@bakery.quantity("tCO2", level="oven", decimals=0, label=Text("烤炉排放", "Oven emission"), law="Bakers' rule, (3)")
def oven_emission(baking_emission, oven_loss):
    """CO2 of an oven in a year (烤炉排放), with its loss."""
    return total(baking_emission) * (100 + oven_loss) / 100


@bakery.quantity("%", level="oven", decimals=1, label=Text("平均含水率", "Mean moisture"))
def mean_moisture(moisture, flour_used):
    """Moisture of the year, by flour used (平均含水率)."""
    return weighted_mean(moisture, flour_used)


@bakery.quantity("tCO2", level="oven", decimals=0, rounding=FLOOR, label=Text("配额", "Allowance"), law="Bakers' plan")
def allowance_since_2023(oven_emission):
    """Nine tenths of the emission (配额)."""
    return oven_emission * Decimal("0.9")


@bakery.quantity("tCO2", level="oven", decimals=0, rounding=FLOOR, label=Text("配额", "Allowance"), status="draft")
def allowance_since_2025(oven_emission):
    """Eight tenths, by a draft (配额)."""
    return oven_emission * Decimal("0.8")


@bakery.check(
    "BAK-1",
    severity="question",
    level="flour",
    fields=("moisture",),
    message=Text("含水率为{found}，湿度异常", "moisture is {found}, which is unusual"),
    expected=Text("低于20%", "below 20%"),
    remedy=Text("请核对单位", "Check the unit"),
    law="Bakers' rule, 7",
)
def flour_is_wet(moisture):
    """Wet flour (湿面粉)."""
    return moisture >= 20


@bakery.check(
    "BAK-2",
    severity="question",
    level="oven",
    fields=("baking_emission",),
    message=Text("{found}，与其余项相差过大", "{found} is far from the others"),
    expected=Text("其余项均值的{jump_threshold}倍以内", "within {jump_threshold} times the mean of the others"),
)
def emission_jumps(baking_emission, jump_threshold):
    """One flour of a month against the mean of the others (突变)."""
    return baking_emission > jump_threshold * others(baking_emission)


@bakery.check(
    "BAK-3",
    severity="note",
    level="oven",
    message=Text("{found}：{place}用了黑麦粉", "{found}: rye was used at {place}"),
    expected=Text("无黑麦粉", "no rye"),
)
def rye_is_used_since_2024(flour):
    """Rye in use (黑麦)."""
    return chosen(flour, "rye")


bakery.seal()
