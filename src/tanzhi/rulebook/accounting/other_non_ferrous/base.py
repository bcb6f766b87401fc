"""The guideline to which this package's rules belong, and its lists of codes."""

from pathlib import Path

from tanzhi.rulebook.accounting.ndrc import FAMILY_FOLDERS
from tanzhi.rulebook.kernel import ComparedTotal, Guideline, Industry, Level, Parameters, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.industry import AMOUNT, INTENSITY, NO_MONTHS

NDRC = "发改办气候〔2015〕1722号"
COPPER, UTILITIES = "copper", "utilities"
KINDS = {
    COPPER: Text("铜冶炼", "Copper smelting"),
    "lead_zinc": Text("铅锌冶炼", "Lead and zinc smelting"),
    "nickel_cobalt": Text("镍钴冶炼", "Nickel and cobalt smelting"),
    "tin_antimony": Text("锡锑冶炼", "Tin and antimony smelting"),
    "other_metals": Text("其他有色金属冶炼", "Other non-ferrous smelting"),
    "working": Text("有色金属压延加工", "Working of non-ferrous metals"),
    UTILITIES: Text("公用设施", "Utilities"),
}
COKE, OXALIC_ACID = "coke", "oxalic_acid"
REDUCTANTS = {
    COKE: Text("焦炭作还原剂", "Coke as reductant"),
    "semi_coke": Text("蓝炭（兰炭）作还原剂", "Semi-coke as reductant"),
    "anthracite": Text("无烟煤作还原剂", "Anthracite as reductant"),
    "natural_gas": Text("天然气作还原剂（万Nm³）", "Natural gas as reductant (10⁴ Nm³)"),
}
PROCESS_MATERIALS = {
    "limestone": Text("石灰石", "Limestone"),
    "dolomite": Text("白云石", "Dolomite"),
    "soda_ash": Text("纯碱", "Soda ash"),
    OXALIC_ACID: Text("草酸", "Oxalic acid"),
}

other_non_ferrous = Guideline(
    "other_non_ferrous",
    title=Text("铜冶炼等其他有色金属", "Copper and other non-ferrous metals"),
    levels={
        "enterprise": "enterprises",
        "line": Level("lines", Text("生产线", "Line")),
        "month": "months",
        "fuel": "fuels",
        "material": "materials",
    },
    under={"material": "month"},
    parameters=Parameters.load(*(PARAMETERS / folder for folder in ("other_non_ferrous", *FAMILY_FOLDERS))),
    industry=Industry(
        sector="non_ferrous",
        label=Text("铜冶炼等其他有色金属", "Copper and other non-ferrous metals"),
        total="enterprise_emission",
        unit_total="line_emission",
        output="metal_output",
        electricity="purchased_electricity",
        used="fuel_consumption",
        standstill=("metal_output", "running_hours"),
        months_since=NO_MONTHS,
        compared=(
            ComparedTotal("enterprise_emission"),
            ComparedTotal("line_emission", asks_as=AMOUNT),
            ComparedTotal("line_output", asks_as=AMOUNT),
            ComparedTotal("emission_per_metal", asks_as=INTENSITY),
        ),
        methods=Path(__file__).with_name("methods.yaml"),
    ),
)
