"""The guideline of energy activities, its levels and its lists of codes."""

from tanzhi.rulebook.kernel import Guideline, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.rules import Level

from ..law import REGION, add_region

SECTORS = {
    "power_heat": Text("公用电力与热力", "Public power and heat"),
    "oil_gas_industry": Text("石油天然气开采与加工业", "Oil and gas extraction and processing"),
    "solid_fuel_industry": Text("固体燃料和其他能源工业", "Solid fuels and other energy industry"),
    "iron_steel": Text("钢铁", "Iron and steel"),
    "non_ferrous": Text("有色金属", "Non-ferrous metals"),
    "chemicals": Text("化工", "Chemicals"),
    "building_materials": Text("建材", "Building materials"),
    "other_industry": Text("其他工业", "Other industry"),
    "construction": Text("建筑业", "Construction"),
    "aviation": Text("航空", "Aviation"),
    "road": Text("公路", "Road"),
    "rail": Text("铁路", "Rail"),
    "water": Text("水运", "Water"),
    "services": Text("服务业及其他", "Services and other"),
    "residential": Text("居民生活", "Residential"),
    "farming": Text("农林牧渔", "Agriculture, forestry, fishery"),
}
COALS = {
    "anthracite": Text("无烟煤", "Anthracite"),
    "bituminous": Text("烟煤", "Bituminous coal"),
    "lignite": Text("褐煤", "Lignite"),
    "washed_coal": Text("洗精煤", "Washed coal"),
    "other_washed_coal": Text("其他洗煤", "Other washed coal"),
    "briquette": Text("型煤", "Briquettes"),
    "other_coal_products": Text("其他煤制品", "Other coal products"),
    "coke": Text("焦炭", "Coke"),
}
OILS = {
    "petroleum_coke": Text("石油焦", "Petroleum coke"),
    "crude_oil": Text("原油", "Crude oil"),
    "fuel_oil": Text("燃料油", "Fuel oil"),
    "gasoline": Text("汽油", "Petrol"),
    "diesel": Text("柴油", "Diesel"),
    "kerosene": Text("煤油（含航空煤油）", "Kerosene (with jet fuel)"),
    "lng": Text("液化天然气", "Liquefied natural gas"),
    "lpg": Text("液化石油气", "Liquefied petroleum gas"),
    "naphtha": Text("石脑油", "Naphtha"),
    "tar": Text("焦油", "Tar"),
    "crude_benzol": Text("粗苯", "Crude benzol"),
    "other_petroleum": Text("其他石油制品", "Other petroleum products"),
    "refinery_gas": Text("炼厂干气", "Refinery gas"),
}
GASES = {
    "natural_gas": Text("天然气（万标准立方米）", "Natural gas (10⁴ Nm³)"),
    "blast_furnace_gas": Text("高炉煤气（万标准立方米）", "Blast-furnace gas (10⁴ Nm³)"),
    "converter_gas": Text("转炉煤气（万标准立方米）", "Converter gas (10⁴ Nm³)"),
    "coke_oven_gas": Text("焦炉煤气（万标准立方米）", "Coke-oven gas (10⁴ Nm³)"),
    "other_gas": Text("其他煤气（万标准立方米）", "Other gas (10⁴ Nm³)"),
}
FUELS = COALS | OILS | GASES

energy = Guideline(
    "inventory_energy",
    title=Text("省级清单：能源活动", "Provincial inventory: energy"),
    levels={
        "region": REGION,
        "sector": Level("sectors", Text("部门", "Sector")),
        "fuel": Level("fuels", Text("化石燃料燃烧", "Fuel combustion")),
        "biomass": Level("biomasses", Text("生物质燃烧", "Biomass burnt")),
        "mine": Level("mines", Text("煤炭开采", "Coal mining")),
        "handling": Level("handlings", Text("矿后活动", "Post-mining")),
        "facility": Level("facilities", Text("油气设施", "Oil and gas facilities")),
        "gas_flow": Level("gas_flows", Text("天然气加工与消费", "Natural gas flows")),
        "oil_flow": Level("oil_flows", Text("原油输送与炼制", "Oil flows")),
        "transfer": Level("transfers", Text("电力调入调出", "Electricity transfers")),
    },
    under=dict.fromkeys(("biomass", "mine", "handling", "facility", "gas_flow", "oil_flow", "transfer"), "region"),
    parameters=Parameters.load(PARAMETERS / "inventory_energy", PARAMETERS / "coal_equivalent"),
)
add_region(energy)
