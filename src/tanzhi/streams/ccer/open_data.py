"""Public notices of voluntary reductions: of designs and of reports, those that run and those that ended."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tanzhi.actions.references import reference
from tanzhi.actions.visibility import PUBLIC
from tanzhi.presentation.open_data.data_set import DAY, DECIMAL, DataColumn, DataSet, PublicRow, names, register
from tanzhi.rulebook.kernel.text import Text

from .models import CreditProject, CreditReport

NOTICE_OF = {"design": Text("项目设计文件", "design document"), "report": Text("减排量核算报告", "accounting report")}
TONNES = Text("吨CO2e", "tCO2e")
PROJECT = Text("项目，如公示页所示", "the project, as its notice shows it")


def notices() -> Iterator[PublicRow]:
    projects = CreditProject.objects.visible_to(PUBLIC).exclude(notice_first=None)
    for project in _with_parts(projects, "").order_by("notice_first", "number"):
        amount = Decimal(project.expected) if project.expected else None
        yield PublicRow(reference(project), {**_shared(project, project), "notice_of": "design", "amount": amount})
    batches = CreditReport.objects.visible_to(PUBLIC).exclude(notice_first=None).select_related("body", "project")
    for batch in _with_parts(batches, "project__").order_by("notice_first", "project__number", "batch"):
        amount = None if batch.amount is None else Decimal(batch.amount)
        values = {**_shared(batch.project, batch), "notice_of": "report", "amount": amount}
        yield PublicRow(reference(batch), {**values, "period_first": batch.first, "period_last": batch.last})


def _with_parts(rows: Any, way: str) -> Any:
    related = rows.select_related(f"{way}owner", f"{way}region", "body")
    return related.prefetch_related(f"{way}owner__names", "body__names")


def _shared(project: CreditProject, case: CreditProject | CreditReport) -> dict[str, Any]:
    body = case.body.name if case.body else None
    return {
        "number": project.number,
        "name_zh": case.name.zh,
        "name_en": case.name.en,
        "owner_zh": project.owner.name.zh,
        "owner_en": project.owner.name.en,
        "region": project.region.code,
        "region_zh": project.region.name_zh,
        "region_en": project.region.name_en,
        "methodology": project.methodology,
        "body_zh": body.zh if body else "",
        "body_en": body.en if body else "",
        "notice_first": case.notice_first,
        "notice_last": case.notice_last,
    }


register(
    DataSet(
        "notices",
        Text("自愿减排项目公示", "Public notices of voluntary reductions"),
        Text(
            "项目设计文件和减排量核算报告的公示，正在公示的和已结束的；不含公众意见",
            "Notices of designs and of reports, running and ended; without what people said of them",
        ),
        Text("公示由项目业主经平台向社会公开", "notices are addressed to the public"),
        (
            DataColumn("notice_of", Text("公示内容", "Notice of"), codes=NOTICE_OF),
            DataColumn("number", Text("项目编号", "Number of the project"), source=PROJECT),
            *names("name", Text("项目或批次名称", "Project or batch"), PROJECT),
            *names("owner", Text("业主", "Owner"), PROJECT),
            DataColumn("region", Text("建设地点代码", "Code of where it is"), source=PROJECT),
            *names("region", Text("建设地点", "Where it is"), PROJECT),
            DataColumn("methodology", Text("方法学", "Methodology"), source=PROJECT),
            *names("body", Text("审定或核查机构", "Body of validation or verification")),
            DataColumn("notice_first", Text("公示首日", "First day of the notice"), DAY),
            DataColumn("notice_last", Text("公示末日", "Last day of the notice"), DAY),
            DataColumn("period_first", Text("监测期首日", "First day monitored"), DAY),
            DataColumn("period_last", Text("监测期末日", "Last day monitored"), DAY),
            DataColumn(
                "amount",
                Text(
                    "设计文件：预计减排量；核算报告：核算量", "Design: expected reduction; report: computed reduction"
                ),
                DECIMAL,
                TONNES,
            ),
        ),
        notices,
        ("ccer.open_notice", "ccer.report_notice"),
    ),
    40,
)
