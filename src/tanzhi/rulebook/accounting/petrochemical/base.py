"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.accounting.ndrc import FAMILY_FOLDERS
from tanzhi.rulebook.accounting.process_plants import BALANCE_LEVELS
from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, Level, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY, NO_MONTHS

NDRC = "发改办气候〔2014〕2920号，石油化工企业"
FOLDERS = ("petrochemical", "ndrc_carbon", *FAMILY_FOLDERS)
"""Tables of its own, and those of the NDRC family."""

CRACKING, REFORMING, HYDROGEN = "catalytic_cracking", "catalytic_reforming", "hydrogen"
DELAYED, FLEXI = "delayed_coking", "flexicoking"
ASPHALT, STEAM_CRACKING = "oxidised_asphalt", "ethylene_cracking"
PLANTS = {
    "crude_distillation": Text("常减压蒸馏", "Crude distillation"),
    CRACKING: Text("催化裂化", "Catalytic cracking"),
    REFORMING: Text("催化重整", "Catalytic reforming"),
    "other_burn_off": Text("其他催化剂烧焦再生", "Other regeneration of catalysts"),
    HYDROGEN: Text("制氢", "Hydrogen"),
    DELAYED: Text("延迟焦化", "Delayed coking"),
    "fluid_coking": Text("流化焦化", "Fluid coking"),
    FLEXI: Text("灵活焦化", "Flexicoking"),
    "coke_calcination": Text("石油焦煅烧", "Calcination of petroleum coke"),
    ASPHALT: Text("氧化沥青", "Oxidised asphalt"),
    STEAM_CRACKING: Text("乙烯裂解", "Ethylene cracking"),
    "ethylene_oxide": Text("乙二醇、环氧乙烷", "Ethylene glycol and oxide"),
    "other_process": Text("其他产品生产装置", "Other process"),
    "utilities": Text("公用工程与火炬", "Utilities and flares"),
}
BURNING_OFF = (CRACKING, REFORMING, "other_burn_off", "fluid_coking")
"""Plants that burn coke off; heat of delayed coking is fuel, flexicoking is not counted."""
REGENERATING = (REFORMING, "other_burn_off")
"""Plants whose catalyst may be regenerated from time to time."""

FEEDS = {
    "natural_gas": Text("天然气", "Natural gas"),
    "refinery_gas": Text("炼厂干气", "Refinery gas"),
    "lpg": Text("液化石油气", "Liquefied petroleum gas"),
    "naphtha": Text("石脑油", "Naphtha"),
    "residue": Text("渣油", "Residue"),
    "green_coke": Text("生焦", "Green coke"),
    "ethylene": Text("乙烯", "Ethylene"),
    "propylene": Text("丙烯", "Propylene"),
    "carbon_dioxide": Text("二氧化碳（其他装置送来）", "CO2 from another process"),
    "other": Text("其他含碳原料", "Other carbon-bearing feed"),
}
PRODUCTS = {
    "synthesis_gas": Text("合成气", "Synthesis gas"),
    "other_gas": Text("副产燃料气（含解吸气）", "By-product fuel gas"),
    "refinery_gas": Text("炼厂干气", "Refinery gas"),
    "calcined_coke": Text("煅烧焦", "Calcined coke"),
    "coke_dust": Text("石油焦粉尘", "Coke dust"),
    "ethylene_oxide": Text("环氧乙烷", "Ethylene oxide"),
    "ethylene_glycol": Text("乙二醇", "Ethylene glycol"),
    "acrylonitrile": Text("丙烯腈", "Acrylonitrile"),
    "carbon_black": Text("炭黑", "Carbon black"),
    "vinyl_chloride": Text("氯乙烯", "Vinyl chloride"),
    "carbon_dioxide": Text("二氧化碳（送其他装置）", "CO2 passed on to another process"),
    "residue": Text("残渣", "Residue"),
    "other": Text("其他含碳产品或废弃物", "Other carbon-bearing product or waste"),
}
TESTED_FEEDS = ("natural_gas", "refinery_gas", "lpg", "naphtha", "residue", "green_coke", "other")
TESTED_PRODUCTS = (
    "synthesis_gas", "other_gas", "refinery_gas", "calcined_coke", "coke_dust", "residue", "other",
)  # fmt: skip
"""Feed, products and wastes for which no default is printed: their carbon is tested."""

petrochemical = Guideline(
    "petrochemical",
    title=Text("石油化工", "Petrochemicals"),
    levels={
        "enterprise": "enterprises",
        "plant": Level("plants", Text("装置", "Plant")),
        "month": "months",
        "fuel": "fuels",
        **BALANCE_LEVELS,
        "flare": Level("flares", Text("火炬（正常工况）", "Flare in normal operation")),
        "flare_event": Level("flare_events", Text("火炬（事故排放）", "Flare in an accident")),
    },
    under=dict.fromkeys(("feed", "product", "flare", "flare_event"), "month"),
    parameters=Parameters.load(*(PARAMETERS / folder for folder in FOLDERS)),
    industry=Industry(
        sector="petrochemical",
        label=Text("石油化工", "Petrochemicals"),
        total="enterprise_emission",
        unit_total="plant_emission",
        output="feed_processed",
        electricity="electricity_bought",
        electricity_sold="electricity_sold",
        used="fuel_consumption",
        standstill=("feed_processed", "running_hours"),
        months_since=NO_MONTHS,
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("plant_emission", asks_as=AMOUNT),
            ComparedTotal("plant_feed", asks_as=AMOUNT),
            ComparedTotal("emission_per_feed", asks_as=INTENSITY),
        ),
        methods=Path(__file__).with_name("methods.yaml"),
    ),
)
