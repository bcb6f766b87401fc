"""What the law in force leaves open for the year: one system administrator enters the value, another decides on it."""

from __future__ import annotations

from .people import Fill, Tutorial
from .rows import SOURCE
from .setting_up import Province, present

OXIDATION = "0.99"  # made up: the national database's own value is not at hand
BAND = "第1档"


def enter(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("本年度尚缺的参数", "Values that the year still lacks")
    system, second = present(tutorial, province, "system"), present(tutorial, province, "system2")
    system.step(
        "系统管理员点“尚缺参数”，在要填的一行点“录入”；例如 2026 年燃煤碳氧化率，按锅炉类型和海拔档。",
        "The system administrator: “Missing parameters”, “Enter” in the row of the value; for example the oxidation "
        "rate of coal of 2026, by boiler type and band of altitude.",
        beside={"录入": f"煤粉炉.*{BAND}|Pulverised.*Band 1"},
    )
    system.step(
        "填数值和依据，“录入参数”。",
        "Value and source, “Enter a parameter”.",
        {"录入参数": Fill({"数值|Value": OXIDATION, "依据|Source": SOURCE})},
    )
    second.step(
        "另一名系统管理员点“待办事项”，“录入参数”，“批准”。",
        "A second system administrator: “Task list”, “Enter a parameter”, “Approve”.",
    )
    system.step(
        "系统管理员再点“单位”，“示例贵阳热电厂”，“变更企业登记事项”，选海拔档，再按“变更企业登记事项”。",
        "The system administrator again: “Organisations”, “示例贵阳热电厂”, “Change an enterprise's attributes”, the "
        "band of altitude, press “Change an enterprise's attributes”.",
        {"变更企业登记事项": Fill({"海拔档|Altitude band": "1", "起始日期|Since": "2026-11-01", "依据|Basis": SOURCE})},
    )
