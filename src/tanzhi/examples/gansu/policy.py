"""Policy of the example province: library, tasks with rounds of dispatching, pilots, activities, all through actions.

Cities and departments report with evidence, the department's officer confirms, and somebody else confirms what the
department itself reports. Values are drawn from a seed; the methane list reaches the worked example of the law.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import decide
from tanzhi.evidence.files import receive
from tanzhi.organisations.register.model import Region
from tanzhi.streams.policy.activities.model import Event
from tanzhi.streams.policy.documents.model import Document
from tanzhi.streams.policy.pilots.model import Pilot
from tanzhi.streams.policy.rounds.model import Report, Round

from .crew import acting, city_officer, home
from .data import read
from .people import SINCE, employ

SOURCE = "公开信息中的名称；文本与日期为示例 / name from public information, text and day made up"
METHANE = {"1": "0.92", "2": "83.1", "3": "57", "4": "91.2", "5": "31"}
LAGGING = "1.1"
RED, YELLOW = Decimal("0.7"), Decimal("0.9")


def load() -> None:
    """People and departments first, then what they do, in the order of days."""
    platform, province = Actor.platform(), home()
    for row in policy_spec()["departments"]:
        data = row | {"kind": "authority", "region": province.code, "since": SINCE.isoformat()}
        perform("organisations.register", acting("officer"), data=data)
    for row in policy_spec()["people"]:
        employ(platform, row["name"], row["words"], "provincial_officer", row["organisation"])
    for city in cities():
        city_officer(city.code)
    documents: dict[str, Document] = {}
    for row in policy_spec()["documents"]:
        documents[row["key"]] = _document(row, documents)
    _tasks(documents)
    _pilots(documents)
    _consultations()
    _visits()
    for row in policy_spec()["events"]:
        with on(row["day"]):
            event = _planned_event(row)
            outcome = {"attended": row["attended"], "outcome": "活动按计划举办（示例）。", "files": [paper(row["zh"])]}
            perform("policy.hold_event", acting("officer"), event, outcome)
        if row["kind"] == "low_carbon_day":
            _take_part(event)
    with on("2024-07-15"):
        _planned_event(policy_spec()["ahead"])
    row = policy_spec()["model"]
    with on("2024-04-10"):
        data = row | {
            "kind": "individual",
            "to_zh": "全国低碳典型推选（示例）",
            "to_en": "national selection of models (example)",
            "grounds": "长期坚持低碳出行和节能宣传（示例）。",
            "files": [paper("低碳典型事迹材料")],
        }
        case = perform("policy.nominate", city_officer(row["region"]), data=data).result
    with on("2024-04-22"):
        perform("policy.recommend", acting("officer"), case, {"on": "2024-04-22"})


@cache
def policy_spec() -> Any:
    return read("policy.yaml")


def cities() -> list[Region]:
    """The province's cities and prefectures, in the order of their codes."""
    return list(Region.objects.filter(parent=home(), counted=True).order_by("code"))


def bureau(code: str) -> str:
    return f"B{code}"


def on(day: date | str) -> Any:
    """Act at noon of a day."""
    when = date.fromisoformat(day) if isinstance(day, str) else day
    return clock.at(datetime.combine(when, time(12), timezone.get_current_timezone()))


def paper(words: str) -> str:
    """A small file that says that it is an example; its digest."""
    content = f"{words}\n本文件为示例数据，非官方文本。\nAn example, not an official text.\n"
    return receive(io.BytesIO(content.encode()), f"{words[:40]}.txt", "text/plain").file.sha256


def sheet(rows: Iterable[Sequence[object]], name: str) -> str:
    """A workbook of one sheet, received under its name; its digest."""
    book = Workbook()
    only = book.active
    if only is None:
        raise LookupError("a new workbook has a sheet")
    for row in rows:
        only.append(row)
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return receive(content, name, kind).file.sha256


# --- library ------------------------------------------------------------------------------------------


