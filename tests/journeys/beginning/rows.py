"""What the made-up departments, plants and people of the second province fill into the templates.

Guizhou's places stand in the official list; every firm, person and number here is invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.journeys.workbook import JUNE, REPORTED

Rows = tuple[tuple[Any, ...], ...]
MONDAY = date(2026, 12, 7)
AFTER_THE_YEAR = date(2027, 1, 12)  # the year has ended, so that a bulletin may be about it
PROVINCE = "520000"
NEXT_DAY = AFTER_THE_YEAR.isoformat()
CITIES = {"520100": "贵阳市", "520200": "六盘水市", "520300": "遵义市"}

PLANTS = (
    ("P01", "示例贵阳热电厂", "贵阳市"),
    ("P02", "示例六盘水一电厂", "六盘水市"),
    ("P03", "示例六盘水二电厂", "六盘水市"),
    ("P04", "示例遵义发电厂", "遵义市"),
    ("P05", "示例遵义煤电厂", "遵义市"),
)
LIME = ("L01", "示例遵义石灰厂", "遵义市")
FIRST_DAY = date(2026, 11, 1)

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
    ("system2", "示例二号系统管理员", "系统管理员", None, FIRST_DAY),
    ("guiyang", "示例市经办", "市级经办", "GZ-1", FIRST_DAY),
    ("liupanshui", "示例二市经办", "市级经办", "GZ-2", FIRST_DAY),
    ("zunyi", "示例三市经办", "市级经办", "GZ-3", FIRST_DAY),
    *((f"{code.lower()}.clerk", f"{name}填报人", "企业填报人", code, FIRST_DAY) for code, name, _ in (*PLANTS, LIME)),
    *((f"{code.lower()}.head", f"{name}审批人", "企业审批人", code, FIRST_DAY) for code, name, _ in (*PLANTS, LIME)),
    ("v01.a", "示例核查员甲", "核查员", "V01", FIRST_DAY),
    ("v01.b", "示例核查员乙", "核查员", "V01", FIRST_DAY),
)

# The past, as the national registry, the yearbook and the province's own papers would state it.
SOURCE = "示例资料（合成）"
HOLDERS = (("单位",), *((name,) for _, name, _ in PLANTS))
OPENINGS = (
    ("单位", "应清缴（吨）", "已清缴（吨）", "足额清缴日", "结余持有（吨）", "履约周期", "依据"),
    *((name, 1_500_000 + 1_000 * number, 1_500_000 + 1_000 * number, date(2026, 11, 20), 2_000, "2025", SOURCE)
      for number, (_, name, _) in enumerate(PLANTS)),
)  # fmt: skip
TARGETS = (
    ("地区", "基年", "目标年", "下降目标（%）", "目标文件", "约束性", "公开"),
    ("贵州省", 2020, 2025, 18, SOURCE, "是", "是"),
    ("贵州省", 2020, 2030, 32, SOURCE, "是", "是"),
)
INDICES = {2021: "108.1", 2022: "101.2", 2023: "104.9", 2024: "105.3", 2025: "104.8"}
YEARBOOK = (
    ("地区", "年份", "当年价地区生产总值（亿元）", "生产总值指数（上年=100）", "价格基期", "数据口径", "来源", "公开"),
    ("贵州省", 2020, 17860, None, 2020, "年报", SOURCE, "是"),
    *(("贵州省", year, None, index, 2020, "年报", SOURCE, "是") for year, index in INDICES.items()),
)
ENERGY = (
    ("地区", "年份", "煤炭（万吨标准煤）", "油品（万吨标准煤）", "天然气（万吨标准煤）", "数据口径", "来源", "公开"),
    *(("贵州省", year, 7600 + 30 * number, 1500 + 20 * number, 300 + 25 * number, "年报", SOURCE, "是")
      for number, year in enumerate(range(2020, 2026))),
)  # fmt: skip
DOCUMENT = "示例省碳达峰实施方案（合成）"
CLAUSES = (
    ("文件", "条款号", "条款标题", "需落实任务"),
    (DOCUMENT, "1", "能源绿色低碳转型", "是"),
    (DOCUMENT, "1.1", "推动煤电机组节能降碳改造", "是"),
)

YEAR, MONTH, LAST_MONTH = "2026", "2026-11", "2026-12"


def tested(month: str, reported: date) -> dict[str, list[dict[str, Any]]]:
    """The laboratory's report on a month's coal, with the day on which it came."""
    end = date.fromisoformat(f"{month}-28")
    return {
        "laboratory_mark": [
            {
                "report": f"R-{month}", "month": month, "material": "烟煤", "sample_number": f"S-{month[5:]}",
                "laboratory": "示例煤质检测中心", "sampled_on": end, "received_on": end + timedelta(1),
                "tested_on": reported - timedelta(2), "reported_on": reported, "laboratory_mark": "CMA 资质认定",
                "hydrogen_air_dried": "3.61", "total_sulphur": "0.72", "net_calorific_value": "20.012", **REPORTED,
            }
        ]
    }  # fmt: skip


def of_power(month: str) -> dict[str, list[dict[str, Any]]]:
    """A month of a power plant's unit."""
    own = {"month": month}
    return {
        table: [row | own | ({"report_number": f"R-{month}"} if "report_number" in row else {}) for row in rows]
        for table, rows in JUNE.items()
    }


