"""Carbon-bearing inputs that are bought, and products in which carbon leaves: table A.2, and that of 2013."""

from tanzhi.rulebook.kernel import Text

from .base import AG, NDRC, iron_and_steel
from .inputs import LEDGER

MATERIALS = {
    "limestone": Text("石灰石", "Limestone"),
    "dolomite": Text("白云石", "Dolomite"),
    "electrode": Text("电极", "Electrodes"),
    "pig_iron": Text("外购生铁", "Pig iron bought"),
    "direct_reduced_iron": Text("外购直接还原铁", "Direct reduced iron bought"),
    "ferro_nickel": Text("镍铁", "Ferro-nickel"),
    "ferro_molybdenum": Text("钼铁", "Ferro-molybdenum"),
}
MATERIALS_2013 = {"ferro_chrome": Text("铬铁", "Ferro-chrome")}
MATERIALS_2024 = {
    "scrap": Text("外购废钢", "Scrap bought"),
    "ferro_silicon": Text("硅铁", "Ferrosilicon"),
    "silico_manganese": Text("锰硅合金", "Silicomanganese"),
    "low_carbon_silico_manganese": Text("低碳锰硅合金", "Low-carbon silicomanganese"),
    "blast_furnace_ferro_manganese": Text("高炉锰铁", "Blast furnace ferromanganese"),
    "high_carbon_ferro_manganese": Text("电炉高碳锰铁", "High-carbon ferromanganese"),
    "micro_carbon_ferro_manganese": Text("微碳锰铁", "Micro-carbon ferromanganese"),
    "high_carbon_ferro_chrome": Text("高碳铬铁", "High-carbon ferro-chrome"),
}
PIG_IRON = {"pig_iron_sold": Text("外销生铁", "Pig iron sold")}
PRODUCTS_2013 = {"methanol_sold": Text("甲醇", "Methanol")}
PRODUCTS_2024 = {
    "crude_benzene_sold": Text("外销或加工的粗苯", "Crude benzene sold or processed"),
    "coal_tar_sold": Text("外销或加工的焦油", "Coal tar sold or processed"),
}
KIND, QUANTITY = Text("含碳原料种类", "Carbon-bearing input"), Text("含碳原料消耗量", "Input used")
PRODUCT, SOLD = Text("含碳产品种类", "Carbon-bearing product"), Text("含碳产品外销量", "Product sold")


@iron_and_steel.choice(
    level="material",
    label=KIND,
    form="month",
    options=MATERIALS | MATERIALS_2013,
    required=True,
    until=2023,
    law=NDRC,
)
def material():
    """Carbonate, electrode or carbon-bearing input that was bought (外购含碳原料)."""


@iron_and_steel.choice(
    level="material", label=KIND, form="month", options=MATERIALS | MATERIALS_2024, required=True, law=f"{AG}, 附表A.2"
)
def material_since_2024():
    """Carbonate, electrode or carbon-bearing input that was bought (外购含碳原料); what A.2 lacks does not count."""


@iron_and_steel.input(
    "t",
    level="material",
    decimals=2,
    label=QUANTITY,
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
    law=f"{AG}, (1)",
)
def material_quantity():
    """Used in the month (消耗量), t."""


@iron_and_steel.choice(
    level="product",
    label=PRODUCT,
    form="month",
    options=PIG_IRON | PRODUCTS_2013,
    required=True,
    until=2023,
    law=NDRC,
)
def product():
    """Product in which carbon leaves the enterprise (含碳产品)."""


@iron_and_steel.choice(
    level="product", label=PRODUCT, form="month", options=PIG_IRON | PRODUCTS_2024, required=True, law=f"{AG}, 附表A.2"
)
def product_since_2024():
    """Product in which carbon leaves the enterprise (含碳产品), beside its crude steel."""


@iron_and_steel.input(
    "t",
    level="product",
    decimals=2,
    label=SOLD,
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
    law=f"{AG}, (1)",
)
def product_quantity():
    """Sold in the month, of benzene and tar also processed on the site (外销量或加工量), t."""
