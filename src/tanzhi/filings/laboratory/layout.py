"""A laboratory's own table (样品编号, 月份, … Cad, Mad, Qnet,ar): many samples in a file, a report for each row."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tanzhi.filings.intake import Expected, Mapped, ReadResult, read_mapped
from tanzhi.filings.intake.mapping import LedgerColumn, conversion_for
from tanzhi.presentation.intake.reader import Book, Sheet
from tanzhi.presentation.intake.units import unit_in
from tanzhi.presentation.intake.workbook import letters
from tanzhi.rulebook.clocks import last_day
from tanzhi.rulebook.kernel import FormSpec
from tanzhi.rulebook.kernel.spelling import spelled_day

from .form import CONTENT, MATERIAL, REPORT, REPORTED

SEARCHED_ROWS = 20
ENOUGH = ("report", "month")
HEAT, MARK = "net_calorific_value", "laboratory_mark"
HEATS = {"": "MJ/kg", "kJ/kg>GJ/t": "J/g (kJ/kg)", "kcal/kg>GJ/t": "kcal/kg"}
"""In what the heat stands where its heading does not say so; the first is that of the form, GJ/t."""
_UNIT = re.compile(r"[（(\[【].*$")


def heads_of(sheet: Sheet) -> tuple[int, dict[str, tuple[int, str]]] | None:
    """The row of headings, from zero, and each column's place and heading; None where the sheet is no such table."""
    layout: dict[str, list[str]] = CONTENT["layout"]
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        words = ["".join(str(cell).split()) if isinstance(cell, str) else "" for cell in row]
        bare = [_UNIT.sub("", word) for word in words]
        columns = {
            name: (at, words[at])
            for name, headings in layout.items()
            if (at := next((bare.index(heading) for heading in headings if heading in bare), -1)) >= 0
        }
        measured = {spec["name"] for spec in CONTENT["columns"] if "decimals" in spec}
        if set(ENOUGH) <= columns.keys() and measured & columns.keys():
            return number, columns
    return None


def is_laboratory_table(book: Book) -> bool:
    """Whether a workbook is a laboratory's own table: the template's codes are no headings of it."""
    return any(heads_of(sheet) for sheet in book.sheets.values())


def columns_read(columns: Mapping[str, tuple[int, str]], spec: FormSpec, heat: str) -> list[LedgerColumn]:
    """Each column with the conversion that its heading asks for; of the heat where it is silent, the plant's."""
    fields = {field.name: field for field in spec.tables[0].fields}
    mapped = []
    for name, (at, heading) in columns.items():
        conversion = ""
        if name in fields and fields[name].kind == "number":
            stated = unit_in(heading)
            conversion = conversion_for(heading, fields[name].unit)
            if name == HEAT and (not stated or stated == "kcal/kg"):
                conversion = "kcal/kg>GJ/t" if stated else heat
        mapped.append(LedgerColumn(field=name, column=letters(at + 1), conversion=conversion))
    return mapped


def read_table(book: Book, spec: FormSpec, expected: Expected, constants: Mapping[str, str]) -> ReadResult:
    """The reports in a laboratory's table; what its columns do not say holds for all its rows: unit, material, heat."""
    sheet, (row, columns) = next((s, heads) for s in book.sheets.values() if (heads := heads_of(s)))
    mapped = columns_read(columns, spec, constants.get(HEAT, ""))
    for name in (MATERIAL, "unit"):
        if name not in columns and constants.get(name):
            mapped.append(LedgerColumn(field=name, constant=constants[name]))
    part = Mapped(level=REPORT, sheet=sheet.name, first_row=row + 2, columns=tuple(mapped))
    if MARK in columns:  # as a table writes it, in one word
        for cells in sheet.rows[row + 1 :]:
            at = columns[MARK][0]
            word = "".join(str(cells[at]).upper().split()) if at < len(cells) and isinstance(cells[at], str) else ""
            if code := next((code for code, words in CONTENT["marks"].items() if word in words), ""):
                cells[at] = code
    answer = read_mapped(book, sheet.name, spec, [part], expected)
    if "sampled_on" not in columns and constants.get("composite"):
        # A month's composite sample (缩分样) is dated by the last day of its month.
        for report in answer.record.get(REPORTED, []):
            if month := spelled_day(report.get("month", ""), month=True).value:
                report.setdefault("sampled_on", last_day(month).isoformat())
        answer.findings = [f for f in answer.findings if f.field != "sampled_on"]
    return answer
