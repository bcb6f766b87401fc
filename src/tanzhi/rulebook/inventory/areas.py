"""Provinces and grids by code, and which factor regions of the guide a province lies in."""

from tanzhi.rulebook.kernel import Text

from .code_lists import read_list

AREAS = read_list("areas.yaml")["areas"]
GRIDS = read_list("areas.yaml")["grids"]
EXPORTERS = {code: Text(row["zh"], row["en"]) for code, row in {**AREAS, **GRIDS}.items()}
PROVINCES = tuple(AREAS)

FARMING_REGIONS = {
    "north": Text("华北", "North"),
    "northeast": Text("东北", "Northeast"),
    "east": Text("华东", "East"),
    "central_south": Text("中南", "Central-South"),
    "southwest": Text("西南", "Southwest"),
    "northwest": Text("西北", "Northwest"),
}
CROPLAND_REGIONS = {
    "I": Text(
        "I区（内蒙古、新疆、甘肃、青海、西藏、陕西、山西、宁夏）", "I (Inner Mongolia, Northwest, Shanxi, Tibet)"
    ),
    "II": Text("II区（黑龙江、吉林、辽宁）", "II (Northeast)"),
    "III": Text("III区（北京、天津、河北、河南、山东）", "III (North China plain)"),
    "IV": Text("IV区（长江流域）", "IV (Yangtze)"),
    "V": Text("V区（广东、广西、海南、福建）", "V (South coast)"),
    "VI": Text("VI区（云南、贵州）", "VI (Yunnan, Guizhou)"),
}


def outside(kind: str, region: str) -> tuple[str, ...]:
    """Codes of the provinces that do not lie in a factor region."""
    return tuple(code for code, row in AREAS.items() if row[kind] != region)
