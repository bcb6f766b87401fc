"""The guideline to which this package's rules belong, and its lists of codes."""

from tanzhi.rulebook.kernel import Guideline, Text

PLAN_2019 = "国环规气候〔2020〕3号"
PLAN_2021 = "国环规气候〔2023〕1号"
PLAN_2023 = "国环规气候〔2024〕1号"
PLAN_2025 = "2025、2026年度配额总量和分配方案（生态环境部，2026-09-03）"

power_allocation = Guideline(
    "power_allocation",
    title=Text("发电行业配额分配", "Allocation to power generation"),
    levels={"enterprise": "enterprises", "unit": "units"},
)

TREATMENTS = {
    "benchmark": Text("按基准值核定", "By benchmark"),
    "as_emitted": Text("按经核查排放量核定（特殊机组）", "As verified emission (special units)"),
    "excluded": Text("不纳入配额管理", "Outside allocation"),
}