def _document(row: dict[str, Any], by_key: dict[str, Document]) -> Document:
    officer, issued = acting("officer"), row["issued_on"]
    named = {name: row[name] for name in ("zh", "en", "level", "kind", "topic", "number", "valid_until") if name in row}
    outside = [policy_spec()["committee"]] if row.get("committee") else [row["outside"]] if "outside" in row else []
    data = named | {
        "region": home().code,
        "issued_on": issued,
        "issuers": row.get("issuers", []),
        "outside_issuers": outside,
        "supersedes": by_key[row["supersedes"]].pk if "supersedes" in row else None,
        "source": SOURCE,
        "published": True,
        "files": [paper(f"{row['zh']}（示例文本）")],
    }
    with on(issued):
        document: Document = perform("policy.register_document", officer, data=data).result
        if clauses := row.get("clauses"):
            rows = [dict(zip(("number", "zh", "en", "assigns"), clause, strict=True)) for clause in clauses]
            perform("policy.add_clauses", officer, document, {"clauses": rows})
        perform("policy.bring_into_force", officer, document)
    document.refresh_from_db()
    return document


# --- tasks and rounds ---------------------------------------------------------------------------------


def _tasks(documents: dict[str, Document]) -> None:
    for key, rows in policy_spec()["tasks"].items():
        document = documents[key]
        with on(document.issued_on):
            for row in rows:
                perform("policy.assign_task", acting("officer"), data=_task(row, document))
    _import_work_points(documents["work_points"])
    # Two closed rounds of each plan, and one that is under way on the day of the demonstration.
    draw = random.Random(2024)
    _round(documents["work_points"], "2023-06-30", draw, behind=0.35)
    _round(documents["work_points"], "2023-12-31", draw, behind=0.1)
    _round(documents["key_tasks"], "2023-12-31", draw, behind=0.3)
    _round(documents["methane"], "2024-06-30", draw, fixed=METHANE)
    _round(documents["key_tasks"], "2024-06-30", draw, behind=0.3, under_way=True)
    # The year's tasks are said to be done by their leads, and confirmed by the department; one is left open.
    for task in documents["work_points"].tasks.exclude(number="6"):
        lead = acting(TELLERS[task.lead.code]) if task.lead else acting("officer")
        with on("2024-01-18"):
            claim = {"text": "年度目标已完成（示例）", "files": [paper(f"{task.title_zh}完成情况")]}
            perform("policy.claim_task", lead, task, claim)
        with on("2024-01-24"):
            perform("policy.confirm_task", acting("officer"), task, {"text": "与年度台账一致（示例）"})
    # One task is done and confirmed by another person; one that is overdue is pressed by letter.
    done = documents["key_tasks"].tasks.get(number="4.2")
    with on("2024-07-05"):
        claim = {"text": "年度核查工作全部完成（示例）", "files": [paper("核查工作总结")]}
        perform("policy.claim_task", acting("officer"), done, claim)
    with on("2024-07-08"):
        perform("policy.confirm_task", acting("drc"), done, {"text": "核查结论与台账一致（示例）"})
    late = documents["key_tasks"].tasks.get(number="2.1")
    with on("2024-07-10"):
        words = {"to": "DRC", "text": "请加快绿色工厂创建进度（示例）。", "days": 10}
        perform("policy.press_task", acting("officer"), late, words)


INDICATOR = ("zh", "en", "unit", "start", "target")


def _task(row: dict[str, Any], document: Document) -> dict[str, Any]:
    return {
        "document": document.pk,
        "region": home().code,
        "number": row["n"],
        "zh": row["zh"],
        "en": row["en"],
        "clause": row["c"],
        "parent": row.get("p", ""),
        "lead": row["lead"],
        "co": row.get("co", []),
        "reporters": [bureau(city.code) for city in cities()] if row.get("reporters") == "cities" else [],
        "starts_on": document.issued_on,
        "due_on": row["due"],
        "weight": row.get("w"),
        "indicators": [{"number": "1", **dict(zip(INDICATOR, row["i"], strict=True))}] if row.get("i") else [],
        "milestones": [
            {"number": str(n), "due_on": day, "zh": zh, "en": en} for n, (day, zh, en) in enumerate(row.get("m", ()), 1)
        ],
    }


HEADS = (
    "文号", "地区代码", "任务编号", "对应条款", "任务名称", "英文名称", "牵头单位代码", "报送单位代码",
    "起始日期", "完成时限", "指标名称", "指标英文名称", "指标单位", "起点值", "目标值",
)  # fmt: skip


