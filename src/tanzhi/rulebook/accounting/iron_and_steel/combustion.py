"""Carbon of fossil fuels as CO2: in, out, by heat and carbon per heat; the oxidation rate for power units alone."""

from tanzhi.rulebook.kernel import Text, chosen, given, total, where

from .base import AG, NDRC, POWER, iron_and_steel

USED = Text("燃料隐含排放量（输入）", "Emission of fuel, in")


@iron_and_steel.quantity(
    "GJ/t", level="fuel", decimals=3, label=Text("采用的低位发热量", "Net calorific value used"), law=f"{AG}, 6.2.2"
)
def heat_content(fuel, net_calorific_value=None, steel_net_calorific_value=None):
    """Of coke the default, of others the tested value where there is one (采用的低位发热量); 3 decimals."""
    tested = given(net_calorific_value, steel_net_calorific_value)
    return where(chosen(fuel, "coke"), steel_net_calorific_value, tested)


@iron_and_steel.quantity("1", level="fuel", label=Text("采用的碳氧化率", "Oxidation rate used"), law=NDRC)
def applied_oxidation(oxidation_rate):
    """The rate of the method of 2013, at every fuel (碳氧化率)."""
    return oxidation_rate


@iron_and_steel.quantity("1", level="fuel", label=Text("采用的碳氧化率", "Oxidation rate used"), law=f"{AG}, (3)")
def applied_oxidation_since_2024(process_kind, oxidation_rate):
    """Power units on self-made fuel take the rate of annex A.1; elsewhere the carbon counts whole (碳氧化率)."""
    return where(chosen(process_kind, POWER), oxidation_rate, 1)


@iron_and_steel.quantity("tCO2", level="fuel", decimals=2, label=USED, law=f"{AG}, (1)、(2)、(3)")
def combustion_emission(fuel_consumption, heat_content, default_carbon_per_heat, applied_oxidation):
    """FC × NCV × CC × OF × 44/12 of what was used (燃料输入对应的排放量), tCO2; 2 decimals."""
    return fuel_consumption * heat_content * default_carbon_per_heat * applied_oxidation * 44 / 12


@iron_and_steel.quantity(
    "tCO2", level="fuel", decimals=2, label=Text("燃料隐含排放量（输出）", "Emission of fuel, out"), law=f"{AG}, (2)"
)
def output_emission(fuel_output, heat_content, default_carbon_per_heat):
    """FC × NCV × CC × 44/12 of what the process gave off (燃料输出对应的排放量), tCO2; 2 decimals."""
    return fuel_output * heat_content * default_carbon_per_heat * 44 / 12


@iron_and_steel.quantity("GJ", level="fuel", label=Text("输入热量", "Heat in"), law=f"{AG}, 附表C.4")
def heat_in(fuel_consumption, heat_content):
    """FC × NCV of what was used (输入热量), GJ. Not rounded."""
    return fuel_consumption * heat_content


@iron_and_steel.quantity("GJ", level="fuel", label=Text("输出热量", "Heat out"), law=f"{AG}, 附表C.4")
def heat_out(fuel_output, heat_content):
    """FC × NCV of what the process gave off (输出热量), GJ. Not rounded."""
    return fuel_output * heat_content


@iron_and_steel.quantity("GJ", level="fuel", label=Text("自产燃料热量", "Self-made heat"), law=f"{AG}, 附表C.4")
def self_made_heat(self_made, heat_content):
    """FC × NCV of self-made fuel that was used (自产二次能源热量), GJ. Not rounded."""
    return self_made * heat_content


@iron_and_steel.quantity("GJ", level="month", label=Text("当月输入热量", "Heat in of the month"), law=f"{AG}, 附表C.4")
def month_heat_in(heat_in):
    """All fuel that was used (当月输入热量), GJ."""
    return total(heat_in)


@iron_and_steel.quantity("GJ", level="month", label=Text("当月输出热量", "Heat out of the month"), law=f"{AG}, 附表C.4")
def month_heat_out(heat_out):
    """All fuel that was given off (当月输出热量), GJ."""
    return total(heat_out)
