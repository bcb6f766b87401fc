"""Penalty cases as a list, and the decisions that are public."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.organisations.register.filters import city_filter
from tanzhi.organisations.register.queries import with_names
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing, state_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.penalties import OFFENCES
from tanzhi.workflow.clocks.model import Clock

from .model import FINED
from .work import PENALTY

CNY = Text("元", "CNY")


def _with_deadlines(rows: list[Any]) -> None:
    """Names and next deadlines of a page's cases, with one query each."""
    with_names(rows)
    clocks = Clock.objects.next_of(row.reference for row in rows)
    for row in rows:
        row.next_due = clocks[row.reference].due_on if row.reference in clocks else None


PENALTIES = Listing(
    "verification.penalties",
    title=Text("处罚案件", "Penalty cases"),
    noun=Text("件", "cases"),
    hint=Text("单位代码、名称或决定文号", "Code or name of the party, or number of the decision"),
    columns=(
        ListColumn("name", Text("当事人", "Party"), value="called", kind="link", sort="organisation__code",
                   link=lambda row: reverse("verification:penalty", args=[row.pk])),
        ListColumn("city", Text("市州", "City"), value="organisation.region.name", sort="organisation__region__path"),
        ListColumn("offence", Text("违法行为", "Offence"), words=OFFENCES, sort="offence"),
        ListColumn("acted_on", Text("行为日", "Day of the act"), kind="date", sort="acted_on"),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=PENALTY.words, tone=PENALTY.tones),
        ListColumn("fine", Text("罚款", "Fine"), value="fine_cny", kind="number", unit=CNY),
        ListColumn("decision_number", Text("决定文号", "Number of the decision"), sort="decision_number"),
        ListColumn("next_due", Text("期限", "Due"), kind="date",
                   tone=lambda row: "late" if row.next_due and row.next_due < clock.today() else ""),
    ),
    filters=(
        state_filter(PENALTY.words),
        Filter("offence", Text("违法行为", "Offence"), OFFENCES),
        Filter("fined", Text("处罚对象", "Who is fined"), FINED),
        city_filter("organisation__region"),
    ),
    search=("organisation__code", "organisation__names__zh", "organisation__names__en", "decision_number", "text"),
    order="-acted_on",
    empty=Text("没有处罚案件。", "No penalty case."),
    prepare=_with_deadlines,
)  # fmt: skip

DECISIONS = Listing(
    "verification.penalty_decisions",
    title=Text("公开的处罚决定", "Published penalty decisions"),
    noun=Text("件", "decisions"),
    hint=Text("单位名称或决定文号", "Name of the party, or number of the decision"),
    columns=(
        ListColumn("decision_number", Text("决定文号", "Number of the decision"), sort="decision_number"),
        ListColumn("name", Text("当事人", "Party"), value="called", sort="organisation__code"),
        ListColumn("offence", Text("违法行为", "Offence"), words=OFFENCES, sort="offence"),
        ListColumn("fine", Text("罚款", "Fine"), value="fine_cny", kind="number", unit=CNY),
        ListColumn("decided_on", Text("决定日", "Day of the decision"), kind="date", sort="decided_on"),
        ListColumn("published_on", Text("公开日", "Made public"), kind="date", sort="published_on"),
    ),
    filters=(Filter("offence", Text("违法行为", "Offence"), OFFENCES), city_filter("organisation__region")),
    search=("organisation__names__zh", "organisation__names__en", "decision_number"),
    order="-decided_on",
    empty=Text("没有公开的处罚决定。", "No penalty decision is public."),
    prepare=with_names,
)  # fmt: skip
