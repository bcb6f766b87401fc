"""What a cement enterprise files: the register of its lines, and each month's fuel, clinker and substitutes."""

from tanzhi.rulebook.accounting.fuels import (
    add_closing_stock,
    add_fuel_consumption,
    add_fuel_kind,
    add_net_calorific_value,
    add_opening_stock,
)
from tanzhi.rulebook.accounting.ndrc import add_purchased_heat
from tanzhi.rulebook.kernel import Text

from .base import AG, FLUIDS, NDRC, NO_CLINKER, SOLIDS, SOLIDS_2013, SOLIDS_2024, cement

LEDGER = Text("购（产）销存台账", "Ledger of purchases, sales and stock")
TEST = Text("检测报告（CMA/CNAS）", "Laboratory report (CMA/CNAS)")

# --- register ------------------------------------------------------------------------------------------


@cement.choice(
    level="line",
    label=Text("熟料类别", "Class of clinker"),
    form="register",
    required=True,
    options={
        "portland": Text("硅酸盐水泥熟料", "Portland clinker"),
        "white": Text("白色硅酸盐水泥熟料", "White Portland clinker"),
        "sulfoaluminate": Text("硫（铁）铝酸盐水泥熟料", "Sulfo(ferro)aluminate clinker"),
        "aluminate": Text("铝酸盐水泥熟料", "Aluminate clinker"),
        NO_CLINKER: Text("不产熟料（企业其他设施）", "No clinker (other facilities)"),
    },
)
def clinker_class():
    """Class of clinker that a line makes (熟料类别); facilities outside the lines make none."""


@cement.choice(
    level="line",
    label=Text("燃烧设备", "Combustion equipment"),
    form="register",
    required=True,
    options={
        "cement_kiln": Text("水泥窑", "Cement kiln"),
        "power_boiler": Text("电站锅炉", "Power boiler"),
        "industrial_boiler": Text("工业锅炉", "Industrial boiler"),
    },
)
def combustion_equipment():
    """Where the line burns its fuel (燃烧设备): the oxidation rate of solid fuels differs."""


@cement.input(
    "t/d", level="line", decimals=2, label=Text("批复产能", "Approved capacity"), form="register", minimum="0"
)
def approved_capacity():
    """Clinker that a line may make in a day as approved (批复产能), t/d."""


# --- production of a month -----------------------------------------------------------------------------


