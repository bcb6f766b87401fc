"""A month in the layout of the national platform's month form: out of a version, and read beside one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tanzhi.filings.intake import Expected, ReadResult
from tanzhi.filings.intake.grid import Builder
from tanzhi.filings.intake.national import StatedRow, own_times, read_month
from tanzhi.filings.intake.national_layout import COMPUTED, DEFAULT, MonthLayout, month_layout
from tanzhi.filings.intake.national_values import computed_value, default_value, national_rows
from tanzhi.filings.shared.forms import MONTH_FORM, guideline_of
from tanzhi.presentation.intake.reader import Book
from tanzhi.rulebook.kernel.rounding import decimals_of, plain, round_legally
from tanzhi.rulebook.kernel.text import Text, same

from .model import Filing, Version
from .status import evaluated


def layout_of(filing: Filing) -> MonthLayout | None:
    """The national platform's form for a filing; None for a year, and where the platform has none."""
    return None if filing.is_annual else month_layout(guideline_of(filing.form_code), MONTH_FORM, filing.year)


def national_file(filing: Filing, version: Version, layout: MonthLayout) -> bytes:
    """The version as a workbook, with what the rules of today compute from it and the law's defaults."""
    from tanzhi.filings.intake.national_sheet import national_book  # openpyxl takes long to load

    rows = national_rows(layout, version.record, evaluated(filing, version.record))
    return national_book(rows, filing.period)


def read_national(filing: Filing, layout: MonthLayout, book: Book, expected: Expected) -> ReadResult:
    """A file in that layout: its inputs, with what it does not hold as the last version has it, beside our results."""
    if expected.period != filing.period:
        refusing = Builder(layout.form, expected)
        refusing.tell("NAT-MONTHS", next(iter(book.sheets)), found=expected.period)
        return refusing.answer
    read = read_month(book, layout, expected)
    answer, builder = read.answer, Builder(layout.form, expected, read.answer)
    if not answer.record:
        return answer
    latest = filing.latest
    if latest and (count := add_beside(layout, answer.record, latest.record)):
        version = Text("第 {n} 版", "version {n}").format(n=latest.number)
        builder.tell("VAL-BESIDE", next(iter(answer.places.values())), found=str(count), expected=version)
    for again in (True, False):  # what is taken as stated changes what is computed from it
        nodes = {here.path: here for here in evaluated(filing, answer.record).walk()}
        for row in read.stated:
            label = same(row.parameter.words)
            spec, node = row.parameter.field, nodes[row.path]
            ours = (computed_value if row.method == COMPUTED else default_value)(row.parameter, node)
            if again and ours is None and row.method == COMPUTED and spec:
                times = own_times(row.parameter, row.unit)
                row.row[spec.name] = builder.number(spec, plain(row.value), row.place, times)
                builder.tell("NAT-STATED", row.place, field=spec.name, label=label, found=plain(row.value))
            elif not again and ours is not None and not agrees(row, ours):
                code = "NAT-COMPUTED" if row.method == COMPUTED else "NAT-DEFAULT"
                builder.tell(code, row.place, label=label, found=plain(row.value), expected=plain(ours))
    return answer


def agrees(row: StatedRow, ours: Decimal) -> bool:
    """A default is the law's own; what is computed may be written with fewer places."""
    if row.method == DEFAULT:
        return row.value == ours
    places = min(decimals_of(row.value), decimals_of(ours))
    return round_legally(row.value, places) == round_legally(ours, places)


def add_beside(layout: MonthLayout, record: dict[str, Any], latest: Mapping[str, Any]) -> int:
    """Into each row of a record what the layout does not hold, as another record has it; how many values that are."""
    in_layout = {parameter.field.name for parameter in layout.parameters if parameter.field}
    levels = {level.plural: name for name, level in layout.guideline.levels.items()}
    own_levels = (layout.guideline.unit_level, layout.month.level, layout.material.level)
    walked = {layout.guideline.levels[name].plural for name in own_levels}
    count = 0
    for name, value in latest.items():
        if name in walked:
            own = {row.get(levels[name]): row for row in record.get(name, [])}
            count += sum(add_beside(layout, own[r[levels[name]]], r) for r in value if r.get(levels[name]) in own)
        elif name not in record and name not in in_layout and value not in (None, "", []):
            record[name] = value
            count += len(value) if isinstance(value, list) else 1
    return count
