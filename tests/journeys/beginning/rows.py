"""What the made-up departments, plants and people of the second province fill into the templates.

Guizhou's places stand in the official list; every firm, person and number here is invented.
"""

from __future__ import annotations

from datetime import date

MONDAY = date(2026, 11, 30)
PROVINCE = "520000"
CITIES = {"520100": "贵阳市", "520200": "六盘水市", "520300": "遵义市"}

PLANTS = (
    ("P01", "示例贵阳热电厂", "贵阳市"),
    ("P02", "示例六盘水一电厂", "六盘水市"),
    ("P03", "示例六盘水二电厂", "六盘水市"),
    ("P04", "示例遵义发电厂", "遵义市"),
    ("P05", "示例遵义煤电厂", "遵义市"),
)
LIME = ("L01", "示例遵义石灰厂", "遵义市")
FIRST_DAY = date(2025, 1, 1)

ORGANISATIONS = (
    ("代码", "中文名称", "类别", "地区", "行业", "起始日期"),
    ("GZ", "示例省生态环境厅", "主管部门", "贵州省", None, FIRST_DAY),
    *((f"GZ-{number}", f"示例{city}生态环境局", "主管部门", city, None, FIRST_DAY)
      for number, city in enumerate(CITIES.values(), 1)),
    *((code, name, "企业", city, "发电", FIRST_DAY) for code, name, city in PLANTS),
    (LIME[0], LIME[1], "企业", LIME[2], "石灰", FIRST_DAY),
    ("V01", "示例核查中心", "核查机构", "贵阳市", None, FIRST_DAY),
)  # fmt: skip
LISTED = (
    ("单位代码", "行业", "起始日期", "依据"),
    *((code, "发电", FIRST_DAY, "示例名录") for code, _, _ in PLANTS),
    (LIME[0], "石灰", FIRST_DAY, "示例名录"),
)
FACILITIES = (
    ("单位代码", "设施代码", "设施名称", "地区", "起始日期"),
    *((code, f"{code}-F", f"{name}厂区", city, FIRST_DAY) for code, name, city in (*PLANTS, LIME)),
)
UNITS = (
    ("设施代码", "机组编号", "起始日期", "装机容量（MW）", "主要燃料", "锅炉类型", "供热方式", "冷却方式", "窑型"),
    *((f"{code}-F", "1", FIRST_DAY, 350, "常规燃煤", "煤粉炉", "热电联产", "水冷", None) for code, _, _ in PLANTS),
    (f"{LIME[0]}-F", "1", FIRST_DAY, None, None, None, None, None, "竖窑"),
)
PEOPLE = (
    ("登录名", "姓名", "角色", "单位代码", "起始日期"),
    ("officer", "示例省经办", "省级经办", "GZ", FIRST_DAY),
    ("director", "示例厅领导", "省级负责人", "GZ", FIRST_DAY),
    ("guiyang", "示例市经办", "市级经办", "GZ-1", FIRST_DAY),
    ("liupanshui", "示例二市经办", "市级经办", "GZ-2", FIRST_DAY),
    ("zunyi", "示例三市经办", "市级经办", "GZ-3", FIRST_DAY),
    *((f"{code.lower()}.clerk", f"{name}填报人", "企业填报人", code, FIRST_DAY) for code, name, _ in (*PLANTS, LIME)),
    *((f"{code.lower()}.head", f"{name}审批人", "企业审批人", code, FIRST_DAY) for code, name, _ in (*PLANTS, LIME)),
    ("v01.a", "示例核查员甲", "核查员", "V01", FIRST_DAY),
    ("v01.b", "示例核查员乙", "核查员", "V01", FIRST_DAY),
)