@cement.input(
    "t",
    level="month",
    decimals=2,
    label=Text("熟料产量", "Clinker output"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
)
def clinker_output():
    """Clinker made in the month (熟料产量), t; 0 for facilities outside the lines."""


@cement.input(
    "h", level="month", decimals=2, label=Text("运行小时数", "Running hours"), form="month", minimum="0", required=True
)
def running_hours():
    """Hours in which the kiln or the facility ran (运行小时数), h."""


@cement.input("t", level="month", decimals=2, label=Text("生料消耗量", "Raw meal used"), form="month", minimum="0")
def raw_meal():
    """Raw meal fed to the kiln (生料消耗量), t; carbon in it counts until data year 2023, later it is compared only."""


@cement.input(
    "MWh", level="month", decimals=3, label=Text("净购入电量", "Net purchased electricity"), form="month", minimum="0"
)
def purchased_electricity():
    """Electricity bought less what was sold (净购入电量), MWh; from data year 2024 an auxiliary item."""


add_purchased_heat(cement, NDRC, minimum="0", until=2023)


# --- fuel ----------------------------------------------------------------------------------------------


add_fuel_kind(cement, SOLIDS | SOLIDS_2013 | FLUIDS, until=2023)
add_fuel_kind(cement, SOLIDS | SOLIDS_2024 | FLUIDS, since=2024)
add_fuel_consumption(cement, evidence=LEDGER)
add_net_calorific_value(cement, evidence=TEST)
add_opening_stock(cement)
add_closing_stock(cement)


# --- substitute raw materials --------------------------------------------------------------------------


@cement.choice(
    level="substitute",
    label=Text("替代原料种类", "Substitute raw material"),
    form="month",
    since=2024,
    required=True,
    law=AG,
    options={
        "desulphurisation_powder": Text("脱硫粉剂", "Desulphurisation powder"),
        "slaked_lime": Text("熟石灰", "Slaked lime"),
        "carbide_slag": Text("电石渣", "Carbide slag"),
        "magnesium_slag": Text("镁渣", "Magnesium slag"),
        "white_mud": Text("造纸白泥", "Paper white mud"),
        "fluoride_sludge": Text("氟化钙污泥", "Calcium fluoride sludge"),
        "phosphorus_slag": Text("磷渣", "Phosphorus slag"),
        "vanadium_titanium_slag": Text("钒钛渣", "Vanadium-titanium slag"),
        "nitrogen_slag": Text("氮渣", "Nitrogen slag"),
        "incineration_ash": Text("飞灰", "Fly ash of incineration"),
        "ferroalloy_slag": Text("铁合金炉渣", "Ferro-alloy slag"),
        "gypsum": Text("工业副产石膏", "By-product gypsum"),
        "citric_residue": Text("柠檬酸渣", "Citric acid residue"),
        "steel_slag": Text("钢渣", "Steel slag"),
        "nickel_slag": Text("镍渣", "Nickel slag"),
        "manganese_slag": Text("锰渣", "Manganese slag"),
        "zinc_slag": Text("锌渣", "Zinc slag"),
        "tin_slag": Text("锡渣", "Tin slag"),
        "municipal_sludge": Text("市政污泥", "Municipal sludge"),
        "aluminium_slag": Text("铝渣", "Aluminium slag"),
        "copper_slag": Text("铜渣", "Copper slag"),
        "lead_zinc_slag": Text("铅锌渣", "Lead-zinc slag"),
        "sulphuric_residue": Text("硫酸渣", "Sulphuric acid residue"),
        "coal_fly_ash": Text("粉煤灰", "Coal fly ash"),
        "red_mud": Text("赤泥", "Red mud"),
    },
)
def substitute():
    """Raw material without carbonate that takes the place of limestone (非碳酸盐替代原料)."""


@cement.input(
    "t",
    level="substitute",
    decimals=2,
    since=2024,
    label=Text("替代原料消耗量", "Substitute used"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
    law=AG,
)
def substitute_quantity():
    """Substitute raw material used in the month (替代原料消耗量), t; the guide's basis, wet or dry, was not seen."""


# --- what the method of 2013 asks beside ---------------------------------------------------------------


def oxide(name: str, label: Text, meaning: str) -> None:
    """A mass share in clinker or raw meal that a laboratory states until data year 2023."""

    def rule() -> None:
        """Set below."""

    rule.__name__, rule.__doc__ = name, meaning
    cement.input(
        "%",
        level="month",
        decimals=2,
        until=2023,
        label=label,
        form="month",
        minimum="0",
        maximum="100",
        evidence=TEST,
        law=NDRC,
    )(rule)


oxide("cao", Text("熟料氧化钙含量", "CaO in clinker"), "CaO in clinker, FR1 (熟料中氧化钙质量分数), %.")
oxide("mgo", Text("熟料氧化镁含量", "MgO in clinker"), "MgO in clinker, FR2 (熟料中氧化镁质量分数), %.")
oxide(
    "cao_not_carbonate",
    Text("非碳酸盐来源氧化钙", "CaO not from carbonate"),
    "CaO in clinker that does not come from carbonate, FR10 (非碳酸盐分解的氧化钙), %; blank is none.",
)
oxide(
    "mgo_not_carbonate",
    Text("非碳酸盐来源氧化镁", "MgO not from carbonate"),
    "MgO in clinker that does not come from carbonate, FR20 (非碳酸盐分解的氧化镁), %; blank is none.",
)
oxide(
    "meal_carbon",
    Text("生料非燃料碳含量", "Non-fuel carbon in raw meal"),
    "Carbon in raw meal that is no fuel, FR0 (生料中非燃料碳), %; blank takes the default.",
)


@cement.input(
    "t",
    level="month",
    decimals=2,
    until=2023,
    label=Text("窑炉排气筒粉尘量", "Kiln dust"),
    form="month",
    minimum="0",
    law=NDRC,
)
def kiln_dust():
    """Dust that leaves through the kiln's stack (窑炉排气筒粉尘), t."""


@cement.input(
    "t",
    level="month",
    decimals=2,
    until=2023,
    label=Text("旁路放风粉尘量", "By-pass dust"),
    form="month",
    minimum="0",
    law=NDRC,
)
def bypass_dust():
    """Dust of the by-pass (旁路放风粉尘), t."""


@cement.input(
    "t",
    level="alternative",
    decimals=2,
    until=2023,
    label=Text("替代燃料用量", "Alternative fuel used"),
    form="month",
    minimum="0",
    required=True,
    law=NDRC,
)
def alternative_quantity():
    """Alternative fuel or waste burned (替代燃料用量), t."""


@cement.input(
    "GJ/t",
    level="alternative",
    decimals=3,
    until=2023,
    label=Text("替代燃料热值", "Heat of alternative fuel"),
    form="month",
    minimum="0",
    required=True,
    law=NDRC,
)
def alternative_heat():
    """Heat of the alternative fuel (替代燃料低位发热量), GJ/t."""


@cement.input(
    "tCO2/GJ",
    level="alternative",
    decimals=5,
    until=2023,
    label=Text("替代燃料排放因子", "Factor of alternative fuel"),
    form="month",
    minimum="0",
    required=True,
    law=NDRC,
)
def alternative_factor():
    """CO2 by heat of the alternative fuel (替代燃料排放因子), tCO2/GJ."""


@cement.input(
    "%",
    level="alternative",
    decimals=2,
    until=2023,
    label=Text("非生物质碳比例", "Share of fossil carbon"),
    form="month",
    minimum="0",
    maximum="100",
    required=True,
    law=NDRC,
)
def fossil_share():
    """Share of carbon that is not biomass (非生物质碳比例), %."""
