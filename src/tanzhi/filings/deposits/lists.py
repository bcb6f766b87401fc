"""The list of filings."""

from __future__ import annotations

from django.urls import reverse

from tanzhi.filings.months.model import Filing
from tanzhi.filings.shared.forms import ANNUAL_FORM, MONTH_FORM
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import with_names
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, deadline_tone, state_filter
from tanzhi.rulebook.kernel.text import Text, same

from .work import FILING

KINDS = {MONTH_FORM: Text("月度数据", "Monthly data"), ANNUAL_FORM: Text("年度报告", "Annual report")}


FILINGS = Listing(
    "filings.list",
    title=Text("月度数据", "Monthly data"),
    noun=Text("份", "filings"),
    search=lambda rows, words: rows.filter(organisation__in=Organisation.objects.named(words)),
    hint=Text("单位代码或名称", "Code or name of the organisation"),
    empty=Text("还没有填报。", "There is no filing yet."),
    step=FillingStep(Text("选期间后开始。", "Choose a period and begin."), "filings.open"),
    prepare=with_names,
    columns=(
        ListColumn(
            "period",
            Text("期间", "Period"),
            kind="link",
            link=lambda row: reverse("filings:filing", kwargs={"pk": row.pk}),
            sort="period",
        ),
        ListColumn("organisation", Text("单位", "Organisation"), value="called"),
        ListColumn("kind", Text("种类", "Kind"), value=lambda row: KINDS[row.form_code.rpartition(".")[2]]),
        ListColumn(
            "state",
            Text("状态", "State"),
            kind="state",
            value=lambda row: row.state_label + Text("，逾期", ", late") if row.late else row.state_label,
            tone=lambda row: "late" if row.late else row.tone,
            sort="state",
        ),
        ListColumn("deposited_at", Text("存证时间", "Deposited"), sort="deposited_at"),
        ListColumn(
            "due",
            Text("截止", "Due"),
            value="due_on",
            kind="date",
            sort="due_on",
            tone=lambda row: "" if row.ended else deadline_tone(row.due_on, soon=7),  # what was deposited has none
        ),
        ListColumn("inner_due_on", Text("内部期限", "Inner deadline"), kind="date"),
    ),
    filters=(
        Filter(
            "year",
            Text("年度", "Year"),
            lambda: {
                period[:4]: same(period[:4])
                for period in Filing.objects.order_by("-period").values_list("period", flat=True).distinct()
            },
            where=lambda rows, year: rows.filter(period__startswith=year),
        ),
        Filter(
            "kind", Text("种类", "Kind"), KINDS, where=lambda rows, kind: rows.filter(form_code__endswith=f".{kind}")
        ),
        state_filter(FILING.words),
    ),
)
