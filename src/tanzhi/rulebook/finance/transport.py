"""Clean vehicles: fuel no longer burnt, less the electricity drawn."""

from tanzhi.rulebook.kernel import Text

from .base import GUIDE, finance

FORM = "transport"


@finance.input(
    "1", level="project", decimals=0, label=Text("车辆数", "Vehicles"), form=FORM, minimum="0", required=True
)
def vehicles():
    """Number of vehicles (车辆数)."""


@finance.input(
    "km", level="project", label=Text("年行驶里程", "Distance of a vehicle"), form=FORM, minimum="0", required=True
)
def distance():
    """Distance that a vehicle runs in a year (单车年行驶里程), km."""


@finance.input(
    "L/km", level="project", label=Text("燃油车每公里油耗", "Fuel of the vehicle displaced"), form=FORM, minimum="0",
    maximum="2", required=True,
)  # fmt: skip
def fuel_per_distance():
    """Motor fuel of the vehicle displaced for each kilometre (燃油车百公里油耗 ÷ 100), L/km."""


@finance.input(
    "kWh/km",
    level="project",
    label=Text("电动车每公里电耗", "Power of the vehicle"),
    form=FORM,
    minimum="0",
    required=True,
)
def power_per_distance():
    """Electricity of the vehicle for each kilometre (电动车百公里电耗 ÷ 100), kWh/km."""


@finance.input(
    "%", level="project", label=Text("充电效率", "Efficiency of charging"), form=FORM, minimum="1", maximum="100",
    required=True,
)  # fmt: skip
def charging_efficiency():
    """Electricity that reaches the battery (充电效率), %."""


@finance.quantity("km", level="project", label=Text("年行驶里程合计", "Distance together"), law=GUIDE)
def whole_distance(vehicles, distance):
    """Vehicles × distance (年行驶里程合计), km."""
    return vehicles * distance


@finance.quantity("tCO2/t", level="project", label=Text("车用燃料排放因子", "Factor of the motor fuel"), law=GUIDE)
def motor_fuel_factor(motor_fuel_heat, motor_fuel_carbon, motor_fuel_oxidation):
    """Heat × carbon × oxidation × 44/12 (车用燃料排放因子), tCO2/t."""
    return motor_fuel_heat * motor_fuel_carbon * motor_fuel_oxidation * 44 / 12


@finance.quantity("t", level="project", label=Text("被替代燃油排放", "Emission of the fuel displaced"), law=GUIDE)
def fuel_emission(whole_distance, fuel_per_distance, motor_fuel_density, motor_fuel_factor):
    """Distance × L/km × kg/L ÷ 1000 × tCO2/t (被替代燃油排放), tCO2."""
    return whole_distance * fuel_per_distance * motor_fuel_density / 1000 * motor_fuel_factor


@finance.quantity("t", level="project", label=Text("充电排放", "Emission of charging"), law=GUIDE)
def charging_emission(whole_distance, power_per_distance, charging_efficiency, average_factor):
    """Distance × kWh/km ÷ efficiency ÷ 1000 × average factor (充电排放), tCO2."""
    return whole_distance * power_per_distance / (charging_efficiency / 100) / 1000 * average_factor


@finance.quantity("t", level="project", label=Text("清洁交通减排量", "Reduction of the vehicles"), law=GUIDE)
def transport_reduction(fuel_emission, charging_emission):
    """Fuel displaced less charging (清洁交通减排量), tCO2 a year."""
    return fuel_emission - charging_emission
