"""The administrator's first day as docs/how-to/first-day.md and .zh.md tell it, word by word, in both languages.

From an empty database to a province whose people, register, list and accounts stand, by `tanzhi admin create` and then
by links and buttons alone. Every link and button that the page names between its marks is pressed, in its order.
"""

from __future__ import annotations

import base64
import io
import logging.config
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings as configured
from django_otp.oath import totp
from typer.testing import CliRunner

from tanzhi.actions.readiness import GROUND, PEOPLE, READY, parts
from tanzhi.cli import app
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tests.web.visitor import Visitor

pytestmark = pytest.mark.django_db
GUIDES = Path(__file__).parents[2] / "docs" / "how-to"
QUOTED = {"zh": re.compile(r"「([^」]+)」"), "en": re.compile(r"“([^”]+)”")}
DAY = "2026-11-16"  # after the first of November: the next year's calendar is asked for, too
PASSWORD = "first-day-of-ningxia"
INVITATION = re.compile(r"/organisations/invitation/[\w-]+/")

ORGANISATIONS = (
    ("代码", "中文名称", "类别", "地区", "行业", "起始日期"),
    ("NX", "宁夏生态环境厅", "主管部门", "宁夏回族自治区", None, date(2026, 11, 16)),
    ("NX-YC", "银川市生态环境局", "主管部门", "银川市", None, date(2026, 11, 16)),
    ("P01", "示例发电有限公司", "企业", "银川市", "发电", date(2026, 11, 16)),
    ("V01", "示例核查有限公司", "核查机构", "银川市", None, date(2026, 11, 16)),
)
LISTED = (("单位代码", "行业", "起始日期", "依据"), ("P01", "发电", date(2026, 11, 16), "示例文件"))
FACILITIES = (
    ("单位代码", "设施代码", "设施名称", "地区", "起始日期"),
    ("P01", "P01-F", "一厂", "银川市", date(2026, 11, 16)),
)
UNITS = (
    ("设施代码", "机组编号", "起始日期", "装机容量（MW）", "主要燃料", "锅炉类型", "供热方式", "冷却方式"),
    ("P01-F", "1", date(2026, 11, 16), 350, "常规燃煤", "煤粉炉", "热电联产", "水冷"),
)
PEOPLE_ROWS = (
    ("登录名", "姓名", "角色", "单位代码", "起始日期"),
    ("officer", "马省办", "省级经办", "NX", date(2026, 11, 16)),
    ("director", "丁厅长", "省级负责人", "NX", date(2026, 11, 16)),
    ("yinchuan", "白市办", "市级经办", "NX-YC", date(2026, 11, 16)),
    ("p01.clerk", "何填报", "企业填报人", "P01", date(2026, 11, 16)),
    ("p01.head", "郑审批", "企业审批人", "P01", date(2026, 11, 16)),
    ("v01.a", "秦核查", "核查员", "V01", date(2026, 11, 16)),
    ("v01.b", "冯核查", "核查员", "V01", date(2026, 11, 16)),
)


def workbook(*rows: tuple[Any, ...]) -> tuple[str, bytes]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return f"{rows[1][0]}.xlsx", out.getvalue()


