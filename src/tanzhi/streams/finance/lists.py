"""The lists of this room: projects, what banks recorded, statistics."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tanzhi.actions import clock
from tanzhi.figures.calculated import calculation_ref
from tanzhi.organisations.register.filters import region_filter
from tanzhi.organisations.register.model import names_of
from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing, state_filter, values_as_options
from tanzhi.rulebook.finance.base import KINDS
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.ccer.queries import names_by_number

from .lineage import KIND
from .models import Programme, Project
from .money import WAN
from .queries import money_of
from .work import PROJECT

TONNES = Text("吨CO₂e", "tCO₂e")
PERCENT = Text("%", "%")


def known_programmes() -> Mapping[str, Text]:
    return {programme.code: programme.name for programme in Programme.objects.all()}


def with_money(rows: list[Any]) -> None:
    """Names, credit and disbursements of a page's projects, with a few queries."""
    today = clock.today()
    names, money = names_of([row.owner for row in rows], today), money_of(rows, today)
    by_number = names_by_number([row.credit_code for row in rows])
    for row in rows:
        row.called, row.money = names.get(row.owner_id, same(row.owner.code)), money[row.pk]
        row.doubled = Text("是", "yes") if row.credit_code in by_number else ""


def explained(project: Project) -> str:
    """Where the walk down from the yearly reduction begins."""
    ref = calculation_ref(KIND, project.pk, "annual_reduction")
    return explain_url(ref) if project.reduction else project.get_absolute_url()


PROJECTS = Listing(
    "finance.projects",
    title=Text("气候投融资项目", "Climate-finance projects"),
    noun=Text("个项目", "projects"),
    order="-entered",
    search=("zh", "en", "number", "owner__code", "owner__names__zh"),
    prepare=with_money,
    columns=(
        ListColumn("name", Text("项目", "Project"), kind="link", sort="zh", link=lambda row: row.get_absolute_url()),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=PROJECT.words, tone=PROJECT.tones),
        ListColumn("number", Text("入库编号", "Number"), sort="number"),
        ListColumn("city", Text("地区", "Region"), value="region.name", sort="region__path"),
        ListColumn("investment", Text("总投资", "Investment"), kind="number", sort="investment_fen", unit=WAN),
        ListColumn("demand", Text("贷款需求", "Loan demand"), kind="number", sort="demand_fen", unit=WAN),
        ListColumn("credit", Text("授信", "Credit"), kind="number", unit=WAN, value=lambda row: _wan(row.money.credit)),
        ListColumn(
            "paid", Text("放款", "Disbursed"), kind="number", unit=WAN, value=lambda row: _wan(row.money.disbursed)
        ),
        ListColumn(
            "reduction",
            Text("年减排量", "Reduction a year"),
            kind="number",
            unit=TONNES,
            value=lambda row: Decimal(row.reduction) if row.reduction else None,
            link=explained,
        ),
        ListColumn("entered", Text("入库日期", "Entered"), kind="date", value="entered_on", sort=("entered_on", "pk")),
        ListColumn("kind", Text("类型", "Kind"), value="kind_label", sort="kind"),
        ListColumn("doubled", Text("同为 CCER", "Also CCER")),
    ),
    filters=(
        state_filter(PROJECT.words),
        Filter("programme", Text("去向", "Programme"), known_programmes, where="programme__code"),
        Filter("batch", Text("批次", "Batch"), lambda: values_as_options(Project.objects.order_by("-batch"), "batch")),
        region_filter(name="city"),
        Filter("kind", Text("类型", "Kind"), KINDS),
    ),
    empty=Text("尚无项目：由项目业主申报后列出", "No project yet: owners apply for them"),
)


def _wan(fen: int) -> Any:
    from .money import wan_of

    return wan_of(fen) if fen else None


LINKS = Listing(
    "finance.links",
    title=Text("推送给本行的项目", "Projects pushed to the bank"),
    noun=Text("个项目", "projects"),
    order="-assigned",
    search=("project__zh", "project__en", "project__number"),
    columns=(
        ListColumn("name", Text("项目", "Project"), value="project.name", kind="link", sort="project__zh",
               link=lambda row: row.get_absolute_url()),
        ListColumn("bank", Text("金融机构", "Bank"), value="bank.name"),
        ListColumn("demand", Text("贷款需求", "Loan demand"), value="project.demand", kind="number", unit=WAN),
        ListColumn("credit", Text("本行授信", "Credit"), kind="number", unit=WAN,
                   value=lambda row: _wan(row.credit or 0)),
        ListColumn("paid", Text("本行放款", "Disbursed"), kind="number", unit=WAN,
                   value=lambda row: _wan(row.paid or 0)),
        ListColumn("assigned", Text("推送日期", "Pushed"), kind="date", value="assigned_on",
                   sort=("assigned_on", "pk")),
    ),
    empty=Text("尚无推送的项目：主管部门推送后列出", "Nothing was pushed yet: the authority pushes projects"),
)  # fmt: skip


def _statistic(name: str, title: Text, head: Text) -> Listing:
    """The same columns for every way of grouping."""
    return Listing(
        f"finance.{name}",
        title=title,
        noun=Text("行", "rows"),
        order="label",
        prefix=f"{name}-",
        columns=(
            ListColumn("label", head, sort="code"),
            ListColumn("projects", Text("项目", "Projects"), kind="number", sort="projects"),
            ListColumn(
                "investment",
                Text("总投资", "Investment"),
                value="investment_wan",
                kind="number",
                sort="investment",
                unit=WAN,
            ),
            ListColumn(
                "demand", Text("贷款需求", "Loan demand"), value="demand_wan", kind="number", sort="demand", unit=WAN
            ),
            ListColumn("credit", Text("授信", "Credit"), value="credit_wan", kind="number", sort="credit", unit=WAN),
            ListColumn(
                "paid", Text("放款", "Disbursed"), value="disbursed_wan", kind="number", sort="disbursed", unit=WAN
            ),
            ListColumn("share", Text("放款率", "Disbursed"), value="disbursed_share", kind="number", unit=PERCENT),
            ListColumn("reduction", Text("年减排量", "Reduction a year"), kind="number", sort="reduction", unit=TONNES),
            ListColumn(
                "attributed",
                Text("放款归因减排量", "Attributed reduction"),
                kind="number",
                sort="attributed",
                unit=TONNES,
            ),
        ),
        empty=Text("所选范围内没有入库项目", "No project of the library here"),
    )


BATCHES = _statistic("batch", Text("按批次", "By batch"), Text("批次", "Batch"))
CITIES = _statistic("city", Text("按地区", "By region"), Text("地区", "Region"))
KIND_LINES = _statistic("kind", Text("按类型", "By kind"), Text("类型", "Kind"))
BANKS = _statistic("bank", Text("按金融机构", "By bank"), Text("金融机构", "Bank"))