def _import_work_points(document: Document) -> None:
    """The year's list comes as a sheet, as the leading group's office would send it."""
    rows: list[Sequence[object]] = [HEADS]
    for number, clause, zh, en, lead, reporters, due, *indicator in policy_spec()["work_points"]:
        who = "、".join(bureau(city.code) for city in cities()) if reporters == "cities" else reporters
        days = [f"{document.issued_on:%Y-%m-%d}", str(due)]
        rows.append([document.number, home().code, number, clause, zh, en, lead, who, *days, *indicator])
    file = sheet(rows, "2023年工作要点任务清单（示例）.xlsx")
    with on(document.issued_on):
        perform("policy.tasks_import", acting("officer"), data={"file": file})


def _round(
    document: Document,
    as_of: str,
    draw: random.Random,
    *,
    behind: float = 0.0,
    fixed: dict[str, str] | None = None,
    under_way: bool = False,
) -> None:
    last = date.fromisoformat(as_of)
    months = {6: (7, 1), 12: (1, 2)}[last.month]
    year = last.year + (last.month == 12)
    opened, told_on, due = date(year, months[0], 2), date(year, months[0], 8), date(year, months[0], 20)
    with on(opened):
        data = {"document": document.pk, "as_of": last, "due_on": due}
        round_: Round = perform("policy.open_round", acting("officer"), data=data).result
    rows = round_.reports.select_related("task", "organisation__region").prefetch_related("task__indicators")
    for number, report in enumerate(rows.order_by("task__number", "organisation__code")):
        if under_way and number % 5 == 4:
            continue
        # How much of what is expected was reached: mostly all, sometimes less.
        chance = draw.random()
        if chance < behind / 2:
            share = RED + Decimal(draw.randrange(0, 8)) / 100
        elif chance < behind:
            share = YELLOW + Decimal(draw.randrange(0, 9)) / 100
        else:
            share = Decimal(draw.randrange(100, 108)) / 100
        with on(told_on):
            _tell(report, last, share, fixed)
        if not (under_way and number % 5 == 3):
            with on(date(year, months[0], 11)):
                # The department's officer; what the department itself told is confirmed by another department.
                perform(
                    "policy.confirm_report",
                    acting("drc" if report.organisation.code == "DEE" else "officer"),
                    report,
                    {"text": "已核对佐证材料（示例）"},
                )
    if not under_way:
        with on(date(year, months[0], 15)):
            perform("policy.close_round", acting("officer"), round_, {"text": "示例通报"})


def _tell(report: Report, as_of: date, share: Decimal, fixed: dict[str, str] | None) -> None:
    """What the authority reports, with a paper that shows it."""
    task = report.task
    # On the straight line from start to target, times what was reached of it, to one decimal.
    whole, since_start = max(1, (task.due_on - task.starts_on).days), max(0, (as_of - task.starts_on).days)
    gone = min(Decimal(1), Decimal(since_start) / whole)
    actuals = []
    for indicator in task.indicators.all():
        value = (fixed or {}).get(task.number)
        if not value:
            start, target = Decimal(indicator.start or 0), Decimal(indicator.target)
            value = str(((start + (target - start) * gone) * share).quantize(Decimal("0.1")))
        actuals.append({"number": indicator.number, "value": value})
    due = [milestone.number for milestone in task.milestones.all() if milestone.due_on <= as_of]
    reached = due[:-1] if task.number == LAGGING else due
    words = f"{task.title_zh}：截至{as_of:%Y年%m月%d日}进展（示例）"
    data = {"actuals": actuals, "reached": reached, "progress": words}
    proof = [paper(f"{words} {report.organisation.code}")]
    code = report.organisation.code
    perform(
        "policy.report_task",
        acting(TELLERS[code]) if code in TELLERS else city_officer(report.organisation.region.code),
        report,
        data | {"files": proof},
    )


TELLERS = {"DRC": "drc", "ENE": "energy", "AGR": "agri", "HUD": "housing", "TRA": "transport", "DEE": "officer"}


# --- pilots, consultations, visits --------------------------------------------------------------------


