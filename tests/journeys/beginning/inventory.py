"""The energy balance of two years comes by a file; one checks it, another deposits it; an inventory rests on it."""

from __future__ import annotations

from .past import imported
from .people import Fill, Tutorial
from .rows import BALANCE, PROVINCE
from .setting_up import Province, present

YEAR = "2025"
FILED = f"{YEAR}：省级清单：能源活动（贵州省）", f"{YEAR}: Provincial inventory: energy (Guizhou)"
OPENED = {
    "地区代码|Region code": PROVINCE,
    "清单年份|Year": YEAR,
    "指南版本|Edition": "2011",
    "全球变暖潜势|Warming": "SAR",
}


def begin_inventory(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("温室气体清单", "The inventory")
    officer, director = present(tutorial, province, "officer"), present(tutorial, province, "director")
    imported(officer, ("温室气体清单", "Inventory"), ("地区能源平衡表", "provincial energy balance"), BALANCE)
    officer.step(f"打开导入的一年“{FILED[0]}”。", f"Open a year that came in, “{FILED[1]}”.")
    officer.answer()
    officer.step(
        "说明检查对该年数据所问，“答复以上疑问”，“提交检查”。",
        "Explain what the checks ask of that year, “Answer the questions”, “Submit”.",
    )
    director.step(
        f"同部门的另一人点“待办事项”，“{FILED[0]}”，“存证”。",
        f"Somebody else of the department: “Task list”, “{FILED[1]}”, “Deposit”.",
    )
    officer.step(
        "省级经办点“温室气体清单”，“新建清单”，选年份和指南版本，再按“新建清单”。",
        "The officer: “Inventory”, “Open an inventory”, year and edition, press “Open an inventory”.",
        {"新建清单": Fill(OPENED)},
    )
