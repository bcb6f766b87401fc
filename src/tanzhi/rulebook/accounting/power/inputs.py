"""What a power plant files: the register of its units, and each month's fuel and production."""

from tanzhi.rulebook.accounting.fuels import (
    CONSUMED,
    add_closing_stock,
    add_fuel_kind,
    add_net_calorific_value,
    add_opening_stock,
)
from tanzhi.rulebook.kernel import Text

from .base import BANDS, BOILERS, COALS, GASES, OILS, V02, V04, power

REPORT = Text("元素碳检测报告（CMA/CNAS）", "Laboratory report on carbon (CMA/CNAS)")
METER = Text("计量器具记录", "Meter log")

# --- register: attributes of a unit ------------------------------------------------------------------


@power.input(
    "MW", level="unit", decimals=0, label=Text("装机容量", "Rated power"), form="register", minimum="1", required=True
)
def rated_power():
    """Rated power of the generator as approved (装机容量), MW. CETS-VG-01.01-V02-2026."""


@power.choice(
    level="unit",
    label=Text("主要燃料", "Main fuel"),
    form="register",
    required=True,
    options={
        "conventional_coal": Text("常规燃煤", "Conventional coal"),
        "unconventional_coal": Text("非常规燃煤", "Unconventional coal"),
        "gas": Text("燃气", "Gas"),
        "other": Text("其他", "Other"),
    },
)
def main_fuel():
    """Fuel that gives most of the unit's heat in a year (主要燃料)."""


@power.choice(
    level="unit",
    label=Text("锅炉类型", "Boiler type"),
    form="register",
    options=BOILERS,
)
def boiler_type():
    """Kind of boiler (锅炉类型); a fluidised bed makes the unit class III."""


@power.choice(
    level="unit",
    label=Text("供热方式", "Heat supply"),
    form="register",
    required=True,
    options={"condensing": Text("纯凝", "Condensing"), "cogeneration": Text("热电联产", "Cogeneration")},
)
def heat_supply():
    """Whether the unit supplies heat (供热方式); any heat at all makes a coal unit cogeneration."""


@power.choice(
    level="unit",
    label=Text("冷却方式", "Cooling"),
    form="register",
    options={
        "water": Text("水冷", "Water"),
        "air": Text("空冷", "Air"),
        "back_pressure": Text("背压", "Back pressure"),
    },
)
def cooling():
    """How the condenser is cooled (汽轮机冷却方式)."""


@power.input("m", level="enterprise", decimals=0, since=2026, label=Text("海拔", "Altitude"), form="register", law=V04)
def altitude():
    """Altitude of the operating site (海拔高度), m; asked for since data year 2026."""


@power.choice(
    level="enterprise", since=2026, label=Text("海拔档", "Altitude band"), form="register", options=BANDS, law=V04
)
def altitude_band():
    """Band of altitude for the oxidation rate (海拔分档); the bands' limits are the national database's, not ours."""


# --- fuel of a month -----------------------------------------------------------------------------------


add_fuel_kind(power, COALS | OILS | GASES)


@power.input(
    "t",
    level="fuel",
    decimals=2,
    label=CONSUMED,
    form="month",
    minimum="0",
    required=True,
    evidence=METER,
    law=f"{V02}, (1)",
)
def fuel_consumption():
    """Fuel burned in the month (消耗量), t, or 10^4 Nm3 of a gas; two decimals [M-low]."""


@power.input(
    "%",
    level="fuel",
    decimals=2,
    label=Text("空干基元素碳", "Carbon, air-dried"),
    form="month",
    minimum="0",
    maximum="100",
    evidence=REPORT,
)
def carbon_air_dried():
    """Elemental carbon on the air-dried basis (空干基元素碳含量), % of mass, from the laboratory."""


@power.input(
    "%",
    level="fuel",
    decimals=2,
    label=Text("空干基水分", "Moisture, air-dried"),
    form="month",
    minimum="0",
    maximum="99.99",
)
def moisture_air_dried():
    """Moisture of the laboratory's air-dried sample (空干基水分), %, from the same report."""


@power.input(
    "%",
    level="fuel",
    decimals=2,
    label=Text("干燥基元素碳", "Carbon, dry"),
    form="month",
    minimum="0",
    maximum="100",
    evidence=REPORT,
)
def carbon_dry():
    """Elemental carbon on the dry basis (干燥基元素碳含量), %."""


@power.input(
    "%",
    level="fuel",
    decimals=2,
    label=Text("收到基水分", "Moisture, as received"),
    form="month",
    minimum="0",
    maximum="99.99",
)
def moisture_as_received():
    """Total moisture measured by the emitter itself (收到基水分), %, weighted by daily coal."""


@power.input(
    "%",
    level="fuel",
    decimals=2,
    label=Text("空干基灰分", "Ash, air-dried"),
    form="month",
    minimum="0",
    maximum="99.99",
)
def ash_air_dried():
    """Ash of the air-dried sample (空干基灰分), %; used to judge whether the carbon is plausible."""


@power.input(
    "tC/t",
    level="fuel",
    decimals=4,
    label=Text("收到基元素碳（直接填报）", "Carbon as received (stated)"),
    form="month",
    minimum="0",
    evidence=REPORT,
)
def carbon_as_received():
    """Carbon as received as stated (收到基元素碳含量), tC/t; of a gas tC/10^4Nm3, the mean of its tests."""


add_net_calorific_value(power)
add_opening_stock(power)


@power.input("t", level="fuel", decimals=2, label=Text("发票量", "Invoiced"), form="month", minimum="0")
def invoiced():
    """Fuel received in the month as invoiced (结算发票量), t; compared with what was weighed."""


add_closing_stock(power)


# --- production of a month -------------------------------------------------------------------------------


@power.input(
    "MWh",
    level="month",
    decimals=3,
    label=Text("发电量", "Generation"),
    form="month",
    minimum="0",
    required=True,
    evidence=METER,
)
def generation():
    """Gross generation by the generator-end meter (发电量), MWh; without standby diesel."""


@power.input(
    "h", level="month", decimals=2, label=Text("运行小时数", "Running hours"), form="month", minimum="0", required=True
)
def running_hours():
    """Hours in operation (运行小时数), h; of merged units weighted by rated power."""


@power.input("MWh", level="month", decimals=3, label=Text("厂用电量", "Auxiliary power"), form="month", minimum="0")
def auxiliary_power():
    """Power used by the plant itself (厂用电量), MWh; needed for power supplied, data years to 2022."""


@power.input(
    "MWh",
    level="month",
    decimals=3,
    label=Text("供热专用厂用电量", "Auxiliary power for heat"),
    form="month",
    minimum="0",
)
def heat_auxiliary_power():
    """Part of the auxiliary power that serves heat only (供热专用厂用电量), MWh."""


@power.input(
    "MWh",
    level="month",
    decimals=3,
    label=Text("购入使用电量", "Purchased electricity"),
    form="month",
    minimum="0",
    until=2025,
)
def purchased_electricity():
    """Electricity bought for the power installation (购入电量), MWh; an auxiliary item only from 2026."""


@power.input(
    "MWh",
    level="month",
    decimals=3,
    label=Text("转供电量", "Electricity passed on"),
    form="month",
    minimum="0",
    until=2025,
)
def electricity_passed_on():
    """Of the electricity bought, what others used (转供电量), MWh; blank is none."""
