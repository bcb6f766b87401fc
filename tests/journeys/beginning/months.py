"""A month of a power plant and one of the made-up industry: template, workbook, answers, deposit."""

from __future__ import annotations

from .people import Fill, Tables, Tutorial
from .rows import LIME_MONTH, MONTH, POWER_MONTH, TESTED
from .setting_up import Province, accept


def file_months(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("一个月的数据：电厂和石灰厂", "A month: a power plant and the lime works")
    clerk = accept(tutorial, province, "p01.clerk")
    clerk.step(
        "电厂填报人先登记检测报告：“检测报告”，“登记检测报告”，“下载模板”，填好，“上传并登记”。",
        "The power plant’s filer first records the laboratory’s report: “Laboratory reports”, “Record reports”, "
        "“Template”, fill it in, “Upload and record”.",
        {"上传并登记": Fill({"填好的模板|Filled": Tables(TESTED)})},
    )
    file_month(tutorial, province, "p01", POWER_MONTH)
    accept(tutorial, province, "l01.clerk")
    file_month(tutorial, province, "l01", LIME_MONTH)


def file_month(tutorial: Tutorial, province: Province, code: str, rows: dict[str, list[dict[str, object]]]) -> None:
    clerk = province.people[f"{code}.clerk"]
    clerk.step(
        "填报人点“月度数据”，选期间，“开始填报”，“下载模板”，填好，“上传并保存”。",
        "The filer: “Monthly data”, the period, “Open”, “Template”, fill it in, “Upload and save”.",
        {
            "开始填报": Fill({"期间|Period": MONTH}),
            "上传并保存": Fill({"工作簿（.xlsx）|Workbook (.xlsx)": Tables(rows)}),
        },
    )
    clerk.answer()
    clerk.step(
        "在右侧写明检查所问，“答复以上疑问”，“提交检查”。",
        "Explain at the right what the checks ask, “Answer the questions”, “Submit”.",
    )
    head = accept(tutorial, province, f"{code}.head")
    head.step(
        f"审批人点“待办事项”，“存证 {MONTH}”，“存证”。", f"The approver: “Task list”, “Deposit {MONTH}”, “Deposit”."
    )
