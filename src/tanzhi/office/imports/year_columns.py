"""Tables whose columns are years, turned so that a row tells of one year, each cell still has its address.

A statistical table has years beside each other. Where its first column names fields of the import (“地区生产总值”), a
year becomes a row with these fields; else every cell becomes a row with the year and the number.
"""

from __future__ import annotations

from collections.abc import Set

from tanzhi.presentation.intake.workbook import letters

from .rows import plain
from .sheet_reader import ImportSheet, year_of

YEAR, VALUE = "年份", "数值"


def turned(sheet: ImportSheet, labels: Set[str]) -> ImportSheet:
    """The sheet as it is, unless two of its headings or more are years."""
    years = {at: year for at, head in enumerate(sheet.headings) if (year := year_of(head))}
    others = [at for at in range(len(sheet.headings)) if at not in years]
    if sheet.findings or len(years) < 2 or YEAR in sheet.headings:
        return sheet
    names = {plain(label) for label in labels}
    rows = [(number, row) for number, row in enumerate(sheet.rows, sheet.first) if any(row)]
    if others and any(plain(row[others[0]]) in names for _, row in rows):
        return by_year(sheet, years, rows, others[0])
    headings, cells, addresses = [sheet.headings[at] for at in others] + [YEAR, VALUE], [], []
    for number, row in rows:
        for at, year in years.items():
            if at < len(row) and row[at]:
                cells.append([row[other] for other in others] + [year, row[at]])
                places = [*others, at, at]
                addresses.append([f"{letters(place + 1)}{number}" for place in places])
    return ImportSheet(headings, cells, sheet.first, [], sheet.name, sheet.from_1904, addresses)


def by_year(sheet: ImportSheet, years: dict[int, str], rows: list[tuple[int, list[str]]], names: int) -> ImportSheet:
    """A row a year; the first column's words are the headings."""
    headings = [YEAR] + [row[names] for _, row in rows]
    cells, addresses = [], []
    for at, year in years.items():
        cells.append([year] + [row[at] if at < len(row) else "" for _, row in rows])
        head = f"{letters(at + 1)}{sheet.first - 1}"
        addresses.append([head] + [f"{letters(at + 1)}{number}" for number, _ in rows])
    return ImportSheet(headings, cells, sheet.first, [], sheet.name, sheet.from_1904, addresses)
