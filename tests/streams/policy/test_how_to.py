"""docs/how-to/city-bureau.md and .zh.md, followed: late plants, a task, a clue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions.registry import perform
from tests.how_to import Guide

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tests.factories import World


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_city_bureau_goes_by_the_page(
    language: str, world: World, report: Any, officer: Actor, city_officer: Actor, clerk: Actor
) -> None:
    row = {
        "number": "C-1",
        "organisation": "PLANT",
        "parameter": "元素碳",
        "text": "检测报告编号不连续",
        "risk": "high",
    }
    clue = perform("verification.receive_clue", officer, data=row).result
    perform("verification.dispatch_clue", officer, clue, {"requirement": "请核对原件"})
    guide = Guide("city-bureau", language)
    city = guide.reader(city_officer)
    guide.section("逾期未存证的企业", "Plants that are late")
    city.step(
        "点“存证情况”，看辖区企业各月存证；有逾期的，“催报逾期单位”，核对勾选的企业，“向所选单位催报”。",
        "“Deposits” shows the months of your plants; where some are late: “Remind the late ones”, look at the ticks,"
        " “Remind those chosen”.",
    )
    guide.section("任务进展", "A task's progress")
    city.step(
        "点“待办事项”，打开要报送的任务。",
        "“Task list”, open the task that a report is due on.",
        opens=report.get_absolute_url(),
    )
    city.step(
        "填指标完成值、进展说明，附佐证材料，“报送进展”；由另一人核实。",
        "Values reached, progress, the evidence; “Report”. Somebody else confirms it.",
        {"报送进展": {"进展说明|Progress": "已完成", "佐证材料|Evidence": ("ledger.txt", b"ledger")}},
        lines={"actuals": ["10"]},
    )
    guide.section("问题线索", "A clue")
    city.step(
        "点“问题线索”，打开转来的线索。", "“Clues”, open the one that was passed to you.", opens=clue.get_absolute_url()
    )
    city.step(
        "现场核实后“反馈核实情况”，选属实与否，写情况，再按“反馈核实情况”。",
        "After the visit “Report the verification on site”: real or not, and what was found; press “Report the"
        " verification on site”.",
        {"反馈核实情况": {"属实|Confirmed": True, "核实情况|What was found": "原件缺号"}},
    )
    perform("verification.rectify_clue", clerk, clue, {"measures": "已补原件", "files": [_proof()]})
    city.step(
        "企业整改后，点“问题线索”，打开该线索。",
        "When the plant has put it right: “Clues”, open it.",
        opens=clue.get_absolute_url(),
    )
    city.step(
        "“确认整改”，写意见，再按“确认整改”；由省级销号。",
        "“Confirm” with your opinion, press “Confirm”; the province closes it.",
        {"确认整改": {"意见|Opinion": "已核对原件"}},
    )
    clue.refresh_from_db()
    report.refresh_from_db()
    assert (clue.state, report.state) == ("confirmed", "reported")
    guide.end()


def _proof() -> str:
    from tests.streams.policy.conftest import paper

    return str(paper("proof"))
