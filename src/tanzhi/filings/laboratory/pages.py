"""The pages of laboratory reports: the list, recording some by grid or workbook, one report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import code, say
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.roles import PLANT
from tanzhi.filings.intake import Expected, ReadResult, read_workbook, template
from tanzhi.filings.intake.location import Teller
from tanzhi.filings.intake.sheet import laid_out, typed_again, typed_into
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.shared.inputs import XLSX, stored_limit
from tanzhi.filings.shared.units import units_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting_name, industries
from tanzhi.presentation.intake.messages import unreadable
from tanzhi.presentation.intake.reader import read_file
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel import FormSpec, Guideline, guidelines
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.case.pages import case_page

from .form import MATERIAL, REPORTED, report_form, tested_guideline
from .layout import HEAT, HEATS, is_laboratory_table, read_table
from .lists import REPORTS_ON_RECORD
from .model import LaboratoryReport
from .work import resting_on

FOR_ALL = (MATERIAL, "unit", HEAT, "composite")
"""What holds for all rows of a laboratory's own table that has no column for it."""
FIRST_YEAR = 2019
"""The first data year of the national market, before which nobody accounts here."""


def _own(request: HttpRequest) -> list[Organisation]:
    """The plants for which the reader files and whose months rest on laboratory reports."""
    mine = {g.organisation_id for g in actor_of(request).grants if g.role in PLANT and g.organisation_id}
    firms = Organisation.objects.filter(pk__in=mine).select_related("region").order_by("code")
    tested = {name for name, industry in industries().items() if industry.tests is not None}
    return [firm for firm in firms if accounting_name(firm.sector, firm.guideline) in tested]


@login_required
def reports(request: HttpRequest) -> HttpResponse:
    """The reports of my plant or region, the newest months first."""
    rows = LaboratoryReport.objects.visible_to(actor_of(request)).select_related("organisation")
    context = {"own": _own(request), "year": clock.today().year}
    return REPORTS_ON_RECORD.respond(request, rows, "filings/laboratory_reports.html", context)


@dataclass(frozen=True, slots=True)
class ReportsOfYear:
    """The reports on samples of a plant's year, that its people are about to record."""

    plant: Organisation
    guideline: Guideline
    year: int

    @property
    def spec(self) -> FormSpec:
        return report_form(self.guideline, self.year)


def _of_own(request: HttpRequest, organisation: int, year: int) -> ReportsOfYear:
    plant = next((each for each in _own(request) if each.pk == organisation), None)
    guideline = tested_guideline(plant) if plant else None
    if plant is None or guideline is None or year not in _years():
        raise out_of_scope()
    return ReportsOfYear(plant, guideline, year)


def _years() -> range:
    """The years whose samples may be recorded, the last first."""
    return range(clock.today().year, FIRST_YEAR - 1, -1)


@login_required
def record(request: HttpRequest, organisation: int, year: int) -> HttpResponse:
    """An empty grid for the reports on samples of a year's months."""
    return _page(request, _of_own(request, organisation, year))


def _page(
    request: HttpRequest, of: ReportsOfYear, answer: ReadResult | None = None, refused: Refused | None = None
) -> HttpResponse:
    findings = [*(answer.findings if answer else []), *(refused.findings if refused else [])]
    is_typed = answer is not None and "file" not in request.FILES
    sheets = typed_again(of.spec, request.POST, findings) if is_typed else laid_out(of.spec, {})
    teller = Teller(of.guideline, of.spec, answer.places if answer else {})
    context = {
        "plant": of.plant,
        "year": of.year,
        "years": _years(),
        "sheets": [replace(sheet, usual=frozenset(column.name for column in sheet.columns)) for sheet in sheets],
        "findings": [teller.tell(finding) for finding in findings],
        "refused": refused,
        "editable": True,
        "materials": next(field for field in of.spec.tables[0].fields if field.name == MATERIAL),
        "units": [unit.number for unit in units_of(of.plant)],
        "heats": HEATS,
        "sent": request.POST,
    }
    return render(request, "filings/laboratory_record.html", context, status=422 if findings or refused else 200)


@login_required
@require_POST
@takes_form
def save(request: HttpRequest, organisation: int, year: int) -> HttpResponse:
    """The grid or the workbook: all reports are recorded, or none and what is wrong is told at its cell."""
    of, file = _of_own(request, organisation, year), request.FILES.get("file")
    expected = Expected(str(year), of.plant.code)
    if file is None:
        answer = typed_into(of.spec, expected, request.POST)
    else:
        book = read_file(file.read(stored_limit() + 1), file.name or "", expected.limits)
        if not book.findings and is_laboratory_table(book):
            answer = read_table(book, of.spec, expected, {name: request.POST.get(name, "") for name in FOR_ALL})
        else:
            answer = read_workbook(book, file.name or "", of.spec, expected)
    if unreadable(answer.findings):
        return _page(request, of, answer)
    answer.findings = []  # what the form finds is found again by the act, together with all else
    rows, whose = answer.record.get(REPORTED, []), {"organisation_id": of.plant.pk}
    try:
        if len(rows) == 1:
            perform("filings.record_report", actor_of(request), data={**whose, "report": rows[0]})
        else:
            perform("filings.record_reports", actor_of(request), data={**whose, "record": answer.record})
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return _page(request, of, answer, refused)
    messages.success(request, say(Text("已登记 {n} 份检测报告", "{n} reports recorded").format(n=len(rows))))
    return redirect("filings:laboratory_reports")


@login_required
def template_file(request: HttpRequest, organisation: int, year: int) -> HttpResponse:
    """The workbook to fill in with a year's reports."""
    of = _of_own(request, organisation, year)
    content = template(of.spec, Prefill(of.plant.code, str(year), {}), code())
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="laboratory-{of.plant.code}-{year}.xlsx"'
    return response


@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what it says, its files, the months that rest on it."""
    rows = LaboratoryReport.objects.visible_to(actor_of(request)).select_related("organisation__region")
    on_record: LaboratoryReport | None = rows.filter(pk=pk).first()
    if on_record is None:
        raise out_of_scope()
    table = report_form(guidelines()[on_record.guideline], int(on_record.month[:4])).tables[0]
    row = on_record.row
    context = {
        "facts": [
            (field, value, field.options.get(value))
            for field in table.fields
            if (value := row.get(field.name)) not in (None, "")
        ],
        "months": resting_on(on_record),
    }
    return case_page(request, on_record, "filings/laboratory_report.html", context)
