"""Parsing and checking a 12-month workbook, against opening it alone with the same library, and with openpyxl."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from bench.lines import RUNS, Line, line, seconds

TITLE = "Workbooks"


def record(units: int = 2, months: int = 12) -> dict[str, Any]:
    """Power units with coal and diesel in every month."""
    coal = {
        "fuel": "bituminous", "fuel_consumption": "138420.50",
        "carbon_air_dried": "57.83", "moisture_air_dried": "4.26",
        "moisture_as_received": "12.40", "ash_air_dried": "24.10", "net_calorific_value": "20.317",
        "opening_stock": "30000.00", "received": "138420.50", "closing_stock": "30000.00",
    }  # fmt: skip
    fuels = [coal, {"fuel": "diesel", "fuel_consumption": "86.20"}]
    month = {"generation": "146203.118", "running_hours": "668.50", "heat_supplied": "318204.00", "fuels": fuels}
    rows = [{"month": f"2023-{n:02d}", **month} for n in range(1, months + 1)]
    return {"units": [{"unit": str(n + 1), "months": rows} for n in range(units)]}


def opened(content: bytes) -> list[list[Any]]:
    """Every cell, as the library gives it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def opened_in_python(content: bytes) -> list[list[Any]]:
    """The same by the library that writes the templates, which reads in Python and not in Rust."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def measure(toy: bool = False) -> list[Line]:
    from tanzhi.filings.intake import Expected, read_workbook, template
    from tanzhi.filings.intake.template import Prefill
    from tanzhi.rulebook.kernel import check, evaluate, form, guidelines

    power, filed = guidelines()["power"], record(months=2 if toy else 12)
    spec = form(power, "month", 2023)
    content = template(spec, Prefill("E1", "2023", filed))
    expected = Expected("2023", "E1", frozenset({"1", "2"}))

    def parsed() -> Any:
        return read_workbook(content, "year.xlsx", spec, expected).record

    def checked() -> Any:
        return check(evaluate(power, 2023, parsed()))

    if parsed() != filed:
        raise AssertionError("the workbook was not read as it was written")
    taken = seconds(
        lambda: opened(content), parsed, checked, lambda: opened_in_python(content), runs=1 if toy else RUNS + 4
    )
    size = f"{len(content) // 1024} kB, 2 units, 12 months, 2 fuels"
    return [
        line("parse and check by the form ÷ open alone", [p / o for o, p, _, _ in taken], "≤ 2", size),
        line("the same and all checks of the guideline ÷ open alone", [c / o for o, _, c, _ in taken], "≤ 2", size),
        line("parse and check by the form ÷ open alone with openpyxl", [p / y for _, p, _, y in taken], notes=size),
    ]
