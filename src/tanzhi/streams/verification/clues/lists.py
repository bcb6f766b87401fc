"""Clues as a list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.organisations.register.filters import city_filter
from tanzhi.organisations.register.queries import with_names
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing, state_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.model import Clock

from .model import CLOSED, HOLDERS, LEVELS, RISKS, SOURCES, TO_ANSWER, Clue
from .work import CLUE

OVERDUE = {"yes": Text("已逾期", "Overdue"), "no": Text("未逾期", "Not overdue")}


def overdue_clues(rows: Any) -> list[int]:
    """The keys of those among some clues whose running deadline is over."""
    clocks = Clock.objects.filter(kind=CLUE.name, state=Clock.RUNNING, due_on__lt=clock.today())
    late = {int(case.partition(":")[2]) for case in clocks.values_list("case", flat=True)}
    return [pk for pk in rows.values_list("pk", flat=True) if pk in late]


def _by_overdue(rows: Any, code: str) -> Any:
    late = overdue_clues(rows)
    return rows.filter(pk__in=late) if code == "yes" else rows.exclude(pk__in=late)


def _by_holder(rows: Any, code: str) -> Any:
    return rows.filter(state__in=HOLDERS[code][1] if code in HOLDERS else ())


def _with_clue_facts(rows: list[Any]) -> None:
    """Names and next deadlines of a page's clues, with one query each."""
    with_names(rows)
    clocks = Clock.objects.next_of(row.reference for row in rows)
    for row in rows:
        row.next_due = clocks[row.reference].due_on if row.reference in clocks else None


CLUES = Listing(
    "verification.clues",
    title=Text("问题线索", "Clues"),
    noun=Text("条", "clues"),
    hint=Text("编号、单位代码或问题", "Number, enterprise or problem"),
    columns=(
        ListColumn("number", Text("编号", "Number"), kind="link", sort="number",
               link=lambda row: reverse("verification:clue", args=[row.pk])),
        ListColumn("name", Text("单位", "Enterprise"), value="called", sort="organisation__code"),
        ListColumn("city", Text("市州", "City"), value="organisation.region.name", sort="organisation__region__path"),
        ListColumn("parameter", Text("涉及参数", "Parameter"), sort="parameter"),
        ListColumn("level", Text("层级", "Level"), words=LEVELS, sort="level"),
        ListColumn("source", Text("来源", "Source"), words=SOURCES, sort="source"),
        ListColumn("risk", Text("风险", "Risk"), kind="state", words=RISKS, sort="risk",
               tone={"high": "late", "medium": "due", "low": ""}),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=CLUE.words, tone=CLUE.tones),
        ListColumn("holder", Text("现由", "Now with")),
        ListColumn("next_due", Text("期限", "Due"), kind="date",
               tone=lambda row: "late" if row.next_due and row.next_due < clock.today() else ""),
    ),
    filters=(
        state_filter(CLUE.words),
        city_filter("organisation__region"),
        Filter("level", Text("层级", "Level"), LEVELS),
        Filter("holder", Text("现由", "Now with"), {code: name for code, (name, _) in HOLDERS.items()}, _by_holder),
        Filter("overdue", Text("期限", "Due"), OVERDUE, _by_overdue),
        Filter("source", Text("来源", "Source"), SOURCES),
        Filter("risk", Text("风险", "Risk"), RISKS),
    ),
    search=("number", "organisation__code", "organisation__names__zh", "organisation__names__en", "text"),
    order="number",
    empty=Text("没有线索。省级经办可导入清单或登记一条。", "No clue. The province imports a list or enters one."),
    prepare=_with_clue_facts,
)  # fmt: skip


def with_progress(lists: list[Any]) -> list[Any]:
    """How many clues of each of the nation's lists wait for its answer, and how many are answered."""
    rows = {clue.pk: clue for clue in Clue.objects.filter(withdrawn=False)}
    for each in lists:
        clues = [rows[pk] for added in each.added if (pk := int(added.partition(":")[2])) in rows]
        each.waiting = sum(clue.state == TO_ANSWER for clue in clues)
        each.answered = sum(clue.answered_on is not None for clue in clues)
        each.open = len(clues) - sum(clue.state in (TO_ANSWER, CLOSED) for clue in clues)
    return lists


NATION_LISTS = Listing(
    "verification.nation_lists",
    title=Text("国家线索清单", "The nation's lists of clues"),
    noun=Text("份", "lists"),
    columns=(
        ListColumn("file_name", Text("清单", "List"), kind="link",
                   link=lambda row: reverse("verification:answers", args=[row.pk])),
        ListColumn("at", Text("导入时间", "Imported"), kind="date"),
        ListColumn("count", Text("线索数", "Clues"), kind="number"),
        ListColumn("open", Text("办理中", "Being worked on"), kind="number"),
        ListColumn("waiting", Text("待反馈国家", "The nation to be answered"), kind="number"),
        ListColumn("answered", Text("已反馈国家", "Nation answered"), kind="number"),
    ),
    empty=Text("还没有导入国家线索清单。", "No list of the nation was imported yet."),
)  # fmt: skip