LIME_MONTH: dict[str, list[dict[str, Any]]] = {
    "lime_produced": [{"kiln": "1", "month": MONTH, "lime_produced": 820}],
    "stone_burnt": [
        {"kiln": "1", "month": MONTH, "stone": "石灰石", "stone_burnt": 1000},
        {"kiln": "1", "month": MONTH, "stone": "白云石", "stone_burnt": 500},
    ],
}

PLAN = {
    "boundary": "锅炉、汽轮机、发电机及脱硫脱硝装置（示例）",
    "process": "燃煤热电联产，煤粉锅炉",
    "sampling": "入炉煤每班采样，混合为日综合样，月末缩分为月综合样送检",
    "assurance": "班组自查、部门复核、厂级审核",
    "records": "原始记录与台账电子、纸质双份，保存不少于五年",
}
LABORATORY = {
    "method": "自有实验室检测",
    "frequency": "每日",
    "missing_data": "按指南取缺省值",
    "responsible": "化验班",
    "description": "GB/T 476-2008",
}
METERED = {
    "method": "自行仪表计量",
    "frequency": "连续",
    "missing_data": "取上月同期值",
    "responsible": "运行部",
    "accuracy": "0.5 级",
    "calibration": "每年检定",
}
MEASURED = {
    "入炉煤": METERED | {"instrument": "电子皮带秤 ICS-20B"},
    "发电量": METERED | {"instrument": "关口电能表 DSSD331"},
    "供热量": METERED | {"instrument": "热量积算仪 XSR70"},
    "": LABORATORY,
}
"""How each parameter of the plan is measured, by the words with which it begins; the last is for every other."""

ALLOCATION: dict[str, list[dict[str, Any]]] = {
    "unit_generation": [
        {
            "unit": "1", "unit_generation": "292406.236", "unit_heat": "0",
            "load_coefficient": "62.31", "unit_obligation_emission": "240000",
        }
    ]
}  # fmt: skip
"""What the plant states; once its year is verified, the verified values stand in its place."""
WITHOUT = [{"organisation": code, "reason": "尚未提交 2026 年数据"} for code, _, _ in PLANTS[1:]]
VENUE = "示例交易所"
BOUGHT = 20_000
TRADES = (
    ("成交编号", "成交日", "单位代码", "买卖方向", "交易方式", "配额种类", "成交量（吨）", "成交价（元/吨）",
     "成交额（元）", "交易机构", "对账单编号"),
    ("T-1", AFTER_THE_YEAR, "P01", "买入", "挂牌协议", "CEA26", BOUGHT, 70, 70 * BOUGHT, VENUE, "2027-01"),
)  # fmt: skip
BALANCE = (
    ("地区", "年份", "能源品种", "平衡表项目", "数量", "计量单位", "燃料因子来源", "原煤按", "交通运输按"),
    *(
        ("贵州省", year, material, process, amount + number, "万吨标准煤", "GB/T 32151.22-2024 附录C", "烟煤", "公路")
        for number, year in enumerate((2024, 2025))
        for material, process, amount in (
            ("原煤", "火力发电", -3600), ("原煤", "工业", 2100), ("柴油", "交通运输、仓储和邮政业", 420),
            ("汽油", "居民生活", 260), ("天然气", "居民生活", 90),
        )
    ),
)  # fmt: skip