def _pilots(documents: dict[str, Document]) -> None:
    names = ("number", "due_on", "zh", "en")
    tasks = [dict(zip(names, row, strict=True)) for row in policy_spec()["pilot_tasks"]]
    for row in policy_spec()["pilots"]:
        data = {name: row[name] for name in ("zh", "en", "kind", "topic", "region", "named_on")} | {
            "programme_zh": row["programme"][0],
            "programme_en": row["programme"][1],
            "document": documents[row["list"]].pk,
            "organisation": bureau(row["region"]),
            "published": True,
        }
        with on(row["named_on"]):
            pilot: Pilot = perform("policy.name_pilot", acting("officer"), data=data).result
        officer, city = acting("officer"), city_officer(row["region"])
        early = row["topic"] == "synergy"
        with on("2024-02-27" if early else "2024-06-24"):
            listed = {"tasks": tasks, "files": [paper(f"{row['zh']}{row['programme'][0]}任务清单")]}
            perform("policy.submit_task_list", city, pilot, listed)
        if early:
            # Task list approved, implementation plan handed in, approved and issued.
            with on("2024-03-12"):
                perform("policy.approve_task_list", officer, pilot)
            with on("2024-04-23"):
                title = f"{row['zh']}减污降碳协同创新试点实施方案（示例题名）"
                perform("policy.submit_pilot_plan", city, pilot, {"title": title, "files": [paper(title)]})
            with on("2024-05-10"):
                perform("policy.approve_pilot_plan", officer, pilot, {"issued_on": "2024-05-10"})
            with on("2024-06-28"):
                progress = {"text": "任务清单按计划推进（示例）。", "files": [paper(f"{row['zh']}上半年进展")]}
                perform("policy.report_pilot", city, pilot, progress)


def _consultations() -> None:
    officer, director = acting("officer"), acting("director")
    for row in policy_spec()["drafts"]:
        with on(row["day"]):
            data = {name: row[name] for name in ("zh", "en", "topic")} | {
                "region": home().code,
                "asked_by_zh": "生态环境部办公厅",
                "asked_by_en": "General Office of the Ministry of Ecology and Environment",
                "received_on": row["day"],
                "due_on": row["due"],
            }
            case = perform("policy.receive_draft", officer, data=data).result
        for code in ("620100", "620400", "620200"):
            with on(row["day"]):
                words = {"consultation": case.pk, "organisation": bureau(code), "text": "建议明确衔接安排（示例）。"}
                perform("policy.give_opinion", city_officer(code), data=words)
        with on(row["back"]):
            reply = {
                "comments": row["comments"],
                "returned_on": row["back"],
                "summary": "综合市州意见后反馈（示例）。",
                "files": [paper(f"{row['zh']}反馈函")],
            }
            proposal = perform("policy.return_comments", officer, case, reply).proposal
            if proposal is not None:
                decide(proposal, director, True, "示例：同意")


def _visits() -> None:
    first = None
    for row in policy_spec()["visits"]:
        with on(row["day"]):
            data = {name: row[name] for name in ("organisation", "zh", "en")} | {
                "planned_on": row["day"],
                "team": "省厅与市局帮扶组（示例）",
            }
            visit = perform("policy.plan_visit", acting("officer"), data=data).result
            first = first or visit
            advice = {"held_on": row["day"], "advice": "核对煤样留存与送检记录（示例）。", "files": [paper(row["zh"])]}
            perform("policy.hold_visit", acting("officer"), visit, advice)
    with on("2024-05-10"):
        outcome = {"outcome": "企业已完善留样台账（示例）。"}
        perform("policy.close_visit", city_officer(policy_spec()["visits"][0]["city"]), first, outcome)


# --- events -------------------------------------------------------------------------------------------


def _planned_event(row: dict[str, Any]) -> Event:
    theme = row.get("theme", ["", ""])
    data = {name: row[name] for name in ("kind", "zh", "en", "host") if name in row} | {
        "region": home().code,
        "on": row["day"],
        "theme_zh": theme[0],
        "theme_en": theme[1],
        "published": True,
    }
    event: Event = perform("policy.plan_event", acting("officer"), data=data).result
    return event


def _take_part(event: Event) -> None:
    """Every city, and the area inside one that reports by itself."""
    draw = random.Random(515)
    areas = list(Region.objects.filter(parent__parent=home(), counted=False).select_related("parent"))
    for place in [*cities(), *areas]:
        officer = city_officer(place.parent.code if not place.counted and place.parent else place.code)
        with on("2024-05-17"):
            data = {
                "event": event.pk,
                "region": place.code,
                "activities": draw.randrange(2, 9),
                "people": draw.randrange(3, 40) * 50,
                "text": "开展主题宣传活动（示例）。",
                "files": [paper(f"{place.name_zh}低碳日活动照片")],
            }
            perform("policy.take_part", officer, data=data)
