"""Energy efficiency and clean heat: what is no longer burnt or drawn."""

from tanzhi.rulebook.kernel import Text, given

from .base import GUIDE, finance

EFFICIENCY, HEAT = "efficiency", "heat"


@finance.input("tce", level="project", label=Text("年节约燃料", "Fuel saved"), form=EFFICIENCY, minimum="0")
def fuel_saved():
    """Fuel saved in a year without electricity and heat (年节约燃料折标准煤), tce."""


@finance.input("MWh", level="project", label=Text("年节约电力", "Power saved"), form=EFFICIENCY, minimum="0")
def power_saved():
    """Electricity saved in a year (年节电量), MWh."""


@finance.input("GJ", level="project", label=Text("年节约热力", "Heat saved"), form=EFFICIENCY, minimum="0")
def heat_saved():
    """Heat saved in a year (年节热量), GJ."""


@finance.quantity("t", level="project", label=Text("节约燃料减排量", "Reduction of the fuel"), law=GUIDE)
def fuel_reduction(fuel_saved, coal_factor):
    """Fuel × 2.66 (节约燃料减排量), tCO2."""
    return fuel_saved * coal_factor


@finance.quantity("t", level="project", label=Text("节约电力减排量", "Reduction of the power saved"), law=GUIDE)
def power_reduction(power_saved, average_factor):
    """Electricity × the average factor, not the combined margin (节电减排量), tCO2."""
    return power_saved * average_factor


@finance.quantity("t", level="project", label=Text("节约热力减排量", "Reduction of the heat saved"), law=GUIDE)
def heat_saved_reduction(heat_saved, heat_factor):
    """Heat × 0.11 (节热减排量), tCO2."""
    return heat_saved * heat_factor


@finance.quantity("t", level="project", label=Text("节能减排量", "Reduction of the savings"), law=GUIDE)
def efficiency_reduction(fuel_reduction=None, power_reduction=None, heat_saved_reduction=None):
    """Fuel, electricity and heat together (节能减排量), tCO2 a year."""
    return given(fuel_reduction, 0) + given(power_reduction, 0) + given(heat_saved_reduction, 0)


@finance.input("GJ", level="project", label=Text("年供热量", "Heat supplied"), form=HEAT, minimum="0", required=True)
def heat_supplied():
    """Heat that geothermal energy or heat pumps supply in a year (年供热量), GJ."""


@finance.input(
    "%", level="project", label=Text("被替代锅炉效率", "Efficiency of the boiler displaced"), form=HEAT,
    minimum="1", maximum="100", required=True,
)  # fmt: skip
def boiler_efficiency():
    """Efficiency of the boiler whose heat is displaced (被替代锅炉效率), %."""


@finance.input("MWh", level="project", label=Text("年耗电量", "Power used"), form=HEAT, minimum="0", required=True)
def pump_power():
    """Electricity that pumps and compressors draw in a year (年耗电量), MWh."""


@finance.quantity("t", level="project", label=Text("供热减排量", "Reduction of the heat"), law=GUIDE)
def heat_reduction(heat_supplied, boiler_efficiency, pump_power, heat_factor, average_factor):
    """Heat × 0.11 ÷ boiler efficiency − power × average factor (清洁供热减排量), tCO2 a year."""
    return heat_supplied * heat_factor / (boiler_efficiency / 100) - pump_power * average_factor
