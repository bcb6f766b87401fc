"""The lists of this room: projects, batches of reductions, public notices."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tanzhi.figures.calculated import calculation_ref
from tanzhi.organisations.register.filters import region_filter
from tanzhi.organisations.register.queries import with_names
from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing, values_as_options
from tanzhi.rulebook.ccer.methodologies import methodologies
from tanzhi.rulebook.kernel.text import Text, same

from .lineage import DESIGN_KIND
from .models import CreditProject
from .work import CREDIT_PROJECT, CREDIT_REPORT

TONNES = Text("吨CO₂e", "tCO₂e")


def editions() -> Mapping[str, Text]:
    codes = CreditProject.objects.order_by("methodology").values_list("methodology", flat=True).distinct()
    return {code: methodologies()[code].name if code in methodologies() else same(code) for code in codes}


def explained(project: CreditProject) -> str:
    """Where the walk down from the reduction that a design expects begins."""
    ref = calculation_ref(DESIGN_KIND, project.pk, "reduction")
    return explain_url(ref) if project.expected else project.get_absolute_url()


PROJECTS = Listing(
    "ccer.projects",
    title=Text("CCER 项目", "CCER projects"),
    noun=Text("个项目", "projects"),
    order="number",
    search=("number", "zh", "en", "owner__code", "owner__names__zh"),
    prepare=lambda rows: with_names(rows, "owner"),
    columns=(
        ListColumn("number", Text("编号", "Number"), sort="number"),
        ListColumn("name", Text("项目", "Project"), kind="link", sort="zh", link=lambda row: row.get_absolute_url()),
        ListColumn("city", Text("地区", "Region"), value="region.name", sort="region__path"),
        ListColumn("who", Text("业主", "Owner"), value="called"),
        ListColumn("method", Text("方法学", "Methodology"), value="method_name", sort="methodology"),
        ListColumn("batch", Text("批次", "Batch"), sort="batch"),
        ListColumn(
            "expected",
            Text("预计减排量", "Expected"),
            kind="number",
            unit=TONNES,
            value=lambda row: Decimal(row.expected) if row.expected else None,
            link=explained,
        ),
        ListColumn("until", Text("公示截止", "Notice until"), kind="date", value="notice_last", sort="notice_last"),
        ListColumn(
            "state",
            Text("阶段", "Stage"),
            kind="state",
            sort="state",
            words=CREDIT_PROJECT.words,
            tone=CREDIT_PROJECT.tones,
        ),
    ),
    filters=(
        Filter("state", Text("阶段", "Stage"), CREDIT_PROJECT.words),
        Filter("methodology", Text("方法学", "Methodology"), editions),
        Filter(
            "batch",
            Text("批次", "Batch"),
            lambda: values_as_options(CreditProject.objects.order_by("batch"), "batch"),
        ),
        region_filter(name="city"),
    ),
    empty=Text("尚无项目：由项目业主申报后列出", "No project yet: owners propose them"),
)

REPORTS = Listing(
    "ccer.reports",
    prefix="r-",
    title=Text("减排量", "Reductions"),
    noun=Text("批", "batches"),
    columns=(
        ListColumn(
            "batch",
            Text("批次", "Batch"),
            kind="link",
            value=lambda row: str(row.batch),
            link=lambda row: row.get_absolute_url(),
        ),
        ListColumn("first", Text("监测期开始", "From"), kind="date"),
        ListColumn("last", Text("监测期结束", "To"), kind="date"),
        ListColumn("amount", Text("核算量", "Computed"), kind="number", unit=TONNES),
        ListColumn("verified", Text("核查量", "Verified"), kind="number", unit=TONNES),
        ListColumn("issued", Text("签发日期", "Issued"), kind="date", value="issued_on"),
        ListColumn("state", Text("状态", "State"), kind="state", words=CREDIT_REPORT.words, tone=CREDIT_REPORT.tones),
    ),
    empty=Text("尚未申报减排量：项目登记后由业主申报", "No reductions yet: the owner reports them after registration"),
)
