"""The list of data quality control plans."""

from __future__ import annotations

from typing import Any

from tanzhi.actions import clock
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import with_names
from tanzhi.presentation.lists.listing import FillingStep, ListColumn, Listing, state_filter, year_filter
from tanzhi.rulebook.kernel.text import Text

from .model import Plan, PlanVersion
from .work import PLAN


def _prepare(rows: list[Any]) -> None:
    """Names and the versions in force of a page's plans, with one query each."""
    with_names(rows)
    versions = PlanVersion.objects.filter(plan__in=rows, approved=True).order_by("number")
    in_force = dict(versions.values_list("plan_id", "number"))
    for row in rows:
        row.in_force = in_force.get(row.pk)


PLANS = Listing(
    "filings.plans",
    title=Text("数据质量控制方案", "Data quality control plans"),
    noun=Text("份", "plans"),
    order="due",
    search=lambda rows, words: rows.filter(organisation__in=Organisation.objects.named(words)),
    hint=Text("单位代码或名称", "Code or name of the organisation"),
    empty=Text("还没有方案。", "There is no plan yet."),
    step=FillingStep(Text("选年度后编制。", "Choose a year and begin one."), "filings.open_plan"),
    prepare=_prepare,
    columns=(
        ListColumn(
            "organisation", Text("单位", "Organisation"), value="called", kind="link", link=Plan.get_absolute_url
        ),
        ListColumn("year", Text("年度", "Year"), value=lambda row: str(row.year), sort="year"),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=PLAN.words, tone=PLAN.tones),
        ListColumn("in_force", Text("现行版本", "Version in force"), value="in_force", kind="number"),
        ListColumn("submitted_at", Text("首次提交", "First submitted"), sort="submitted_at"),
        ListColumn(
            "due",
            Text("截止", "Due"),
            value="due_on",
            kind="date",
            sort="due_on",
            tone=lambda row: "late" if row.submitted_at is None and row.due_on < clock.today() else "",
        ),
    ),
    filters=(
        year_filter(Plan.objects.all),
        state_filter(PLAN.words),
    ),
)
