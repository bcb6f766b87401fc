"""docs/how-to/filer.md and .zh.md, followed: a month from its template to the receipt, a correction of it."""

from __future__ import annotations

import pytest

from tanzhi.actions.actor import Actor
from tanzhi.filings.intake.template import Prefill, template
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import form_of
from tests.factories import World
from tests.filings.deposits.test_work import RECORD
from tests.how_to import Guide

MONTH = "2023-06"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plant_s_people_go_by_the_page(language: str, world: World, clerk: Actor, approver: Actor) -> None:
    guide = Guide("filer", language)
    desk = guide.reader(clerk)
    guide.section("一个月的数据", "A month's data")
    desk.step(
        "填报人点“月度数据”，填期间，“开始填报”。",
        "The filer: “Monthly data”, the period, “Open”.",
        {"开始填报": {"期间|Period": MONTH}},
    )
    filing = Filing.objects.get()
    address = filing.get_absolute_url()
    assert desk.address == address
    desk.step(
        "“下载模板”，按表填写；隐藏的第一行不要动，只填数值。",
        "“Template”, fill it in: leave its hidden first row, values only.",
    )
    content = template(form_of(filing), Prefill(filing.organisation.code, MONTH, RECORD))
    desk.open(address)
    desk.step(
        "选填好的文件，“上传并保存”；有错的逐格指出，改后再传。",
        "Choose the file, “Upload and save”; every wrong cell is named: mend it and upload again.",
        {"上传并保存": {"工作簿（.xlsx）|Workbook (.xlsx)": ("june.xlsx", content)}},
    )
    desk.step(
        "右侧列出检查所问，写明原因，“答复以上疑问”；再“提交检查”。",
        "At the right stands what the checks ask: explain it, “Answer the questions”; then “Submit”.",
    )
    guide.section("存证", "Deposit")
    head = guide.reader(approver)
    head.step(
        f"审批人（另一人）点“待办事项”，“存证 {MONTH}”，核对后“存证”；有疑问的，退回填报人。",
        f"The approver, another person: “Task list”, “Deposit {MONTH}”, look at it, “Deposit”; or return it.",
        {"存证": {}},
    )
    filing.refresh_from_db()
    assert filing.state == "deposited"
    guide.section("更正", "A correction")
    desk.open(address)
    desk.step(
        "存证后发现有误：写明更正理由，“发起更正”；改后仍须另一人存证，各版都保留。",
        "What is deposited is wrong: write why, “Start a correction”; another person deposits it again, and every "
        "version stays.",
        {"发起更正": {"更正理由|Reason": "皮带秤读数抄错"}},
    )
    filing.refresh_from_db()
    assert filing.state == "in_correction"
    guide.end()
