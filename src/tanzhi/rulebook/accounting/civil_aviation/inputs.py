"""What an airline or an airport files: the register of its operations, and each month's fuel, energy and traffic."""

from tanzhi.rulebook.accounting.fuels import add_fuel_consumption, add_fuel_kind, add_net_calorific_value
from tanzhi.rulebook.kernel import Text

from .base import AIRCRAFT, AVIATION_FUELS, GROUND_FUELS, KINDS, SUPPLEMENT, civil_aviation

FLIGHT_RECORD = Text("飞行任务书、航空燃油消耗统计表", "Flight records and the statistics of aviation fuel")
BILL = Text("加油单", "Fuelling bills")
LEDGER = Text("购销存台账", "Ledger of purchases, sales and stock")
TEST = Text("检测报告", "Laboratory report")

# --- register ------------------------------------------------------------------------------------------


@civil_aviation.choice(
    level="operation", label=Text("运营单元类别", "Kind of operation"), form="register", required=True, options=KINDS
)
def operation_kind():
    """Flights, what an airline burns on the ground, or an airport (运营单元类别)."""


@civil_aviation.input(
    "1", level="operation", decimals=0, label=Text("运营飞机数", "Aircraft"), form="register", minimum="0"
)
def aircraft_operated():
    """Aircraft that fly for the enterprise (运营飞机数)."""


@civil_aviation.input(
    "10^4 m2",
    level="operation",
    decimals=2,
    label=Text("航站楼及办公面积", "Terminal and office area"),
    form="register",
    minimum="0",
    law=SUPPLEMENT,
)
def terminal_area():
    """Area of an airport's terminals and offices (航站楼及办公面积), 10^4 m2."""


# --- traffic of a month --------------------------------------------------------------------------------


@civil_aviation.input(
    "h",
    level="month",
    decimals=2,
    label=Text("飞行小时", "Flight hours"),
    form="month",
    minimum="0",
    evidence=FLIGHT_RECORD,
)
def flight_hours():
    """Hours flown by all aircraft together (飞行小时), h; blank of other operations."""


@civil_aviation.input(
    "10^4 t km",
    level="month",
    decimals=2,
    label=Text("运输总周转量", "Transport turnover"),
    form="month",
    minimum="0",
)
def transport_turnover():
    """Turnover of passengers, freight and mail on all routes (运输总周转量), 10^4 t km."""


@civil_aviation.input(
    "t",
    level="month",
    decimals=2,
    label=Text("机场吞吐量", "Throughput of the airport"),
    form="month",
    minimum="0",
    law=SUPPLEMENT,
)
def throughput():
    """Passengers, freight and mail of an airport as a mass (机场吞吐量), t."""


# --- aviation fuel -------------------------------------------------------------------------------------


@civil_aviation.choice(
    level="aviation_fuel",
    label=Text("航空燃料品种", "Aviation fuel"),
    form="month",
    options=AVIATION_FUELS,
    required=True,
)
def aviation_fuel():
    """Kind of fuel burned in flight (航空燃料品种)."""


@civil_aviation.input(
    "t",
    level="aviation_fuel",
    decimals=2,
    label=Text("飞行消耗量", "Burned in flight"),
    form="month",
    minimum="0",
    required=True,
    evidence=FLIGHT_RECORD,
)
def aviation_consumption():
    """Fuel burned on domestic and international flights, with auxiliary power units (飞行燃油消耗量), t."""


@civil_aviation.input(
    "t",
    level="aviation_fuel",
    decimals=2,
    label=Text("加油单加注量", "Fuelled by the bills"),
    form="month",
    minimum="0",
    evidence=BILL,
)
def fuelled():
    """Fuel filled into the aircraft as the bills say (加油单加注量), t; compared only."""


@civil_aviation.input(
    "GJ/t",
    level="aviation_fuel",
    decimals=3,
    label=Text("航空燃料低位发热量", "Net calorific value of aviation fuel"),
    form="month",
    minimum="0",
    evidence=TEST,
)
def aviation_heat():
    """Net calorific value where it was tested (低位发热量), GJ/t; blank takes the default."""


@civil_aviation.input(
    "%",
    level="aviation_fuel",
    decimals=2,
    label=Text("生物质比例", "Share of biomass"),
    form="month",
    minimum="0",
    maximum="100",
    evidence=Text("混合燃料采购凭证", "Proof of purchase of the blend"),
)
def biomass_share():
    """Share of biomass in a blended fuel (生物质混合燃料中的生物质含量), %; blank is none."""


# --- fuel on the ground --------------------------------------------------------------------------------

add_fuel_kind(civil_aviation, GROUND_FUELS, label=Text("地面燃料品种", "Fuel on the ground"))
add_fuel_consumption(civil_aviation, evidence=LEDGER)
add_net_calorific_value(civil_aviation, evidence=TEST)

# --- supplementary data: domestic commercial flights ---------------------------------------------------


@civil_aviation.choice(
    level="aircraft",
    label=Text("机型类别", "Class of aircraft"),
    form="month",
    options=AIRCRAFT,
    required=True,
    law=SUPPLEMENT,
)
def aircraft():
    """Class of aircraft on domestic commercial flights (机型类别)."""


@civil_aviation.input(
    "t",
    level="aircraft",
    decimals=2,
    label=Text("国内商业航段燃油", "Fuel of domestic commercial flights"),
    form="month",
    minimum="0",
    required=True,
    evidence=FLIGHT_RECORD,
    law=SUPPLEMENT,
)
def domestic_fuel():
    """Jet kerosene of domestic commercial flights, with auxiliary power, without maintenance (国内航段燃油), t."""


@civil_aviation.input(
    "10^4 t km",
    level="aircraft",
    decimals=2,
    label=Text("国内商业航段周转量", "Turnover of domestic commercial flights"),
    form="month",
    minimum="0",
    required=True,
    law=SUPPLEMENT,
)
def domestic_turnover():
    """Turnover of domestic commercial flights (国内航段运输周转量), 10^4 t km."""
