"""Published figures of policy and activities: rows 5 to 9, 23, 25 to 27 and 38 of the press conference."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tanzhi.actions.references import reference
from tanzhi.figures import Answer, Part, Question, count_of, figure
from tanzhi.figures.amounts import day
from tanzhi.figures.places import region_of
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.states import BLANK
from tanzhi.rulebook.kernel.text import same

from .activity_models import Event, Pilot
from .document_models import Document, listed_names
from .queries import (
    completed_audits,
    consultations,
    documents,
    events,
    issued_documents,
    pilots,
    recommendations,
    rounds_of,
    tasks_of,
    visits,
)

POLICY, ACTIVITIES = "policy", "activities"
KEY_KINDS = ("task_plan", "work_points")
COUNT = Text("计数：{what}", "count of {what}")
NONE_YET = Text("尚无记录", "there is no record yet")


def part_of(record: Any, detail: Text | None = None, unit: str = "") -> Part:
    """A record as one part; its reference leads to its facts and to the evidence of every act on it."""
    return Part(record.name, Decimal(1), unit, ref=reference(record), detail=detail)


def _counted(records: Iterable[Any], unit: str, what: Text, scope: Text | None = None) -> Answer:
    return count_of([part_of(one, unit=unit) for one in records], COUNT.format(what=what), scope)


def _titles(records: Iterable[Any]) -> Text | None:
    found = [one.title for one in records]
    return _quoted(found) if found else None


def _quoted(titles: list[Text]) -> Text:
    return Text("".join(f"《{one.zh}》" for one in titles), ", ".join(f"“{one.en}”" for one in titles))


# --- row 5 ------------------------------------------------------------------------------------------


@figure(
    "policy.provincial_documents",
    title=Text("省级碳达峰碳中和实施意见与方案", "Provincial opinions and plans on peaking and neutrality"),
    unit="documents",
    stream=POLICY,
    row=5,
)
def provincial_documents(question: Question) -> Answer:
    """Opinions and plans of the provincial committee and government in force at the end of the period."""
    return _documents(question, "provincial")


@figure(
    "policy.department_documents",
    title=Text("部门碳达峰碳中和实施文件", "Implementing documents of departments"),
    unit="documents",
    stream=POLICY,
    row=5,
)
def department_documents(question: Question) -> Answer:
    """Opinions and plans of departments in force at the end of the period."""
    return _documents(question, "department")


def _documents(question: Question, level: str) -> Answer:
    found = documents(
        region_of(question), question.span.last, topic="peaking", kinds=("opinion", "plan"), levels=(level,)
    )
    return _counted(found, "documents", Text("现行文件", "documents in force"), _titles(found))


@figure(
    "policy.clauses_with_tasks",
    title=Text("已分解任务的条款", "Clauses with tasks"),
    unit="clauses",
    stream=POLICY,
)
def clauses_with_tasks(question: Question) -> Answer:
    """Clauses of documents in force to which at least one task was given (已分解任务的条款)."""
    found = documents(region_of(question), question.span.last, topic="peaking")
    rows = [clause for one in found for clause in one.clauses.filter(tasks__isnull=False).distinct()]
    parts = [
        Part(one.name, Decimal(1), "clauses", ref=reference(one.document), detail=one.document.title) for one in rows
    ]
    return count_of(parts, COUNT.format(what=Text("已有任务的条款", "clauses with tasks")))


# --- row 6 ------------------------------------------------------------------------------------------


@figure(
    "policy.synergy_cities",
    title=Text("减污降碳协同试点城市", "Pilot cities of synergy"),
    unit="cities",
    stream=POLICY,
    row=6,
)
def synergy_cities(question: Question) -> Answer:
    """Cities named pilots of synergy between pollution and carbon reduction (减污降碳协同创新试点城市)."""
    return _pilots(question, "synergy", "city", "cities")


@figure(
    "policy.synergy_parks",
    title=Text("减污降碳协同试点园区", "Pilot parks of synergy"),
    unit="parks",
    stream=POLICY,
    row=6,
)
def synergy_parks(question: Question) -> Answer:
    """Parks named pilots of synergy (减污降碳协同创新试点园区)."""
    return _pilots(question, "synergy", "park", "parks")


@figure(
    "policy.synergy_plans",
    title=Text("已审定任务清单并印发实施方案的试点", "Pilots with an approved task list and an issued plan"),
    unit="pilots",
    stream=POLICY,
    row=6,
)
def synergy_plans(question: Question) -> Answer:
    """Pilots whose task list was approved and whose implementation plan was issued by the end of the period."""
    last = question.span.last
    found = [
        one
        for one in pilots(region_of(question), last, "synergy")
        if one.list_approved_on and one.plan_issued_on and one.plan_issued_on <= last
    ]
    return _counted(found, "pilots", Text("已印发实施方案的试点", "pilots with a plan"), _names(found))


def _pilots(question: Question, topic: str, kind: str, unit: str) -> Answer:
    found = [one for one in pilots(region_of(question), question.span.last, topic) if one.kind == kind]
    return _counted(found, unit, Text("已公布的试点", "pilots named"), _names(found))


def _names(found: Iterable[Pilot]) -> Text | None:
    names = [one.title for one in found]
    return listed_names(names) if names else None


# --- rows 7 and 9 -----------------------------------------------------------------------------------


@figure(
    "policy.key_tasks",
    title=Text("重点任务", "Key tasks"),
    unit="tasks",
    stream=POLICY,
    row=7,
)
def key_tasks(question: Question) -> Answer:
    """Tasks of the key tasks plans and of the yearly work points issued until the end of the period (重点任务)."""
    found = _key_documents(question)
    return _counted(tasks_of(found), "tasks", Text("下达的任务", "tasks assigned"), _titles(found))


@figure(
    "policy.rounds",
    title=Text("重点任务调度", "Rounds of dispatching"),
    unit="rounds",
    stream=POLICY,
    row=7,
)
def rounds(question: Question) -> Answer:
    """Rounds of dispatching over those tasks until the end of the period (调度轮次)."""
    found = rounds_of(_key_documents(question), question.span.last)
    return _counted(found, "rounds", Text("调度", "rounds"), _of_reports(found))


def _of_reports(found: Iterable[Any]) -> Text | None:
    rows = list(found)
    told = sum(one.reports.filter(state="confirmed").count() for one in rows)
    asked = sum(one.reports.count() for one in rows)
    words = Text("应报{asked}份，已核实{told}份", "{told} of {asked} reports confirmed")
    return words.format(asked=asked, told=told) if rows else None


def _key_documents(question: Question) -> list[Document]:
    return issued_documents(region_of(question), question.span.last, kind=KEY_KINDS)


@figure(
    "policy.methane_tasks",
    title=Text("甲烷控排措施任务", "Measures and tasks on methane"),
    unit="tasks",
    stream=POLICY,
    row=9,
)
def methane_tasks(question: Question) -> Answer:
    """Tasks of the lists that put the national methane action plan into practice (甲烷控排措施任务)."""
    found = documents(region_of(question), question.span.last, topic="methane", kinds=("task_list",))
    return _counted(tasks_of(found), "tasks", Text("下达的任务", "tasks assigned"), _titles(found))


# --- row 8 ------------------------------------------------------------------------------------------


@figure(
    "policy.adaptation_reports",
    title=Text("适应气候变化研究报告", "Research reports on adaptation"),
    unit="reports",
    stream=POLICY,
    row=8,
)
def adaptation_reports(question: Question) -> Answer:
    """Research reports on adaptation until the end of the period (适应气候变化研究报告)."""
    found = issued_documents(region_of(question), question.span.last, topic="adaptation", kind="report")
    return _counted(found, "reports", Text("研究报告", "research reports"), _titles(found))


@figure(
    "policy.adaptation_partners",
    title=Text("联合印发适应气候变化行动方案的部门", "Departments that issued the adaptation plan jointly"),
    unit="departments",
    stream=POLICY,
    row=8,
)
def adaptation_partners(question: Question) -> Answer:
    """Departments that issued the plan in force together with its lead, the lead not counted (联合印发部门)."""
    found = documents(region_of(question), question.span.last, topic="adaptation", kinds=("plan",))
    parts = [
        Part(issuer.name, Decimal(1), "departments", ref=reference(one), detail=one.title)
        for one in found
        for issuer in list(one.issuers.all())[1:]
    ]
    what = Text("牵头单位之外的发文单位", "issuers besides the lead")
    return count_of(parts, COUNT.format(what=what), _titles(found))


@figure(
    "policy.adaptation_pilots",
    title=Text("气候适应型城市试点", "Pilots of climate-resilient cities"),
    unit="cities",
    stream=POLICY,
    row=8,
)
def adaptation_pilots(question: Question) -> Answer:
    """Cities named pilots of climate resilience (深化气候适应型城市建设试点)."""
    return _pilots(question, "adaptation", "city", "cities")


# --- row 23 -----------------------------------------------------------------------------------------


@figure(
    "policy.visits",
    title=Text("帮扶指导企业", "Visits of guidance to enterprises"),
    unit="visits",
    stream=POLICY,
    row=23,
)
def guidance(question: Question) -> Answer:
    """Visits held in the period, each to a named enterprise (帮扶指导)."""
    span = question.span
    found = visits(region_of(question), span.first, span.last)
    names = [one.organisation.name for one in found]
    scope = listed_names(names) if names else None
    return _counted(found, "visits", Text("帮扶", "visits held"), scope)


@figure(
    "policy.consultations",
    title=Text("反馈意见的国家征求意见稿", "National drafts on which comments were returned"),
    unit="drafts",
    stream=POLICY,
    row=23,
)
def returned_comments(question: Question) -> Answer:
    """Drafts on which comments were returned in the period, signed off by two (反馈意见)."""
    span = question.span
    found = consultations(region_of(question), span.first, span.last)
    return _counted(found, "drafts", Text("已反馈意见的征求意见稿", "drafts with comments returned"), _titles(found))


# --- rows 25, 26, 38: events ------------------------------------------------------------------------


@figure(
    "activities.low_carbon_day",
    title=Text("全国低碳日活动日期", "Day of the National Low-Carbon Day"),
    unit="date",
    stream=ACTIVITIES,
    row=25,
)
def low_carbon_day(question: Question) -> Answer:
    """The day on which the province held it, with theme and host (全国低碳日活动)."""
    return _day_of(question, "low_carbon_day")


@figure(
    "activities.day_regions",
    title=Text("举办低碳日活动的市州", "Cities and prefectures that held activities"),
    unit="regions",
    stream=ACTIVITIES,
    row=25,
)
def day_regions(question: Question) -> Answer:
    """Cities and prefectures that told of activities on the day, areas inside a city not counted."""
    return _participations(question, counted=True)


@figure(
    "activities.day_areas",
    title=Text("举办低碳日活动的功能区", "Areas inside a city that held activities"),
    unit="areas",
    stream=ACTIVITIES,
    row=25,
)
def day_areas(question: Question) -> Answer:
    """Areas that report by themselves and lie inside a city (功能区), never added to the cities."""
    return _participations(question, counted=False)


def _participations(question: Question, counted: bool) -> Answer:
    span, unit = question.span, "regions" if counted else "areas"
    rows = [
        one
        for event in events(region_of(question), span.first, span.last, "low_carbon_day")
        for one in event.participations.select_related("region", "event")
        if one.region.counted is counted
    ]
    names = [one.region.name for one in rows]
    parts = [
        Part(one.region.name, Decimal(1), unit, ref=reference(one), detail=_ACTIVITIES.format(n=one.activities))
        for one in rows
    ]
    what = Text("报送活动的地区", "regions that told of activities")
    return count_of(parts, COUNT.format(what=what), listed_names(names) if names else None)


_ACTIVITIES = Text("{n} 场", "{n} activities")


@figure(
    "activities.individuals",
    title=Text("推荐的低碳典型个人", "Model individuals recommended"),
    unit="people",
    stream=ACTIVITIES,
    row=26,
)
def individuals(question: Question) -> Answer:
    """Model individuals that the province recommended in the period (低碳典型个人); no name is told."""
    span = question.span
    found = recommendations(region_of(question), span.first, span.last, "individual")
    names = [one.region.name for one in found]
    scope = listed_names(names) if names else None
    return _counted(found, "people", Text("推荐的典型个人", "individuals recommended"), scope)


@figure(
    "activities.conferences",
    title=Text("全省工作会议", "Provincial work conferences"),
    unit="meetings",
    stream=ACTIVITIES,
    row=26,
)
def conferences(question: Question) -> Answer:
    """Work conferences held in the period (工作会议)."""
    return _events(question, "conference", "meetings")


@figure(
    "activities.trainings",
    title=Text("培训", "Training courses"),
    unit="courses",
    stream=ACTIVITIES,
    row=26,
)
def trainings(question: Question) -> Answer:
    """Trainings held in the period (培训)."""
    return _events(question, "training", "courses")


def _events(question: Question, kind: str, unit: str) -> Answer:
    span = question.span
    found = events(region_of(question), span.first, span.last, kind)
    names = [one.title for one in found]  # meetings and trainings are no documents: their names stand without 《》
    return _counted(found, unit, Text("已举办的活动", "events held"), listed_names(names) if names else None)


@figure(
    "ccer.deployment_meeting",
    title=Text("全省自愿减排工作部署会日期", "Day of the provincial deployment meeting"),
    unit="date",
    stream="ccer",
    row=38,
)
def deployment_meeting(question: Question) -> Answer:
    """The day of the newest deployment meeting in the period (工作部署会)."""
    return _day_of(question, "deployment")


def _day_of(question: Question, kind: str) -> Answer:
    """The day of the newest event of a kind as the answer; theme and host in its scope."""
    span = question.span
    found = events(region_of(question), span.first, span.last, kind)
    if not found:
        return Answer(None, BLANK, formula=_DAY, reason=NONE_YET)
    newest = found[-1]
    return Answer(newest.on, formula=_DAY, parts=(_dated(newest),), scope=_scope_of(newest))


def _dated(event: Event) -> Part:
    return Part(event.title, None, "", ref=reference(event), detail=same(event.on.isoformat()))


def _scope_of(event: Event) -> Text:
    """Title, theme and host, as far as they are known."""
    told = [(_THEME, event.theme), (_HOST, event.host.name if event.host else None)]
    parts = [words.format(found=found) for words, found in told if found is not None]
    parts = parts or [event.title]
    return Text("，".join(one.zh for one in parts), ", ".join(one.en for one in parts))


_DAY = Text("活动记录的日期", "the day of the event")
_THEME = Text("主题“{found}”", "theme “{found}”")
_HOST = Text("主会场设在{found}", "main venue in {found}")


# --- row 27 -----------------------------------------------------------------------------------------


@figure(
    "cleaner.completed_audits",
    title=Text("完成清洁生产审核的企业", "Enterprises that completed the audit"),
    unit="enterprises",
    stream="cleaner",
    row=27,
)
def audits(question: Question) -> Answer:
    """Of the year's list: finished by the end of the period, and the report found complete by the authority."""
    span = question.span
    found = completed_audits(region_of(question), span.year, span.last)
    parts = [
        Part(one.organisation.name, Decimal(1), "enterprises", ref=reference(one), detail=one.organisation.region.name)
        for one in found
    ]
    scope = _LIST.format(year=span.year, total=_listed(question), last=day(span.last).short)
    return count_of(parts, COUNT.format(what=Text("已完成审核的企业", "audits completed")), scope)


def _listed(question: Question) -> int:
    from .audit_models import Audit

    place = region_of(question)
    rows = Audit.objects.filter(audit_list__year=question.span.year, organisation__region__path__startswith=place.path)
    return rows.exclude(state="dropped").count()


_LIST = Text("{year}年清洁生产审核名单共{total}家，截至{last}", "{total} on the list of {year}, as of {last}")
