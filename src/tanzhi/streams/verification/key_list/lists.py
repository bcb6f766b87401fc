"""The rows of a year's list, and the lists that were drawn up."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tanzhi.organisations.register.filters import city_filter, sector_filter
from tanzhi.organisations.register.queries import with_names
from tanzhi.organisations.sectors import sector_name
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text

from .candidates import CHANGES, ENTERS, MAY_LEAVE, ListCriteria
from .model import DECISIONS, WAITING, KeyUnitListRow
from .work import KEY_LIST

TONNES = Text("tCO₂e", "tCO₂e")
WAITS = {"waiting": Text("待决定或待答复", "To be decided or answered")}


def _waiting(rows: QuerySet[Any], _code: str) -> QuerySet[Any]:
    return rows.filter(WAITING)


def rows_of(rule: ListCriteria, *, with_figures: bool) -> Listing:
    """The rows of a list; its authorities see the emissions of the years that decide, and why it was decided so."""
    columns = [
        ListColumn("name", Text("单位", "Enterprise"), value="called", kind="link", sort="organisation__code",
                   link=lambda row: row.get_absolute_url()),
        ListColumn("sector", Text("行业", "Sector"), value=lambda row: sector_name(row.sector), sort="sector"),
        ListColumn("city", Text("市州", "City"), value="organisation.region.name", sort="organisation__region__path"),
        ListColumn("change", Text("对照门槛", "By the criteria"), words=CHANGES, kind="state", sort="change",
                   tone={ENTERS: "ok", MAY_LEAVE: "due"}),
        ListColumn("decision", Text("决定", "Decision"), value="decision_label", kind="state", sort="decision",
                   tone=lambda row: "due" if row.waits else ""),
    ]  # fmt: skip
    if with_figures:
        before = rule.years[1] if len(rule.years) > 1 else rule.year - 1
        columns[3:3] = [
            ListColumn(name, Text("{y} 年核查排放量", "Verified emission {y}").format(y=year), value=value,
                       kind="number", unit=TONNES)
            for name, year, value in (("emission_before", before, "tonnes_before"), ("emission", rule.year, "tonnes"))
        ]  # fmt: skip
        columns.append(ListColumn("reason", Text("理由", "Reason")))
    return Listing(
        "verification.key_list_rows",
        title=Text("重点排放单位名录（逐家）", "List of key emission units, enterprise by enterprise"),
        noun=Text("家", "enterprises"),
        hint=Text("单位代码或名称", "Code or name"),
        columns=tuple(columns),
        filters=(
            Filter("change", Text("对照门槛", "By the criteria"), CHANGES),
            Filter("decision", Text("决定", "Decision"), DECISIONS),
            Filter("waiting", Text("待办", "To do"), WAITS, _waiting),
            sector_filter(KeyUnitListRow.objects.all),
            city_filter("organisation__region"),
        ),
        search=("organisation__code", "organisation__names__zh", "organisation__names__en"),
        order="decision",
        empty=Text("没有符合条件的单位。", "No enterprise is as chosen."),
        prepare=with_names,
    )  # fmt: skip


KEY_LISTS = Listing(
    "verification.key_lists",
    title=Text("年度名录", "Lists by year"),
    noun=Text("份", "lists"),
    columns=(
        ListColumn("name", Text("名录", "List"), value="name", kind="link", sort="year",
                   link=lambda row: row.get_absolute_url()),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=KEY_LIST.words,
                   tone=KEY_LIST.tones),
        ListColumn("entering", Text("列入", "Enter"), kind="number"),
        ListColumn("leaving", Text("移出", "Leave"), kind="number"),
        ListColumn("standing", Text("名录内单位", "On the list"), kind="number"),
        ListColumn("waiting", Text("待决定或待答复", "To be decided or answered"), kind="number"),
    ),
    order="-name",
    empty=Text("还没有编制年度名录。", "No year's list has been drawn up."),
)  # fmt: skip
