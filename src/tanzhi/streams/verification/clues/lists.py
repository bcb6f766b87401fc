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

from .model import RISKS, SOURCES
from .work import CLUE


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
        ListColumn("source", Text("来源", "Source"), words=SOURCES, sort="source"),
        ListColumn("risk", Text("风险", "Risk"), kind="state", words=RISKS, sort="risk",
               tone={"high": "late", "medium": "due", "low": ""}),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=CLUE.words, tone=CLUE.tones),
        ListColumn("next_due", Text("期限", "Due"), kind="date",
               tone=lambda row: "late" if row.next_due and row.next_due < clock.today() else ""),
    ),
    filters=(
        state_filter(CLUE.words),
        city_filter("organisation__region"),
        Filter("source", Text("来源", "Source"), SOURCES),
        Filter("risk", Text("风险", "Risk"), RISKS),
    ),
    search=("number", "organisation__code", "organisation__names__zh", "organisation__names__en", "text"),
    order="number",
    empty=Text("没有线索。省级经办可导入清单或登记一条。", "No clue. The province imports a list or enters one."),
    prepare=_with_clue_facts,
)  # fmt: skip
