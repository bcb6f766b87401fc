"""What a petrochemical enterprise files: the register of its plants, and each month's fuel, coke, feed and flares."""

from typing import Any

from tanzhi.rulebook.accounting.ndrc import add_family_fuel
from tanzhi.rulebook.accounting.process_plants import LEDGER, TEST, add_feeds, add_fuel_origin, add_products
from tanzhi.rulebook.kernel import Text

from .base import FEEDS, NDRC, PLANTS, PRODUCTS, petrochemical

METER = Text("计量与操作记录", "Meter and operating records")

# --- register ------------------------------------------------------------------------------------------


@petrochemical.choice(
    level="plant", label=Text("装置类别", "Kind of plant"), form="register", required=True, options=PLANTS
)
def plant_kind():
    """Kind of process plant, or utilities with the flares (装置类别)."""


@petrochemical.choice(
    level="plant",
    label=Text("属原油加工边界", "Within crude oil processing"),
    form="register",
    required=True,
    options={"yes": Text("是", "Yes"), "no": Text("否", "No")},
)
def within_crude_processing():
    """Whether the plant belongs to the refinery of the supplementary table (属补充数据原油加工边界)."""


# --- production of a month -----------------------------------------------------------------------------


@petrochemical.input(
    "t",
    level="month",
    decimals=2,
    label=Text("装置加工量", "Feed processed"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
)
def feed_processed():
    """What the plant processed in the month (装置加工量), t; 0 of utilities."""


@petrochemical.input(
    "h", level="month", decimals=2, label=Text("运行小时数", "Running hours"), form="month", minimum="0", required=True
)
def running_hours():
    """Hours in which the plant ran (运行小时数), h."""


def filed(name: str, unit: str, label: Text, meaning: str, decimals: int, **terms: Any) -> None:
    """A number of a plant's month, or of a flare."""

    def rule() -> None:
        """Set below."""

    rule.__name__, rule.__doc__ = name, f"{meaning} ({label.zh}), {unit}."
    declared: dict[str, Any] = {"level": "month", "form": "month", "minimum": "0", "evidence": METER, "law": NDRC}
    petrochemical.input(unit, label=label, decimals=decimals, **(declared | terms))(rule)


filed(
    "crude_processed",
    "t",
    Text("原油加工量", "Crude oil processed"),
    "Crude oil processed by crude distillation",
    decimals=2,
)
filed("hydrogen_output", "t", Text("氢气产量", "Hydrogen made"), "Hydrogen made by a hydrogen plant", decimals=2)

# continuous and intermittent burn-off
filed("coke_burned", "t", Text("烧焦量", "Coke burned off"), "Coke burned off catalysts or in fluid coking", decimals=2)
filed(
    "coke_carbon",
    "%",
    Text("焦层含碳量", "Carbon in coke"),
    "Carbon in the coke, blank takes the default",
    decimals=2,
    maximum="100",
)
filed(
    "catalyst",
    "t",
    Text("待再生催化剂量", "Catalyst regenerated"),
    "Catalyst that was regenerated from time to time",
    decimals=2,
)
filed(
    "carbon_before",
    "%",
    Text("再生前含碳量", "Carbon before regeneration"),
    "Carbon on the catalyst before",
    decimals=2,
    maximum="99.99",
)
filed(
    "carbon_after",
    "%",
    Text("再生后含碳量", "Carbon after regeneration"),
    "Carbon on the catalyst after",
    decimals=2,
    maximum="99.99",
)

# asphalt, decoking
filed("asphalt_output", "t", Text("氧化沥青产量", "Oxidised asphalt made"), "Oxidised asphalt made", decimals=2)
filed("decoking_flow", "Nm3/h", Text("炉管烧焦尾气流量", "Tail gas of decoking"), "Tail gas of decoking", decimals=2)
filed("decoking_hours", "h", Text("炉管烧焦时间", "Hours of decoking"), "Hours of decoking", decimals=2)
filed("decoking_dioxide", "%", Text("尾气二氧化碳浓度", "CO2 in tail gas"), "CO2 by volume", decimals=2, maximum="100")
filed("decoking_monoxide", "%", Text("尾气一氧化碳浓度", "CO in tail gas"), "CO by volume", decimals=2, maximum="100")

# --- fuel and carbon balances --------------------------------------------------------------------------

add_family_fuel(petrochemical, LEDGER, TEST)
add_fuel_origin(petrochemical, NDRC)
add_feeds(petrochemical, FEEDS, NDRC)
add_products(petrochemical, PRODUCTS, NDRC)

# --- flares --------------------------------------------------------------------------------------------

filed(
    "flare_gas",
    "10^4 Nm3",
    Text("火炬气量", "Flare gas"),
    "Gas that a flare burned",
    decimals=2,
    level="flare",
    required=True,
)
filed(
    "flare_carbon",
    "tC/10^4 Nm3",
    Text("火炬气非二氧化碳含碳量", "Carbon of flare gas"),
    "Carbon but for CO2",
    decimals=4,
    level="flare",
    required=True,
)
filed(
    "flare_dioxide",
    "%",
    Text("火炬气二氧化碳浓度", "CO2 in flare gas"),
    "CO2 by volume",
    decimals=2,
    level="flare",
    required=True,
    maximum="100",
)
filed(
    "event_flow",
    "10^4 Nm3/h",
    Text("事故火炬气流量", "Flow of gas in an accident"),
    "Mean flow",
    decimals=4,
    level="flare_event",
    required=True,
)
filed(
    "event_hours",
    "h",
    Text("事故持续时间", "Hours of an accident"),
    "Duration",
    decimals=2,
    level="flare_event",
    required=True,
)
filed(
    "carbon_number",
    "1",
    Text("平均碳原子数", "Mean carbon number"),
    "Carbon atoms by molecule",
    decimals=4,
    level="flare_event",
)
