"""The list of laboratory reports."""

from __future__ import annotations

from typing import Any

from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import with_names
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing, state_filter
from tanzhi.presentation.locations import month_words
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.dossier.model import Attachment

from .form import MATERIAL, report_form
from .model import LaboratoryReport
from .work import LABORATORY_REPORT


def _prepare(rows: list[Any]) -> None:
    """Names of the plants and how many files are there, with one query each for a page."""
    with_names(rows)
    references = [row.reference for row in rows]
    attached = list(Attachment.objects.filter(case__in=references).values_list("case", flat=True))
    for row in rows:
        row.files = attached.count(row.reference)
        row.material_label = material_label(row)


def material_label(report: LaboratoryReport) -> Text:
    table = report_form(guidelines()[report.guideline], int(report.month[:4])).tables[0]
    options = next(field.options for field in table.fields if field.name == MATERIAL)
    return options.get(report.material, same(report.material))


REPORTS_ON_RECORD = Listing(
    "filings.laboratory_reports",
    title=Text("检测报告", "Laboratory reports"),
    noun=Text("份", "reports"),
    order="-month",
    search=lambda rows, words: (
        rows.filter(number__icontains=words) | rows.filter(organisation__in=Organisation.objects.named(words))
    ),
    hint=Text("报告编号、单位代码或名称", "Report number, or organisation"),
    empty=Text("还没有登记检测报告", "No laboratory report is on record yet"),
    prepare=_prepare,
    columns=(
        ListColumn(
            "number",
            Text("报告编号", "Report number"),
            kind="link",
            link=LaboratoryReport.get_absolute_url,
            sort="number",
        ),
        ListColumn("organisation", Text("单位", "Organisation"), value="called"),
        ListColumn("month", Text("样品月份", "Month"), value=lambda row: month_words(row.month), sort="month"),
        ListColumn("material", Text("品种", "Material"), value="material_label"),
        ListColumn("laboratory", Text("检测机构", "Laboratory")),
        ListColumn("reported_on", Text("报告日期", "Report dated"), kind="date", sort="reported_on"),
        ListColumn("files", Text("文件", "Files"), value="files", kind="number"),
        ListColumn(
            "state",
            Text("状态", "State"),
            kind="state",
            sort="state",
            words=LABORATORY_REPORT.words,
            tone=LABORATORY_REPORT.tones,
        ),
    ),
    filters=(
        Filter(
            "month",
            Text("样品月份", "Month"),
            lambda: {
                month: month_words(month)
                for month in LaboratoryReport.objects.order_by("-month").values_list("month", flat=True).distinct()
            },
        ),
        state_filter(LABORATORY_REPORT.words),
    ),
)
