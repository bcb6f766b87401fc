"""What is kept can be read: one version of a filing, two versions cell by cell, an evidence file."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tanzhi.actions.refusal import out_of_scope
from tanzhi.actions.typed import whole
from tanzhi.evidence.files import open_stored
from tanzhi.filings.intake.differences import changes
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.filings.shared.inputs import XLSX
from tanzhi.presentation.locations import month_words
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text

from .cells import CellAct, acts_for, cell_words, marks_of
from .model import Filing, Version
from .national import layout_of, national_file
from .sheets import ReadCell, ReadSheet, read_sheets
from .status import form_of


def visible_filing(request: HttpRequest, pk: int) -> Filing:
    """By the rule that decides who sees the filing: its files and versions are for the same people."""
    rows = Filing.objects.visible_to(actor_of(request)).select_related("organisation__region")
    filing: Filing | None = rows.filter(pk=pk).first()
    if filing is None:
        raise out_of_scope()
    return filing


@dataclass(frozen=True, slots=True)
class OpenedCell:
    """The cell that a reader pressed: where it is, what stands there, and what may be begun at it."""

    words: Text
    cell: ReadCell
    acts: list[tuple[Text, str]]


def opened_cell(
    sheets: list[ReadSheet], anchor: str, filing: Filing, version: Version, acts: list[CellAct]
) -> OpenedCell | None:
    """A cell of a version by its anchor; none where the version has no such cell or nothing may be begun there."""
    cells = [cell for sheet in sheets for _, row in sheet.rows for cell in row if cell.anchor == anchor]
    if not cells or not acts:
        return None
    where, field = cells[0].where, cells[0].field.name
    offers = [(act.label, act.address(filing, version, where, field)) for act in acts]
    return OpenedCell(cell_words(filing, where, field), cells[0], offers)


@login_required
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as it was kept, with the remarks to its cells."""
    filing = visible_filing(request, pk)
    row: Version | None = filing.versions.filter(number=number).first()
    if row is None:
        raise out_of_scope()
    actor = actor_of(request)
    acts = acts_for(actor, filing) if row.deposited else []
    marks = marks_of(actor, filing)
    sheets = read_sheets(filing, row.record, list(row.remarks.exclude(field="")), marks)
    context = {
        "filing": filing,
        "version": row,
        "period": month_words(filing.period),
        "sheets": sheets,
        "opened": opened_cell(sheets, request.GET.get("cell", ""), filing, row, acts),
        "pressable": bool(acts),
        "national": layout_of(filing) is not None,
        "before": filing.versions.filter(number__lt=number).order_by("-number").first(),
    }
    return render(request, "filings/version.html", context)


@login_required
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs between two versions, cell by cell; without a choice the last two."""
    filing = visible_filing(request, pk)
    versions = list(filing.versions.order_by("number"))
    numbers = {row.number: row for row in versions}
    before, after = (
        numbers.get(whole(request.GET.get(name, "")) or 0) or (versions[max(at, -len(versions))] if versions else None)
        for name, at in (("before", -2), ("after", -1))
    )
    rows = []
    if before and after:
        rows = changes(guideline_of(filing.form_code), form_of(filing), before.record, after.record)
    context = {"filing": filing, "period": month_words(filing.period), "versions": versions}
    return render(request, "filings/compare.html", context | {"before": before, "after": after, "changes": rows})


@login_required
def national(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """A month in the layout of the national platform's form: a version by its number, or the one that stands."""
    filing = visible_filing(request, pk)
    layout = layout_of(filing)
    latest = filing.deposited_version or filing.latest
    version: Version | None = latest if number is None else filing.versions.filter(number=number).first()
    if layout is None or version is None:
        raise out_of_scope()
    response = HttpResponse(national_file(filing, version, layout), content_type=XLSX)
    name = f"national-{filing.organisation.code}-{filing.period}-v{version.number}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
def evidence(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """An evidence file, for whoever sees the filing; always as a download, whatever it says it is."""
    attached = visible_filing(request, pk).evidence_files.filter(pk=file).first()
    if attached is None:
        raise out_of_scope()
    return FileResponse(
        open_stored(attached.sha256),
        as_attachment=True,
        filename=attached.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )
