"""`ccer.design:PK`, `ccer.reduction:PK`, `ccer.project:PK`: to the equations, the inputs, the receipts."""

from __future__ import annotations

from tanzhi.figures import Fact, LineageNode, Ref, Unanswerable, explains
from tanzhi.figures.calculated import Calculation
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.records import record_of
from tanzhi.rulebook.kernel.text import Text, same

from .calculation import design_as_stored, of_design, of_report, report_as_stored
from .models import CreditProject, CreditReport

DESIGN_KIND, REPORT_KIND = "ccer.design", "ccer.reduction"


_NO_ROW = Text("没有 {found}", "there is no {found}")


@explains(DESIGN_KIND, of="ccer.CreditProject")
def design(ref: Ref) -> Calculation:
    """What a project's design expects, by its methodology."""
    project = record_of(CreditProject.objects.all(), ref)
    if project.design_year is None or project.edition is None or project.edition.guideline is None:
        raise Unanswerable("FIG-REF", _NO_ROW.format(found=str(ref)))
    return Calculation(
        design_as_stored(project),
        lambda _path: _facts(project),
        lambda _path: entries_of(project),
        project.release,
        today=lambda: of_design(project),
    )


@explains(REPORT_KIND, of="ccer.CreditReport")
def report(ref: Ref) -> Calculation:
    """What was monitored in a batch, by its methodology."""
    batch = record_of(CreditReport.objects.all(), ref)
    return Calculation(
        report_as_stored(batch),
        lambda _path: _facts(batch.project),
        lambda _path: entries_of(batch),
        batch.release,
        today=lambda: of_report(batch),
    )


@explains("ccer.project", of="ccer.CreditProject")
def project_node(ref: Ref) -> LineageNode:
    """A project of the library: how far it came and when, with its receipts."""
    project = record_of(CreditProject.objects.all(), ref)
    return LineageNode(
        ref=str(ref), label=project.name, value=None, detail=project.state_label, facts=_facts(project),
        parts=entries_of(project), link=project.get_absolute_url(),
    )  # fmt: skip


def _facts(project: CreditProject) -> tuple[Fact, ...]:
    days = {
        Text("入库", "Admitted"): project.admitted_on,
        Text("公示起始", "Notice from"): project.notice_first,
        Text("公示截止", "Notice until"): project.notice_last,
        Text("开始审定", "Validation from"): project.validating_on,
        Text("登记", "Registered"): project.registered_on,
    }
    dates = [Fact(label, same(day.isoformat())) for label, day in days.items() if day]
    return (
        Fact(Text("项目编号", "Number"), same(project.number), project.get_absolute_url()),
        Fact(Text("业主", "Owner"), project.owner.name),
        Fact(
            Text("方法学", "Methodology"),
            Text(f"{project.methodology} {project.method_name.zh}", f"{project.methodology} {project.method_name.en}"),
        ),
        *dates,
    )
