"""A month's carbon balance: fuel in, fuel out, inputs, products; formulas (1), (2) and (3) of the guide."""

from tanzhi.rulebook.kernel import Text, chosen, given, total, where

from .base import AG, NDRC, WHOLE, iron_and_steel

FUEL_IN = Text("当月燃料输入排放量", "Fuel in, of the month")
STEEL = Text("粗钢隐含排放量", "Emission in crude steel")


@iron_and_steel.quantity(
    "tCO2", level="material", decimals=2, label=Text("含碳原料排放量", "Emission of inputs"), law=f"{AG}, (1)"
)
def material_emission(material_quantity, material_factor):
    """P × EF or M × EF (碳酸盐、电极、含碳原料对应的排放量), tCO2; 2 decimals."""
    return material_quantity * material_factor


@iron_and_steel.quantity(
    "tCO2", level="product", decimals=2, label=Text("含碳产品隐含排放量", "Emission in products"), law=f"{AG}, (1)"
)
def product_emission(product_quantity, product_factor):
    """AD × EF of products that were sold (含碳产品隐含的排放量), tCO2; 2 decimals."""
    return product_quantity * product_factor


@iron_and_steel.quantity("tCO2", level="month", decimals=2, label=STEEL, law=f"{AG}, (1)")
def steel_emission(process_kind, output, crude_steel_factor):
    """Crude steel × EF (粗钢隐含的排放量), of the enterprise as a whole, tCO2; 2 decimals."""
    return where(chosen(process_kind, WHOLE), output * crude_steel_factor, None)


@iron_and_steel.quantity("tCO2", level="month", decimals=2, label=FUEL_IN, law=f"{AG}, (1)、(2)、(3)")
def month_fuel_emission(combustion_emission):
    """All fuel that was used (当月消耗化石燃料对应的排放量), tCO2."""
    return given(total(combustion_emission), 0)


@iron_and_steel.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月燃料输出排放量", "Fuel out, of the month"), law=f"{AG}, (2)"
)
def month_output_emission(output_emission):
    """All fuel that was given off (当月输出化石燃料对应的排放量), tCO2."""
    return given(total(output_emission), 0)


@iron_and_steel.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月过程排放量", "Process emission"), law=f"{AG}, (1)"
)
def month_process_emission(material_emission):
    """Carbonates, electrodes and other inputs (当月过程排放量), tCO2."""
    return given(total(material_emission), 0)


@iron_and_steel.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月含碳产品排放量", "In products, of the month"), law=f"{AG}, (1)"
)
def month_product_emission(product_emission, steel_emission=None):
    """Crude steel, and what was sold (当月含碳产品隐含的排放量), tCO2."""
    return given(total(product_emission), 0) + given(steel_emission, 0)


@iron_and_steel.quantity(
    "tCO2",
    level="month",
    decimals=2,
    until=2023,
    label=Text("净购入电力排放量", "Emission of purchased electricity"),
    law=NDRC,
    confidence="M-med",
)
def electricity_emission(process_kind, electricity_used, grid_factor):
    """Net purchased electricity of the enterprise × grid factor (净购入电力排放), tCO2."""
    return where(chosen(process_kind, WHOLE), electricity_used * grid_factor, None)


@iron_and_steel.quantity(
    "tCO2",
    level="month",
    decimals=2,
    until=2023,
    label=Text("净购入热力排放量", "Emission of purchased heat"),
    law=NDRC,
)
def heat_emission(process_kind, heat_used, heat_factor):
    """Net purchased heat of the enterprise × 0.11 tCO2/GJ (净购入热力排放), tCO2."""
    return where(chosen(process_kind, WHOLE), heat_used * heat_factor, None)


@iron_and_steel.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("当月排放量", "Emission of the month"),
    law=NDRC,
    confidence="M-high",
)
def month_emission(month_fuel_emission, month_output_emission, month_process_emission, month_product_emission):
    """Fuel in − fuel out + inputs − products (当月排放量), tCO2."""
    return month_fuel_emission - month_output_emission + month_process_emission - month_product_emission


@iron_and_steel.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月排放量", "Emission of the month"), law=f"{AG}, (1)、(2)、(3)"
)
def month_emission_since_2024(
    month_fuel_emission, month_output_emission, month_process_emission, month_product_emission
):
    """Fuel in − fuel out + inputs − products (当月排放量), tCO2."""
    return month_fuel_emission - month_output_emission + month_process_emission - month_product_emission


@iron_and_steel.quantity(
    "tCO2",
    level="month",
    decimals=2,
    until=2023,
    label=Text("当月购入电热排放量", "Purchased energy of the month"),
    law=NDRC,
    confidence="M-med",
)
def month_energy_emission(electricity_emission=None, heat_emission=None):
    """Purchased electricity and heat of the enterprise (当月购入电力和热力排放量), tCO2."""
    return given(electricity_emission, 0) + given(heat_emission, 0)
