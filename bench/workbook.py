"""Reading, parsing and checking a 12-month workbook, against opening it alone with openpyxl."""

from __future__ import annotations

import io
import time
from typing import Any

import openpyxl

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
    """Every cell, as the library that writes the templates reads it."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def measure(toy: bool = False) -> list[Line]:
    from tanzhi.filings.intake import Expected, read_workbook, template
    from tanzhi.filings.intake.template import Prefill
    from tanzhi.presentation.intake.reader import read_file
    from tanzhi.rulebook.kernel import check, form, guidelines
    from tanzhi.rulebook.kernel.evaluation import evaluate

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
        lambda: opened(content), lambda: read_file(content, "year.xlsx"), parsed, checked,
        runs=1 if toy else RUNS + 4, clock=time.perf_counter,  # the reading happens in another process
    )  # fmt: skip
    size = f"{len(content) // 1024} kB, 2 units, 12 months, 2 fuels"
    return [
        line("read in its warm process ÷ opened with openpyxl", [r / o for o, r, _, _ in taken], "≤ 3", size),
        line("the same and parsed by the form ÷ opened with openpyxl", [p / o for o, _, p, _ in taken], notes=size),
        line(
            "the same and all checks of the guideline ÷ opened with openpyxl",
            [c / o for o, _, _, c in taken],
            notes=size,
        ),
    ]