class FirstDay:
    """The people of the first day and what they press, in one language."""

    def __init__(self, language: str) -> None:
        self.language, self.pressed = language, list[str]()
        self.system, self.security = Visitor(language, self.pressed), Visitor(language, self.pressed)

    def say(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh

    def accept(self, who: Visitor, link: str, name: str) -> None:
        """An invitation's link: a password, the sign-in, and the time code where the role demands one."""
        who.open(link)
        password, again = self.say("密码", "Password"), self.say("再输一次", "Once more")
        who.press("设置密码", "Set password", {password: PASSWORD, again: PASSWORD})
        who.press("登录", "Sign in", {self.say("登录名", "Sign-in name"): name, password: PASSWORD})
        if self.language == "en":  # an account speaks Chinese until its owner says otherwise
            who.press("English", "English")
        if who.page.xpath("//form//button[contains(., '开始设置') or contains(., 'Set up')]"):
            who.press("开始设置", "Set up")
            secret = "".join(who.page.xpath("//main//p/code")[0].text_content().split())
            code = f"{totp(base64.b32decode(secret)):06d}"
            who.press("启用", "Switch on", {self.say("6 位数字", "Six digits"): code})

    def take_in(self, who: Visitor, zh: str, en: str, rows: tuple[Any, ...]) -> None:
        """An import by the entrance of its list."""
        who.follow(zh, en, within="export")
        who.press("上传并试读", "Upload and try", {self.say("工作簿", "Workbook"): workbook(*rows)})
        number = len(rows) - 1
        who.press(f"导入 {number} 行", f"Import {number} row{'s' * (number != 1)}")

    def decide(self, who: Visitor, zh: str, en: str) -> None:
        """Approve what another one handed in."""
        who.follow("待办事项", "Task list")
        who.follow(zh, en)
        who.press("批准", "Approve")


def begun(day: FirstDay) -> None:
    """`tanzhi admin create`, two links, two people."""
    made = CliRunner().invoke(app, ["admin", "create", "张三", "zhangsan", "李四", "lisi"])
    assert made.exit_code == 0, made.output
    logging.config.dictConfig(configured.LOGGING)  # the command's own streams are closed by now
    first, second = INVITATION.findall(made.output)
    day.accept(day.system, first, "zhangsan")
    day.accept(day.security, second, "lisi")


def grounded(day: FirstDay) -> None:
    """Regions, the next year's calendar, the register."""
    who, say = day.system, day.say
    who.follow("准备情况", "Readiness")
    who.follow("选择省份并勾选地市", "Choose the province, tick its cities")
    who.press("列出地市", "List its cities", {say("省份", "Province"): "640000"})
    untick = dict.fromkeys(["640200", "640300", "640400", "640500"], False)
    who.press("建立勾选的地区", "Set up what is ticked", ticked=untick)
    who.follow("准备情况", "Readiness")
    who.follow("录入年度工作日历", "Enter a year of the calendar")
    filled = {say("年份", "Year"): "2027", say("来源文号", "Source"): "国办发明电〔2026〕示例号"}
    who.press("录入年度工作日历", "Enter a year of the calendar", filled, lines={"holidays": ["2027-01-01"]})
    for zh, en, rows in (
        ("单位", "organisations", ORGANISATIONS),
        ("重点排放单位名录", "list of key emission units", LISTED),
        ("设施", "facilities", FACILITIES),
        ("机组与生产线", "units and lines", UNITS),
    ):
        who.follow("单位", "Organisations")
        day.take_in(who, zh, en, rows)


def peopled(day: FirstDay) -> dict[str, Visitor]:
    """A second system administrator by himself, everybody else by a sheet; each accepts his invitation."""
    who, say = day.security, day.say
    who.follow("人员", "People")
    who.follow("邀请人员", "Invite a person")
    who.press("邀请人员", "Invite a person", {say("登录名", "Sign-in name"): "wangwu", say("姓名", "Name"): "王五"})
    [link] = INVITATION.findall(who.text)
    who.follow("授予角色", "Grant roles")
    who.follow("授予角色", "Grant a role")
    role = {say("角色", "Role"): say("系统管理员", "System administrator")}
    who.press("授予角色", "Grant a role", role)
    day.decide(day.system, "授予角色", "Grant a role")
    second = Visitor(day.language, day.pressed)
    day.accept(second, link, "wangwu")
    who.follow("人员", "People")
    who.follow("人员与角色", "people and their roles", within="export")
    who.press("上传并试读", "Upload and try", {say("工作簿", "Workbook"): workbook(*PEOPLE_ROWS)})
    who.press("导入 7 行", "Import 7 rows")
    day.decide(day.system, "人员与角色", "people and their roles")
    who.follow("人员", "People")
    who.follow("人员与角色", "people and their roles", within="export")
    who.follow("officer.xlsx", "officer.xlsx")
    who.press("生成并打印邀请函", "Make and print the invitations")
    names = [row[0] for row in PEOPLE_ROWS[1:]]
    visitors = {}
    letters = dict(zip(sorted(names), INVITATION.findall(who.text), strict=True))
    for name in names:
        visitors[name] = Visitor(day.language, day.pressed)
        day.accept(visitors[name], letters[name], name)
    return visitors


def worked(day: FirstDay, officer: Visitor, director: Visitor) -> None:
    """Members of the year, decided by two; the list made public; an account."""
    say = day.say
    officer.follow("单位", "Organisations")
    officer.follow("示例发电有限公司", "示例发电有限公司")
    officer.follow("确定年度纳入单位", "Decide a year's members")
    decision = {
        say("市场", "Market"): say("全国碳市场：发电", "National market: power"),
        say("年度", "Year"): "2026",
        say("决定文件", "Decision"): "示例文件 1 号",
        say("出处", "Where it can be read"): "示例网站",
    }
    officer.press("确定年度纳入单位", "Decide a year's members", decision)
    day.decide(director, "确定年度纳入单位", "Decide a year's members")
    officer.follow("单位", "Organisations")
    officer.follow("公开重点排放单位名录", "Make the list of key emission units public")
    public = {
        say("地区", "Region"): say("宁夏回族自治区", "Ningxia"),
        say("年度", "Year"): "2026",
        say("公开文件", "Document"): "示例公告 2 号",
    }
    officer.press("公开重点排放单位名录", "Make the list of key emission units public", public)
    officer.follow("账户", "Accounts")
    officer.follow("开立账户", "Open an account")
    firm = {say("单位", "Organisation"): "示例发电有限公司"}
    officer.press("开立账户", "Open an account", firm)


def named_in(language: str) -> list[str]:
    """What the page puts between its marks, in its order."""
    text = (GUIDES / ("first-day.md" if language == "en" else "first-day.zh.md")).read_text("utf-8")
    return [each for each in (counted(words) for words in QUOTED[language].findall(text)) if each]


def counted(words: str) -> str:
    """Whatever number of rows a file has."""
    return re.sub(r"\b\d+ (行|row)s?", r"n \1", " ".join(words.split()))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_day_goes_as_its_page_says(language: str, settings: Any) -> None:
    settings.TANZHI_PROVINCE, settings.TANZHI_TODAY, settings.TANZHI_TIME_CODES = "", DAY, ""
    day = FirstDay(language)
    begun(day)
    grounded(day)
    people = peopled(day)
    worked(day, people["officer"], people["director"])
    day.system.follow("准备情况", "Readiness")
    administrator = actor_of(Person.objects.get(sign_in_name="zhangsan"))
    on = date.fromisoformat(DAY)
    states = {part.code: part.standing(administrator, on) for part in parts()}
    ground = [part.code for part in parts() if part.group in (PEOPLE, GROUND)] + ["law.calendar", "registry.accounts"]
    assert {code: states[code].lacks for code in ground if states[code].state != READY} == {}
    assert states["law.parameters"].lacks  # the values of 2026 that nobody has published yet
    # The page and what was pressed: each word of the page in its order, and nothing pressed that it does not name.
    pressed = [counted(words) for words in day.pressed]
    in_order = iter(pressed)
    assert [words for words in named_in(language) if words not in in_order] == []
    assert set(pressed) == set(named_in(language))
