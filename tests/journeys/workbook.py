"""Fills in a downloaded template as a clerk would: by the columns' hidden codes, from the row below the units."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

CODES, FIRST = 1, 5
REPORTED = {"carbon_air_dried": "57.83", "moisture_air_dried": "4.21", "ash_air_dried": "24.90"}
"""What the laboratory reported of the month's coal, as June's row below states it."""
JUNE: dict[str, list[dict[str, Any]]] = {
    "generation": [
        {"unit": "1", "month": "2024-06", "generation": 146203.118, "running_hours": 668.5, "heat_supplied": 0},
    ],
    "fuel_consumption": [
        {
            "unit": "1",
            "month": "2024-06",
            "fuel": "烟煤",
            "fuel_consumption": 64012.55,
            "carbon_air_dried": 57.83,
            "moisture_air_dried": 4.21,
            "moisture_as_received": 13.02,
            "ash_air_dried": 24.9,
            "net_calorific_value": 20.012,
            "opening_stock": 31500,
            "received": 64000,
            "closing_stock": 31487.45,
            "report_number": "R-2024-06",
        },
    ],
}


def fill(template: Path, target: Path, **instead: Any) -> tuple[str, str]:
    """Write June, with `instead` for some of the fuel's values; gives the sheet and cell of the last of those.

    Another month names its own report.
    """
    values = instead
    if "month" in instead:
        values = {"report_number": f"R-{instead['month']}", **instead}
    book = openpyxl.load_workbook(template)
    written = ("", "")
    for mark, rows in JUNE.items():
        sheet = next(s for s in book if mark in _codes(s))
        columns = _codes(sheet)
        for number, row in enumerate(rows, FIRST):
            for name, value in {**row, **{k: v for k, v in values.items() if k in row}}.items():
                cell = sheet.cell(number, columns[name], value)
                written = (sheet.title, cell.coordinate) if name in instead else written
    book.save(target)
    book.close()
    return written


def _codes(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[CODES] if cell.value}
