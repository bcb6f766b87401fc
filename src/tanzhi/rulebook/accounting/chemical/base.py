"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.accounting.ndrc import FAMILY_FOLDERS
from tanzhi.rulebook.accounting.process_plants import BALANCE_LEVELS
from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, Level, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY, NO_MONTHS

NDRC = "发改办气候〔2013〕2526号，化工生产企业"
SUPPLEMENT = "化工生产企业温室气体排放报告补充数据表"
FOLDERS = ("chemical", "ndrc_carbon", *FAMILY_FOLDERS)
"""Tables of its own, and those of the NDRC family."""

AMMONIA, UREA, METHANOL, CARBIDE, SODA_ASH = "ammonia", "urea", "methanol", "carbide", "soda_ash"
ACIDS = ("nitric_acid", "adipic_acid")
UTILITIES = "utilities"
WORKSHOPS = {
    AMMONIA: Text("合成氨", "Ammonia"),
    UREA: Text("尿素", "Urea"),
    METHANOL: Text("甲醇", "Methanol"),
    CARBIDE: Text("电石", "Calcium carbide"),
    SODA_ASH: Text("纯碱", "Soda ash"),
    "nitric_acid": Text("硝酸", "Nitric acid"),
    "adipic_acid": Text("己二酸", "Adipic acid"),
    "other_product": Text("其他化工产品", "Other chemicals"),
    UTILITIES: Text("公用工程（锅炉、自备电厂等）", "Utilities (boilers, captive plant)"),
}
ROUTES = {
    "coal": Text("煤", "Coal"),
    "gas": Text("天然气或焦炉煤气", "Natural gas or coke oven gas"),
    "other": Text("其他或不适用", "Other, or none"),
}
COALS = ("anthracite", "bituminous", "lignite")
FEEDS = {
    "anthracite": Text("无烟煤", "Anthracite"),
    "bituminous": Text("烟煤", "Bituminous coal"),
    "lignite": Text("褐煤", "Lignite"),
    "coke": Text("焦炭（含兰炭）", "Coke"),
    "electrode_paste": Text("电极糊", "Electrode paste"),
    "natural_gas": Text("天然气", "Natural gas"),
    "coke_oven_gas": Text("焦炉煤气", "Coke oven gas"),
    "naphtha": Text("石脑油", "Naphtha"),
    "methane": Text("甲烷", "Methane"),
    "ethane": Text("乙烷", "Ethane"),
    "propane": Text("丙烷", "Propane"),
    "ethylene": Text("乙烯", "Ethylene"),
    "propylene": Text("丙烯", "Propylene"),
    "methanol": Text("甲醇", "Methanol"),
    "carbide": Text("电石", "Calcium carbide"),
    "carbon_dioxide": Text("二氧化碳（其他装置送来）", "CO2 from another process"),
    "other": Text("其他含碳原料", "Other carbon-bearing feed"),
}
TESTED_FEEDS = (*COALS, "coke", "electrode_paste", "natural_gas", "coke_oven_gas", "naphtha", "other")
TESTED_PRODUCTS = ("carbide_furnace_gas", "other_gas", "slag", "dust", "sludge", "other")
"""Feed, products and wastes for which no default is printed: their carbon is tested."""
PRODUCTS = {
    "urea": Text("尿素", "Urea"),
    "ammonium_bicarbonate": Text("碳酸氢铵", "Ammonium bicarbonate"),
    "methanol": Text("甲醇", "Methanol"),
    "carbide": Text("电石", "Calcium carbide"),
    "carbide_furnace_gas": Text("密闭电石炉炉气", "Closed carbide furnace gas"),
    "other_gas": Text("其他副产煤气", "Other by-product gas"),
    "carbon_dioxide": Text("二氧化碳（送其他装置）", "CO2 passed on to another process"),
    "acetonitrile": Text("乙腈", "Acetonitrile"),
    "acrylonitrile": Text("丙烯腈", "Acrylonitrile"),
    "butadiene": Text("丁二烯", "Butadiene"),
    "carbon_black": Text("炭黑", "Carbon black"),
    "ethylene": Text("乙烯", "Ethylene"),
    "propylene": Text("丙烯", "Propylene"),
    "dichloroethane": Text("二氯乙烷", "Dichloroethane"),
    "ethylene_glycol": Text("乙二醇", "Ethylene glycol"),
    "ethylene_oxide": Text("环氧乙烷", "Ethylene oxide"),
    "hydrogen_cyanide": Text("氢氰酸", "Hydrogen cyanide"),
    "vinyl_chloride": Text("氯乙烯", "Vinyl chloride"),
    "soda_ash": Text("纯碱", "Soda ash"),
    "slag": Text("炉渣、灰渣", "Slag and ash"),
    "dust": Text("除尘灰", "Dust"),
    "sludge": Text("污泥", "Sludge"),
    "other": Text("其他含碳产品或废弃物", "Other carbon-bearing product or waste"),
}
CARBONATES = {
    "calcium": Text("碳酸钙（石灰石）", "Calcium carbonate (limestone)"),
    "magnesium": Text("碳酸镁", "Magnesium carbonate"),
    "dolomite": Text("白云石", "Dolomite"),
    "iron": Text("碳酸亚铁", "Iron carbonate"),
    "manganese": Text("碳酸锰", "Manganese carbonate"),
    "sodium": Text("碳酸钠", "Sodium carbonate"),
}
PROCESSES = {
    "high_pressure": Text("硝酸：高压法", "Nitric acid: high pressure"),
    "medium_pressure": Text("硝酸：中压法", "Nitric acid: medium pressure"),
    "atmospheric": Text("硝酸：常压法", "Nitric acid: atmospheric"),
    "dual_pressure": Text("硝酸：双加压法", "Nitric acid: dual pressure"),
    "combined": Text("硝酸：综合法", "Nitric acid: combined"),
    "low_pressure": Text("硝酸：低压法", "Nitric acid: low pressure"),
    "adipic_oxidation": Text("己二酸：硝酸氧化法", "Adipic acid: nitric oxidation"),
}

chemical = Guideline(
    "chemical",
    title=Text("化工", "Chemicals"),
    levels={
        "enterprise": "enterprises",
        "workshop": Level("workshops", Text("分厂或车间", "Workshop")),
        "month": "months",
        "fuel": "fuels",
        **BALANCE_LEVELS,
        "carbonate": Level("carbonates", Text("碳酸盐", "Carbonate")),
        "acid_process": Level("acid_processes", Text("硝酸、己二酸工艺", "Acid process")),
    },
    under=dict.fromkeys(("feed", "product", "carbonate", "acid_process"), "month"),
    parameters=Parameters.load(*(PARAMETERS / folder for folder in FOLDERS)),
    industry=Industry(
        sector="chemical",
        label=Text("化工", "Chemicals"),
        total="enterprise_emission",
        unit_total="workshop_emission",
        output="product_output",
        electricity="electricity_bought",
        electricity_sold="electricity_sold",
        used="fuel_consumption",
        standstill=("product_output", "running_hours"),
        months_since=NO_MONTHS,
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("workshop_emission", asks_as=AMOUNT),
            ComparedTotal("workshop_output", asks_as=AMOUNT),
            ComparedTotal("emission_per_output", asks_as=INTENSITY),
        ),
        methods=Path(__file__).with_name("methods.yaml"),
    ),
)
