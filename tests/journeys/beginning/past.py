"""What the province brings along: the year's members, accounts and their balances, targets, ledgers, documents."""

from __future__ import annotations

from .people import Fill, Sheet, Somebody, Tutorial
from .rows import CLAUSES, DOCUMENT, ENERGY, HOLDERS, OPENINGS, PROVINCE, SOURCE, TARGETS, YEARBOOK, Rows
from .setting_up import Province, accept


def take_over(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("当年名单、账户和上一履约周期", "Members of the year, accounts, the cycle before")
    officer, director = (accept(tutorial, province, name) for name in ("officer", "director"))
    members(officer, director)
    accounts(officer, director)
    tutorial.chapter("目标、台账、政策", "Targets, ledgers, policy")
    ledgers(officer)
    policy(officer)


def imported(who: Somebody, list_: tuple[str, str], way: tuple[str, str], rows: Rows) -> None:
    """By the way in of its list: the template is fetched, filled in and handed in."""
    number = len(rows) - 1
    in_english = "1 row" if number == 1 else f"{number} rows"
    who.step(
        f"“{list_[0]}”，在导入一栏点“{way[0]}”，“下载模板”，填好，“上传并试读”，“导入 {number} 行”。",
        f"“{list_[1]}”, beside Import “{way[1]}”, “Template”, fill it in, “Upload and try”, “Import {in_english}”.",
        {"上传并试读": Fill({"工作簿|Workbook": Sheet(rows)})},
    )


def members(officer: Somebody, director: Somebody) -> None:
    officer.step(
        "省级经办点“单位”，打开一家电厂“示例贵阳热电厂”，“确定年度纳入单位”，选市场和年度，采用当年名录。",
        "The province’s officer: “Organisations”, one of the plants, “示例贵阳热电厂”, “Decide a year's members”, "
        "market and year, the whole list.",
    )
    decision = {
        "地区|Region": PROVINCE,
        "市场|Market": "power",
        "年度|Year": "2026",
        "决定文件|Decision": SOURCE,
        "出处|Where": SOURCE,
        "采用当年名录|Take": True,
    }
    officer.step(
        "再按“确定年度纳入单位”，等省级负责人批准。",
        "“Decide a year's members” hands it to the director.",
        {"确定年度纳入单位": Fill(decision)},
    )
    director.step(
        "省级负责人点“待办事项”，“确定年度纳入单位”，“批准”。",
        "The director: “Task list”, “Decide a year's members”, “Approve”.",
    )
    officer.step(
        "省级经办点“单位”，“公开重点排放单位名录”，填年度和公告。",
        "The officer: “Organisations”, “Make the list of key emission units public”, year and document.",
    )
    officer.step(
        "按“公开重点排放单位名录”。",
        "“Make the list of key emission units public”.",
        {"公开重点排放单位名录": Fill({"地区|Region": PROVINCE, "年度|Year": "2026", "公开文件|Document": SOURCE})},
    )


def accounts(officer: Somebody, director: Somebody) -> None:
    imported(officer, ("账户", "Accounts"), ("持有账户", "holding accounts"), HOLDERS)
    officer.step(
        "“履约清缴”，“设立履约周期”，填上一年度和清缴截止日。",
        "“Compliance”, “Open a cycle”, the year before and its deadline.",
    )
    officer.step(
        "按“设立履约周期”。",
        "“Open a cycle”.",
        {
            "设立履约周期": Fill(
                {
                    "地区|Region": PROVINCE,
                    "首个配额年度|First allowance year": "2025",
                    "最后配额年度|Last allowance year": "2025",
                    "清缴截止日|Deadline for surrender": "2026-12-31",
                    "依据文件|Document": SOURCE,
                }
            )
        },
    )
    imported(officer, ("账户", "Accounts"), ("期初结余", "opening balances"), OPENINGS)
    director.step(
        "省级负责人点“待办事项”，“期初结余”，“批准”。", "The director: “Task list”, “opening balances”, “Approve”."
    )


def ledgers(officer: Somebody) -> None:
    imported(officer, ("强度目标", "Intensity targets"), ("强度目标", "targets"), TARGETS)
    imported(
        officer,
        ("强度台账", "Intensity ledger"),
        ("年鉴生产总值及指数", "GDP and its index out of a yearbook"),
        YEARBOOK,
    )
    imported(officer, ("强度台账", "Intensity ledger"), ("能源消费台账", "ledger of energy"), ENERGY)


def policy(officer: Somebody) -> None:
    officer.step("“政策库”，“录入政策文件”。", "“Policy library”, “Enter a document”.")
    paper = {
        "地区|Region": PROVINCE,
        "中文名称|Chinese title": DOCUMENT,
        "英文名称|English title": DOCUMENT,
        "层级|Level": "provincial",
        "文种|Kind": "plan",
        "专题|Topic": "peaking",
        "发文单位|Issuers": "GZ",
        "印发日期|Issued on": "2026-03-02",
        "来源|Source": SOURCE,
        "向社会公开|Open to the public": True,
    }
    officer.step("填好，“录入政策文件”。", "Fill it in, “Enter a document”.", {"录入政策文件": Fill(paper)})
    imported(officer, ("政策库", "Policy library"), ("政策条款", "clauses of documents"), CLAUSES)
    officer.step(f"“政策库”，“{DOCUMENT}”，“入库”。", f"“Policy library”, “{DOCUMENT}”, “Put into the library”.")
    officer.step("再按“入库”。", "“Put into the library” again.", {"入库": Fill()})
