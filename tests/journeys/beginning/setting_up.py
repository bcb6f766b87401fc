"""The first chapters: two administrators, the province, its registers, its people, its past."""

from __future__ import annotations

from dataclasses import dataclass, field

from .installation import LINK, Installation
from .people import Fill, Sheet, Somebody, Tutorial
from .rows import CITIES, FACILITIES, LISTED, ORGANISATIONS, PEOPLE, PROVINCE, SOURCE, UNITS

PASSWORD = "first-day-of-guizhou"


@dataclass
class Province:
    """Who is there by now, and the letters of those who have not come yet."""

    people: dict[str, Somebody] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)


def set_up(tutorial: Tutorial, installation: Installation) -> Province:
    province = Province()
    system, security = administrators(tutorial, province, installation)
    ground(tutorial, system)
    registers(tutorial, system)
    people(tutorial, province, system, security)
    return province


def present(tutorial: Tutorial, province: Province, name: str) -> Somebody:
    """Somebody who came before, or comes now."""
    return province.people[name] if name in province.people else accept(tutorial, province, name)


def accept(tutorial: Tutorial, province: Province, name: str) -> Somebody:
    """Somebody opens his link, sets a password, signs in, and sets a time code up where his role demands one."""
    who = tutorial.somebody(name)
    who.open(province.letters[name])
    province.people[name] = who
    who.step(
        "每个人打开自己的链接，填密码，“设置密码”，再“登录”。",
        "Everybody opens his own link, types a password, “Set password”, then “Sign in”.",
        {
            "设置密码": Fill({"密码|Password": PASSWORD, "再输一次|Once more": PASSWORD}),
            "登录": Fill({"登录名|Sign-in name": name, "密码|Password": PASSWORD}),
        },
    )
    if who.page.locator("main").get_by_role("button", name=("开始设置", "Set up")[tutorial.language == "en"]).count():
        who.step(
            "管理员和负责人还须“开始设置”，用手机扫描图形。",
            "Administrators and directors also “Set up” a time code and scan its picture with a telephone.",
        )
        who.step(
            "填手机显示的六位数字，“启用”。",
            "Type the six digits that it shows, “Switch on”.",
            {"启用": Fill({"6 位数字|Six digits": who.time_code()})},
        )
    return who


def administrators(tutorial: Tutorial, province: Province, installation: Installation) -> tuple[Somebody, Somebody]:
    tutorial.chapter("两名管理员", "Two administrators")
    printed = installation.command("admin", "create", "示例系统管理员", "system", "示例安全管理员", "security")
    province.letters["system"], province.letters["security"] = LINK.findall(printed)
    return accept(tutorial, province, "system"), accept(tutorial, province, "security")


def ground(tutorial: Tutorial, system: Somebody) -> None:
    tutorial.chapter("省份、地市、工作日历", "Province, cities, calendar")
    system.step(
        "系统管理员点“准备情况”，“选择省份并勾选地市”；选贵州省，“列出地市”；留下三个市，“建立勾选的地区”。",
        "The system administrator: “Readiness”, “Choose the province, tick its cities”; Guizhou, “List its cities”; "
        "leave three of them ticked, “Set up what is ticked”.",
        {
            "列出地市": Fill({"省份|Province": PROVINCE}),
            "建立勾选的地区": Fill(only=(PROVINCE, *CITIES)),
        },
    )
    system.step(
        "“准备情况”，“录入年度工作日历”；11 月起须有下一年的放假安排。",
        "“Readiness”, “Enter a year of the calendar”; from November the next year’s holidays are asked for.",
    )
    system.step(
        "填年份、来源、放假日期，“录入年度工作日历”。",
        "Year, source, the days of the holidays, “Enter a year of the calendar”.",
        {
            "录入年度工作日历": Fill(
                {"年份|Year": "2027", "来源文号|Source": SOURCE}, rows={"holidays": [{"value": "2027-01-01"}]}
            )
        },
    )


def registers(tutorial: Tutorial, system: Somebody) -> None:
    tutorial.chapter("单位、名录、设施、机组", "Organisations, list, facilities, units")
    for zh, en, rows in (
        ("单位", "organisations", ORGANISATIONS),
        ("重点排放单位名录", "list of key emission units", LISTED),
        ("设施", "facilities", FACILITIES),
        ("机组与生产线", "units and lines", UNITS),
    ):
        system.step(
            f"“单位”，在导入一栏点“{zh}”，“下载模板”，填好，“上传并试读”，“导入 {len(rows) - 1} 行”。",
            f"“Organisations”, beside Import “{en}”, “Template”, fill it in, “Upload and try”, "
            f"“Import {len(rows) - 1} rows”.",
            {"上传并试读": Fill({"工作簿|Workbook": Sheet(rows)})},
        )


def people(tutorial: Tutorial, province: Province, system: Somebody, security: Somebody) -> None:
    tutorial.chapter("人员与角色", "People and their roles")
    number = len(PEOPLE) - 1
    security.step(
        f"安全管理员点“人员”，“人员与角色”，“下载模板”，每人每个角色一行，“上传并试读”，“导入 {number} 行”。",
        f"The security administrator: “People”, “people and their roles”, “Template”, a row a person and role, "
        f"“Upload and try”, “Import {number} rows”.",
        {"上传并试读": Fill({"工作簿|Workbook": Sheet(PEOPLE)})},
    )
    system.step(
        "系统管理员点“待办事项”，“人员与角色”，“批准”。",
        "The system administrator: “Task list”, “people and their roles”, “Approve”.",
    )
    security.step(
        "安全管理员再点“人员”，“人员与角色”，“officer.xlsx”，“生成并打印邀请函”，分别交给本人。",
        "The security administrator again: “People”, “people and their roles”, “officer.xlsx”, "
        "“Make and print the invitations”, and hands each to its person.",
    )
    names = sorted(row[0] for row in PEOPLE[1:])
    links = LINK.findall(security.text)
    assert len(links) == len(names)
    province.letters |= dict(zip(names, links, strict=True))
