"""A plant's quality control plan for the next year: its rows stand in the workbook, how each is measured does not."""

from __future__ import annotations

from .people import Beside, Fill, Tutorial
from .rows import MEASURED, PLAN
from .setting_up import Province, present


def plan_next_year(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("下一年的数据质量控制方案", "Next year's quality control plan")
    clerk = present(tutorial, province, "p01.clerk")
    clerk.step(
        "电厂填报人点“数据质量控制方案”，选年度，“编制”，“下载工作簿”，写明各参数如何获得，“上传并保存”。",
        "The power plant’s filer: “Quality control plan”, the year, “Begin”, “Workbook”, how each parameter is "
        "measured, “Upload and save”.",
        {
            "编制": Fill({"编制年度方案|Begin the plan of": "2027"}),
            "上传并保存": Fill({"填好的工作簿（.xlsx）|Filled workbook (.xlsx)": Beside("instrument", MEASURED, PLAN)}),
        },
    )
    present(tutorial, province, "v01.a")  # a link of an invitation is good for some days, and the year is about to end
    clerk.step("“提交审定”，再按“提交审定”。", "“Submit for approval”, then press “Submit for approval”.")
    present(tutorial, province, "officer").step(
        "省级经办点“待办事项”，“2027 年数据质量控制方案”，“审定通过”，再按“审定通过”。",
        "The province’s officer: “Task list”, “quality control plan 2027”, “Approve the plan”, press "
        "“Approve the plan”.",
    )
