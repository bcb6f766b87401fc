"""Carbon capture and green hydrogen."""

from tanzhi.rulebook.kernel import Text, given

from .base import GUIDE, finance

CCUS, HYDROGEN = "ccus", "hydrogen"
ROUTES = {"coal": Text("煤制氢", "from coal"), "gas": Text("天然气制氢", "from natural gas")}


@finance.input("t", level="project", label=Text("年捕集量", "CO2 captured"), form=CCUS, minimum="0", required=True)
def captured():
    """CO2 captured and stored in a year (年捕集封存量), t; oil displaced by flooding earns nothing."""


@finance.input("t", level="project", label=Text("年泄漏量", "Leakage"), form=CCUS, minimum="0")
def leakage():
    """CO2 lost in transport and storage in a year (年泄漏量), t."""


@finance.input("MWh", level="project", label=Text("捕集耗电", "Power of the capture"), form=CCUS, minimum="0")
def capture_power():
    """Electricity that capture, compression and transport draw in a year (捕集耗电量), MWh."""


@finance.input("GJ", level="project", label=Text("捕集耗热", "Heat of the capture"), form=CCUS, minimum="0")
def capture_heat():
    """Heat of regeneration drawn in a year (捕集耗热量), GJ."""


@finance.quantity("t", level="project", label=Text("能耗惩罚", "Energy penalty"), law=GUIDE)
def energy_penalty(average_factor, heat_factor, capture_power=None, capture_heat=None):
    """Power × average factor + heat × 0.11 (捕集能耗排放), tCO2."""
    power, heat = capture_power, capture_heat
    return given(power * average_factor, 0) + given(heat * heat_factor, 0)


@finance.quantity("t", level="project", label=Text("捕集减排量", "Reduction of the capture"), law=GUIDE)
def ccus_reduction(captured, energy_penalty, leakage=None):
    """Captured − leakage − energy penalty (捕集封存减排量), tCO2 a year."""
    return captured - given(leakage, 0) - energy_penalty


@finance.choice(
    level="project", label=Text("被替代制氢路线", "Hydrogen displaced"), form=HYDROGEN, options=ROUTES, required=True
)
def hydrogen_route():
    """How the hydrogen that is displaced would have been made (被替代制氢路线)."""


@finance.input("t", level="project", label=Text("年产氢量", "Hydrogen"), form=HYDROGEN, minimum="0", required=True)
def hydrogen_output():
    """Hydrogen made in a year (年产氢量), t."""


@finance.input("MWh", level="project", label=Text("年下网电量", "Power from the grid"), form=HYDROGEN, minimum="0")
def grid_power():
    """Electricity drawn from the grid in a year, own wind and sun not counted (年下网电量), MWh."""


@finance.quantity("t", level="project", label=Text("绿氢减排量", "Reduction of the hydrogen"), law="CCER-01-004-V01")
def hydrogen_reduction(hydrogen_output, hydrogen_displaced, average_factor, grid_power=None):
    """Hydrogen × what is displaced − grid power × average factor (绿氢减排量), tCO2 a year."""
    return hydrogen_output * hydrogen_displaced - given(grid_power * average_factor, 0)
