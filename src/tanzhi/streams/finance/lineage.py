"""`finance.benefit:PK`, `finance.project:PK`, `finance.credit:PK`, `finance.disbursement:PK`: down to the receipts."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.figures.calculated import Calculation
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.records import record_of
from tanzhi.rulebook.kernel.text import Text, same

from .bank_models import Credit, Disbursement
from .benefit import as_stored, evaluated
from .models import Project
from .money import written, yuan_of

KIND = "finance.benefit"


@explains(KIND, of="finance.Project")
def project_calculation(ref: Ref) -> Calculation:
    """A project's benefit, for whoever may see the project."""
    project = _project(ref)
    stated = Text("{year} 年度测算", "reckoned for {year}").format(year=project.benefit_year)
    return Calculation(
        as_stored(project),
        facts=lambda path: (
            Fact(Text("项目", "Project"), project.name, project.get_absolute_url()),
            Fact(Text("申报单位", "Owner"), project.owner.name),
            Fact(Text("测算", "Benefit"), stated),
        ),
        sources=lambda path: entries_of(project),
        stored_release=project.release,
        today=lambda: evaluated(project),
    )


def _project(ref: Ref) -> Project:
    project: Project = record_of(Project.objects.select_related("owner__region", "region", "programme"), ref)
    return project


@explains("finance.project")
def project_node(ref: Ref) -> LineageNode:
    """A project of the library: who filed it, for how much, who decided."""
    project = _project(ref)
    facts = (
        Fact(Text("入库编号", "Number"), same(project.number or "—")),
        Fact(Text("业主", "Owner"), project.owner.name),
        Fact(Text("去向", "Programme"), project.programme.name),
        Fact(Text("建设地点", "Where"), project.region.name),
        Fact(Text("总投资（万元）", "Investment (10⁴ yuan)"), same(written(project.investment_fen))),
        Fact(Text("贷款需求（万元）", "Loan demand (10⁴ yuan)"), same(written(project.demand_fen))),
        Fact(Text("入库日期", "Entered on"), same(project.entered_on.isoformat() if project.entered_on else "—")),
    )
    return LineageNode(
        ref=str(ref), label=project.name, value=None, detail=project.state_label, facts=facts,
        parts=entries_of(project), link=project.get_absolute_url(),
    )  # fmt: skip


@explains("finance.credit")
def credit_node(ref: Ref) -> LineageNode:
    """Credit of one bank, by its contract."""
    return _amount(ref, Credit, Text("授信", "Credit"))


@explains("finance.disbursement")
def disbursement_node(ref: Ref) -> LineageNode:
    """Money paid out by one bank, by its voucher."""
    return _amount(ref, Disbursement, Text("放款", "Disbursement"))


def _amount(ref: Ref, model: type[Any], label: Text) -> LineageNode:
    row = record_of(model.objects.select_related("link__project__owner", "link__project__region", "link__bank"), ref)
    recorded = f"{row.person_name} · {timezone.localtime(row.at):%Y-%m-%d %H:%M}"
    facts = (
        Fact(Text("项目", "Project"), row.link.project.name, row.link.project.get_absolute_url()),
        Fact(Text("金融机构", "Bank"), row.link.bank.name),
        Fact(Text("日期", "Day"), same(row.on.isoformat())),
        Fact(Text("合同或凭证", "Document"), same(row.document)),
        Fact(Text("登记", "Recorded by"), same(recorded)),
    )
    entries = entries_of(row) or entries_of(row.link)  # recorded by an act on the bank's link
    return LineageNode(ref=str(ref), label=label, value=yuan_of(row.amount_fen), unit="CNY", facts=facts, parts=entries)
