"""The guideline of a climate project's benefit: its kinds, and what several kinds share."""

from tanzhi.rulebook.inventory.areas import EXPORTERS
from tanzhi.rulebook.kernel import Guideline, Level, Text
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.parameters import Parameters

GUIDE = "绿色信贷项目节能减排量测算指引（更新版）"
KINDS = {
    "renewable": Text("可再生能源发电", "Renewable power"),
    "efficiency": Text("节能增效", "Energy efficiency"),
    "transport": Text("清洁交通", "Clean transport"),
    "forest": Text("林草碳汇", "Forest sink"),
    "waste": Text("垃圾焚烧发电", "Power from waste"),
    "ccus": Text("碳捕集利用与封存", "Carbon capture and storage"),
    "hydrogen": Text("绿氢", "Green hydrogen"),
    "heat": Text("清洁供热", "Clean heat"),
    "adaptation": Text("适应气候变化", "Adaptation"),
}
GRIDS = {
    "north": Text("华北", "North"),
    "northeast": Text("东北", "Northeast"),
    "east": Text("华东", "East"),
    "central": Text("华中", "Central"),
    "northwest": Text("西北", "Northwest"),
    "south": Text("南方", "South"),
}
COMMON = "common"

finance = Guideline(
    "finance",
    title=Text("气候投融资项目减排效益", "Benefit of a climate project"),
    levels={"project": Level("projects", Text("项目", "Project"))},
    parameters=Parameters.load(PARAMETERS / "finance", PARAMETERS / "grid_margins"),
)


@finance.choice(level="project", label=Text("项目类型", "Kind of project"), form=COMMON, options=KINDS, required=True)
def kind():
    """What the project is, which chooses its formula (项目类型)."""


@finance.choice(level="project", label=Text("所在区域电网", "Grid"), form=COMMON, options=GRIDS, required=True)
def grid():
    """The regional grid whose baseline factors apply (区域电网)."""


_FACTORS = finance.parameters.tables["average_factor"].entries
# No average factor of Tibet was ever published: who chose it had no benefit.
WITH_FACTOR = {
    code: area for code, area in EXPORTERS.items() if any(code in e.keys["electricity_area"] for e in _FACTORS)
}


@finance.choice(
    level="project",
    label=Text("平均因子适用区域", "Area of the average factor"),
    form=COMMON,
    options=WITH_FACTOR,
    required=True,
)
def electricity_area():
    """Area whose average factor of electricity applies: nation, a grid, or a province (平均因子适用区域)."""
