"""What an airline or an airport files: the register of its operations, and each month's fuel, energy and traffic."""

from tanzhi.rulebook.kernel import Text

from .base import AIRCRAFT, AVIATION_FUELS, GROUND_FUELS, KINDS, NDRC, SUPPLEMENT, civil_aviation

FLIGHT_RECORD = Text("飞行任务书、航空燃油消耗统计表", "Flight records and the statistics of aviation fuel")
BILL = Text("加油单", "Fuelling bills")
LEDGER = Text("购销存台账", "Ledger of purchases, sales and stock")
INVOICE = Text("结算发票", "Invoices")
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


@civil_aviation.choice(
    level="fuel", label=Text("地面燃料品种", "Fuel on the ground"), form="month", options=GROUND_FUELS, required=True
)
def fuel():
    """Kind of fuel that vehicles, boilers and other facilities burn (地面活动燃料品种)."""


@civil_aviation.input(
    "t",
    level="fuel",
    decimals=2,
    label=Text("消耗量（气体为万Nm³）", "Consumption (gas: 10⁴ Nm³)"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
)
def fuel_consumption():
    """Fuel burned on the ground in the month (消耗量), t, or 10^4 Nm3 of a gas."""


@civil_aviation.input(
    "GJ/t",
    level="fuel",
    decimals=3,
    label=Text("收到基低位发热量", "Net calorific value"),
    form="month",
    minimum="0",
    evidence=TEST,
)
def net_calorific_value():
    """Net calorific value as received where it was tested (收到基低位发热量), GJ/t, or GJ/10^4Nm3."""


# --- bought energy -------------------------------------------------------------------------------------


def energy(name: str, unit: str, label: Text, meaning: str, decimals: int) -> None:
    """Electricity or heat that was bought or sold in the month."""

    def rule() -> None:
        """Set below."""

    rule.__name__, rule.__doc__ = name, meaning
    civil_aviation.input(
        unit,
        level="month",
        decimals=decimals,
        label=label,
        form="month",
        minimum="0",
        evidence=INVOICE,
        law=NDRC,
    )(rule)


energy(
    "electricity_bought", "MWh", Text("购入电量", "Electricity bought"), "Electricity bought (购入电量).", decimals=3
)
energy("electricity_sold", "MWh", Text("外销电量", "Electricity sold"), "Electricity sold (外销电量).", decimals=3)
energy("heat_bought", "GJ", Text("购入热量", "Heat bought"), "Heat bought (购入热量), GJ.", decimals=2)
energy("heat_sold", "GJ", Text("外销热量", "Heat sold"), "Heat sold (外销热量), GJ.", decimals=2)

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
