"""Months of a power plant and one of the made-up industry, and a plant's year: template, workbook, answers, deposit."""

from __future__ import annotations

from datetime import date
from typing import Any

from .people import Fill, Somebody, Tables, Tutorial
from .rows import LAST_MONTH, LIME_MONTH, MONTH, YEAR, of_power, tested
from .setting_up import Province, present


def file_months(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("一个月的数据：电厂和石灰厂", "A month: a power plant and the lime works")
    record_report(present(tutorial, province, "p01.clerk"), MONTH, date(2026, 12, 3))
    file_month(tutorial, province, "p01", MONTH, of_power(MONTH))
    file_month(tutorial, province, "l01", MONTH, LIME_MONTH)


def record_report(clerk: Somebody, month: str, on: date) -> None:
    clerk.step(
        "电厂填报人先登记检测报告：“检测报告”，“登记检测报告”，“下载模板”，填好，“上传并登记”。",
        "The power plant’s filer first records the laboratory’s report: “Laboratory reports”, “Record reports”, "
        "“Template”, fill it in, “Upload and record”.",
        {"上传并登记": Fill({"填好的模板|Filled": Tables(tested(month, on))})},
    )


def file_month(
    tutorial: Tutorial, province: Province, code: str, month: str, rows: dict[str, list[dict[str, Any]]]
) -> None:
    clerk = present(tutorial, province, f"{code}.clerk")
    clerk.step(
        "填报人点“月度数据”，选期间，“开始填报”，“下载模板”，填好，“上传并保存”。",
        "The filer: “Monthly data”, the period, “Open”, “Template”, fill it in, “Upload and save”.",
        {
            "开始填报": Fill({"期间|Period": month}),
            "上传并保存": Fill({"工作簿（.xlsx）|Workbook (.xlsx)": Tables(rows)}),
        },
    )
    hand_in(tutorial, province, code, month)


def hand_in(tutorial: Tutorial, province: Province, code: str, period: str) -> None:
    """What the checks ask is answered and the values are handed in by one, deposited by the other."""
    clerk = province.people[f"{code}.clerk"]
    if clerk.answer():
        clerk.step(
            "在右侧写明检查所问，“答复以上疑问”，“提交检查”。",
            "Explain at the right what the checks ask, “Answer the questions”, “Submit”.",
        )
    else:
        clerk.step("没有疑问的，直接“提交检查”。", "Where nothing is asked, “Submit”.")
    present(tutorial, province, f"{code}.head").step(
        f"审批人点“待办事项”，“存证 {period}”，“存证”。", f"The approver: “Task list”, “Deposit {period}”, “Deposit”."
    )


def report_year(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("电厂的年度报告", "A plant's annual report")
    clerk = present(tutorial, province, "p01.clerk")
    record_report(clerk, LAST_MONTH, date(2027, 1, 6))
    file_month(tutorial, province, "p01", LAST_MONTH, of_power(LAST_MONTH))
    clerk.step(
        "各月都已存证后，填报人点“月度数据”，期间填年度，“开始填报”，“由已存证各月汇总”。",
        "Once all months are deposited, the filer: “Monthly data”, the year as the period, “Open”, "
        "“Compose from the deposited months”.",
        {"开始填报": Fill({"期间|Period": YEAR})},
    )
    hand_in(tutorial, province, "p01", YEAR)
