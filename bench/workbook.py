"""Parsing and checking a 12-month workbook, against opening it alone with the same library.

Run: python bench/workbook.py. Prints one line a library; the aim is a ratio of at most 2.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

import openpyxl
from python_calamine import CalamineWorkbook

from tanzhi.filings.intake import Expected, read_workbook, template
from tanzhi.filings.intake.template import Prefill
from tanzhi.rulebook.kernel import check, evaluate, form, guidelines

RUNS = 15


def record(units: int = 2) -> dict[str, object]:
    """Two units, twelve months, coal and diesel."""
    coal = {
        "fuel": "bituminous", "fuel_consumption": "138420.50",
        "carbon_air_dried": "57.83", "moisture_air_dried": "4.26",
        "moisture_as_received": "12.40", "ash_air_dried": "24.10", "net_calorific_value": "20.317",
        "opening_stock": "30000.00", "received": "138420.50", "closing_stock": "30000.00",
    }  # fmt: skip
    fuels = [coal, {"fuel": "diesel", "fuel_consumption": "86.20"}]
    month = {"generation": "146203.118", "running_hours": "668.50", "heat_supplied": "318204.00", "fuels": fuels}
    months = [{"month": f"2023-{n:02d}", **month} for n in range(1, 13)]
    return {"units": [{"unit": str(n + 1), "months": months} for n in range(units)]}


def median(work: Callable[[], object]) -> float:
    """Median seconds of a run."""
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def with_openpyxl(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        list(sheet.iter_rows(values_only=True))


def with_calamine(content: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def main() -> None:
    power = guidelines()["power"]
    spec = form(power, "month", 2023)
    content = template(spec, Prefill("E1", "2023", record()))
    expected = Expected("2023", "E1", frozenset({"1", "2"}))
    answer = read_workbook(content, "year.xlsx", spec, expected)
    assert answer.record == record(), answer.findings[:3]
    parse = median(lambda: read_workbook(content, "year.xlsx", spec, expected))
    checks = median(lambda: check(evaluate(power, 2023, answer.record)))
    for name, opening in (("calamine", with_calamine), ("openpyxl", with_openpyxl)):
        alone = median(lambda opening=opening: opening(content))
        ratio, whole = parse / alone, (parse + checks) / alone
        print(
            f"workbook, {name}: open {alone * 1e3:.1f} ms, parse and form {parse * 1e3:.1f} ms, "
            f"guideline checks {checks * 1e3:.1f} ms; {ratio:.2f} without, {whole:.2f} with the guideline's checks"
        )


if __name__ == "__main__":
    main()
