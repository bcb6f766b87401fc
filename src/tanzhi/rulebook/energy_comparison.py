"""Energy of plants and of statistics in coal equivalent (折标准煤), so that kinds of energy can be added up.

One record is a group of kinds of energy in a region's year: coal and coke, oil, gas, electricity. Both sides of a
comparison go by one table. What has no value in it is not determinable: whoever adds up leaves it out and says so. No
sum holds by-product gas, which was made of other energy. Amounts are in the unit of their kind: t, 10^4 Nm3, MWh; coal
equivalents are rounded to 0.01 tce plant by plant, so that what is shown adds up.
"""

from typing import Any

from tanzhi.rulebook.checks.cross.energy import ITEMS
from tanzhi.rulebook.kernel import Guideline, Level, Text, total

LAW = "GB/T 2589"
FORM = "energy_comparison"

energy_comparison = Guideline(
    "energy_comparison",
    title=Text("能源统计核对", "Energy beside the statistics"),
    levels={
        "group": Level("groups", Text("能源类别", "Group")),
        "energy": Level("energies", Text("能源品种", "Kind of energy")),
        "plant": Level("plants", Text("单位", "Plant")),
    },
)


@energy_comparison.choice(
    level="energy",
    label=Text("能源品种", "Kind of energy"),
    form=FORM,
    options={code: item.label for code, item in ITEMS.items()},
    required=True,
    law=LAW,
)
def energy() -> None:
    """Kind of energy of form 205-1 (能源品种)."""


@energy_comparison.input(
    "t", level="energy", decimals=6, label=Text("地区能源统计", "Statistics"), form=FORM, minimum="0"
)
def stated_amount() -> None:
    """What the region's statistics say of the kind in the year (地区能源统计), in its unit; blank: not recorded."""


@energy_comparison.input("t", level="plant", decimals=6, label=Text("单位报送", "Plant's report"), form=FORM)
def filed_amount() -> None:
    """What a plant filed of the kind in the year (单位报送), in its unit; sold electricity counts below zero."""


@energy_comparison.quantity(
    "tce", level="plant", decimals=2, label=Text("单位报送折标准煤", "Plant's report in coal equivalent"), law=LAW
)
def plant_coal_equivalent(filed_amount: Any, coal_equivalent_factor: Any) -> Any:
    """Amount × coal equivalent of the kind (单位报送折标准煤), tce."""
    return filed_amount * coal_equivalent_factor


@energy_comparison.quantity(
    "tce", level="energy", decimals=2, label=Text("报送折标准煤", "Reports in coal equivalent"), law=LAW
)
def filed_coal_equivalent(plant_coal_equivalent: Any) -> Any:
    """All plants of the region together (报送折标准煤), tce."""
    return total(plant_coal_equivalent)


@energy_comparison.quantity(
    "tce", level="energy", decimals=2, label=Text("统计折标准煤", "Statistics in coal equivalent"), law=LAW
)
def stated_coal_equivalent(stated_amount: Any, coal_equivalent_factor: Any) -> Any:
    """Amount × coal equivalent of the kind (统计折标准煤), tce."""
    return stated_amount * coal_equivalent_factor


@energy_comparison.quantity(
    "tce", level="group", decimals=2, label=Text("本类报送折标准煤", "Group's reports in coal equivalent"), law=LAW
)
def group_filed(filed_coal_equivalent: Any) -> Any:
    """All kinds of the group together (本类报送折标准煤), tce."""
    return total(filed_coal_equivalent)


@energy_comparison.quantity(
    "tce", level="group", decimals=2, label=Text("本类统计折标准煤", "Group's statistics in coal equivalent"), law=LAW
)
def group_stated(stated_coal_equivalent: Any) -> Any:
    """All kinds of the group together (本类统计折标准煤), tce."""
    return total(stated_coal_equivalent)


energy_comparison.seal()
