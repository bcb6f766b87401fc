"""The sheets of a form's workbook: apart from what asks for one, because openpyxl takes long to load."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tanzhi.actions.typed import printable
from tanzhi.rulebook.kernel.text import Text, in_language, same

from .layout import (
    CODE_ROW,
    FIRST_ROW,
    LABEL_EN_ROW,
    LABEL_ZH_ROW,
    META_SHEET,
    UNIT_ROW,
    columns_of,
    digest_of,
    sheets_of,
    unit_words,
)
from .records import path_of, rows_of, steps_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tanzhi.rulebook.kernel.forms import FieldSpec, FormSpec, TableSpec

    from .layout import Prefill

_STAMP = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp without a zone, as the format keeps it: equal forms, equal bytes
_HEAD = PatternFill("solid", fgColor="EFEBE0")
_KEYS = PatternFill("solid", fgColor="F7F5EE")
_CARRIED = PatternFill("solid", fgColor="E4EDF5")
EMPTY_ROWS = 200

GUIDE = (
    Text(
        "从第 5 行起填写；请勿改动第 1 行（隐藏的编码）。", "Fill in from row 5; leave row 1 (hidden codes) as it is."
    ),
    Text(
        "空白＝未填；0＝零；NR 或“未报”＝未报告；EX 或“不计入”＝不计入。四者含义不同。",
        "Blank = not filled in; 0 = zero; NR = not reported; EX = excluded. Four different things.",
    ),
    Text(
        "只填数值，不用公式，不合并单元格，不用宏。小数点用“.”。",
        "Values only: no formulas, no merged cells, no macros. Decimal point “.”.",
    ),
    Text(
        "月份写作 2024-06。批注写明含义、范围、依据与证据。",
        "Write months as 2024-06. Comments give meaning, range, law and evidence.",
    ),
)


def workbook(form: FormSpec, prefill: Prefill, language: str) -> bytes:
    """The workbook of a form, packed."""
    book = Workbook()
    book.remove(book.active)
    sheet = book.create_sheet(in_language(Text("填写说明", "Instructions"), language))
    sheet.append([f"{form.title.zh} {form.year}", f"{form.title.en} {form.year}"])
    for line in GUIDE:
        sheet.append([line.zh, line.en])
    sheet["A1"].font = sheet["B1"].font = Font(bold=True, size=14)
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 60
    for table in sheets_of(form):
        sheet = book.create_sheet(in_language(table.label, language)[:31])
        columns = columns_of(table)
        for number, spec in enumerate(columns, 1):
            _head(sheet, number, spec, language)
        sheet.row_dimensions[CODE_ROW].hidden = True
        keys = len(columns) - len(table.fields)
        sheet.freeze_panes = sheet.cell(FIRST_ROW, keys + 1)
        _fill(sheet, form, table, prefill, language)
        for number, spec in enumerate(columns, 1):
            if (table.level, spec.name) in prefill.carried.usual:
                # a column that the period before filled
                sheet.cell(LABEL_ZH_ROW, number).fill = sheet.cell(LABEL_EN_ROW, number).fill = _CARRIED
    _meta(book.create_sheet(META_SHEET), form, prefill)
    return packed_book(book)


def packed_book(book: Workbook) -> bytes:
    """A workbook packed with fixed times, so that equal content is equal bytes."""
    book.properties.created = book.properties.modified = _STAMP
    book.properties.creator = "Tanzhi"
    loose = io.BytesIO()
    book.save(loose)
    packed = io.BytesIO()
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            text = source.read(part)
            if part.filename == "docProps/core.xml":
                # openpyxl writes the moment of saving; the form has none.
                text = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", text)
            target.writestr(zipfile.ZipInfo(part.filename, (2000, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _meta(sheet: Worksheet, form: FormSpec, prefill: Prefill) -> None:
    sheet.sheet_state = "veryHidden"
    identity = {
        "form": form.code,
        "year": str(form.year),
        "enterprise": prefill.enterprise,
        "period": prefill.period,
        "digest": digest_of(form),
    }
    for pair in identity.items():
        sheet.append(pair)


def _head(sheet: Worksheet, number: int, spec: FieldSpec, language: str) -> None:
    for row, words in (
        (CODE_ROW, spec.name),
        (LABEL_ZH_ROW, spec.label.zh),
        (LABEL_EN_ROW, spec.label.en),
        (UNIT_ROW, unit_words(spec)),
    ):
        cell = sheet.cell(row, number, words)
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    label = sheet.cell(LABEL_ZH_ROW, number)
    label.font = Font(bold=spec.required)
    label.comment = Comment("\n".join(comment_of(spec, language)), "Tanzhi", width=320, height=160)
    letter = get_column_letter(number)
    sheet.column_dimensions[letter].width = 16
    # A choice's options in a list; one that does not fit into a cell's 255 characters goes by codes alone.
    lists = (",".join(t.zh for t in spec.options.values()), ",".join(spec.options)) if spec.kind == "choice" else ()
    if words := next((w for w in lists if len(w) < 250), ""):
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        rule.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + EMPTY_ROWS}")
        sheet.add_data_validation(rule)


_KINDS = {
    "number": Text("填数值，不用公式和千分位", "a number; no formula, no separators of thousands"),
    "choice": Text("从下拉列表选择：{options}", "choose from the list: {options}"),
    "date": Text("填日期，如 2024-06-30（月份如 2024-06）", "a day such as 2024-06-30 (a month such as 2024-06)"),
}
_REQUIRED = Text("必填；没有发生填 0，没有数据填 NR", "required; 0 where nothing occurred, NR where it is not reported")
_RANGE = Text("范围：{low} 至 {high}", "range: {low} to {high}")
_UNIT, _DECIMALS = Text("单位：{unit}", "unit: {unit}"), Text("小数位：{n}", "decimals: {n}")
_EVIDENCE, _LAW = Text("证据：{words}", "evidence: {words}"), Text("依据：{law}", "law: {law}")
_MORE = Text("等 {n} 项", " and more, {n} in all")
MOST_OPTIONS = 8  # that a comment lists; more stand in the list of the cell alone


def comment_of(spec: FieldSpec, language: str) -> list[str]:
    """What somebody asks who fills a column in: meaning, how it is written, range, evidence, law; in one language."""
    options = [str(in_language(option, language)) for option in list(spec.options.values())[:MOST_OPTIONS]]
    listed = same("、".join(options) if language == "zh" else ", ".join(options))
    if len(spec.options) > MOST_OPTIONS:
        listed += _MORE.format(n=len(spec.options))
    kind = _KINDS.get(spec.kind)
    lines: list[Text | str] = [spec.label]
    # the meaning as the rule has it is written in English, with the Chinese term in it
    lines += [spec.help] if spec.help and language == "en" else []
    lines += [kind.format(options=listed)] if kind else []
    lines += [_UNIT.format(unit=spec.unit)] if spec.kind == "number" and spec.unit != "1" else []
    lines += [_DECIMALS.format(n=spec.decimals)] if spec.decimals is not None else []
    low, high = spec.minimum or "…", spec.maximum or "…"
    lines += [_RANGE.format(low=low, high=high)] if spec.minimum or spec.maximum else []
    lines += [_REQUIRED] if spec.required and spec.kind == "number" else []
    lines += [_EVIDENCE.format(words=spec.evidence)] if spec.evidence else []
    lines += [_LAW.format(law=spec.law)] if spec.law else []
    return [str(in_language(line, language)) for line in lines]


_CONFIRM = Text("沿用 {period}，请核对", "carried over from {period}: check it")


def _fill(sheet: Worksheet, form: FormSpec, table: TableSpec, prefill: Prefill, language: str) -> None:
    columns = columns_of(table)
    for index, (keys, row) in enumerate(rows_of(form, table, dict(prefill.record)), FIRST_ROW):
        path = path_of(steps_of(form, table, keys))
        for number, spec in enumerate(columns, 1):
            value = cell_value(spec, keys.get(spec.name) or row.get(spec.name))
            cell = sheet.cell(index, number, printable(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
            if spec.decimals is not None:
                cell.number_format = "0" + ("." + "0" * spec.decimals if spec.decimals else "")
            if spec.name in keys:
                cell.fill = _KEYS
            if f"{path}.{spec.name}" in prefill.carried.cells:
                cell.fill = _CARRIED
                words = str(in_language(_CONFIRM.format(period=prefill.carried.period), language))
                cell.comment = Comment(words, "Tanzhi", width=200, height=40)


def cell_value(spec: FieldSpec, raw: Any) -> Any:
    """A record's value as a cell shows it."""
    if raw in (None, "", "NR", "EX"):
        return raw or None
    if spec.kind == "choice":
        return spec.options[raw].zh if raw in spec.options else raw
    return Decimal(raw) if spec.kind == "number" else raw
