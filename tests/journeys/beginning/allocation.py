"""The year's allowances: a plant states its data, a run is computed, approved and issued by two; trades; surrender."""

from __future__ import annotations

from .months import hand_in
from .past import imported
from .people import Fill, Tables, Tutorial
from .rows import ALLOCATION, PROVINCE, SOURCE, TRADES, WITHOUT, YEAR
from .setting_up import Province, present

CYCLE = {
    "地区|Region": PROVINCE,
    "首个配额年度|First allowance year": YEAR,
    "最后配额年度|Last allowance year": YEAR,
    "清缴截止日|Deadline for surrender": "2027-12-31",
    "依据文件|Document": SOURCE,
}
RUN = {"履约周期|Cycle": "2026", "配额年度|Allowance year": YEAR, "阶段|Stage": "final"}


def allocate(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("配额分配、交易、清缴", "Allocation, trades, surrender")
    officer = present(tutorial, province, "officer")
    officer.step(
        "省级经办点“履约清缴”，“设立履约周期”，填配额年度和清缴截止日，再按“设立履约周期”。",
        "The officer: “Compliance”, “Open a cycle”, years and deadline, press “Open a cycle”.",
        {"设立履约周期": Fill(CYCLE)},
    )
    clerk = present(tutorial, province, "p01.clerk")
    clerk.step(
        f"电厂填报人点“企业工作台”，“填报 {YEAR} 年配额分配数据”，“下载模板”，填好，“上传并保存”。",
        f"The plant’s filer: “Plant desk”, “Report the allocation data of {YEAR}”, “Template”, fill it in, "
        "“Upload and save”.",
        {"上传并保存": Fill({"工作簿（.xlsx）|Workbook (.xlsx)": Tables(ALLOCATION)})},
    )
    hand_in(tutorial, province, "p01", YEAR)
    run(tutorial, province)
    imported(officer, ("交易", "Trading"), ("交易对账单", "statement of trades"), TRADES)
    surrender(tutorial, province)


def run(tutorial: Tutorial, province: Province) -> None:
    """The run's two decisions are each proposed by the officer and decided by the director."""
    officer, director = province.people["officer"], present(tutorial, province, "director")
    officer.step(
        "“配额分配”，“新建配额分配批次”，选周期、年度、阶段，再按“新建配额分配批次”。",
        "“Allocation”, “Open an allocation run”, cycle, year, stage, press “Open an allocation run”.",
        {"新建配额分配批次": Fill(RUN)},
    )
    officer.step(
        "“测算”，未提交数据的单位列为暂缓核定，再按“测算”。",
        "“Compute”, naming whoever has no data yet, press “Compute”.",
        {"测算": Fill(rows={"without": WITHOUT})},
    )
    for zh, en in (("审定分配结果", "Approve the run"), ("发放配额", "Issue the allowances")):
        officer.step(f"“{zh}”，再按“{zh}”。", f"“{en}”, press “{en}”.")
        director.step(f"省级负责人点“待办事项”，“{zh}”，“批准”。", f"The director: “Task list”, “{en}”, “Approve”.")
        officer.page.reload()


def surrender(tutorial: Tutorial, province: Province) -> None:
    head, officer = present(tutorial, province, "p01.head"), province.people["officer"]
    head.step(
        "电厂审批人点“企业工作台”，核对拟清缴数量，“清缴”，再按“清缴”。",
        "The plant’s approver: “Plant desk”, looks at what is proposed, “Surrender”, press “Surrender”.",
    )
    officer.step(
        "省级经办点“待办事项”，打开“确认清缴”，“确认清缴”，再按“确认清缴”。",
        "The officer: “Task list”, open “Confirm”, “Confirm”, press “Confirm”.",
    )
