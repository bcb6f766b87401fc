"""Reads one value by the field that it belongs to, and a whole record: what every way into a form goes through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.finding import Finding
from tanzhi.rulebook.kernel.forms import FieldSpec, FormSpec, TableSpec
from tanzhi.rulebook.kernel.rounding import decimals_of, plain
from tanzhi.rulebook.kernel.spelling import (
    Spelled,
    control_in,
    short,
    spelled_choice,
    spelled_day,
    spelled_number,
)
from tanzhi.rulebook.kernel.text import Text

from .messages import finding

LONGEST_TEXT = 500
_SPECIAL = {"NR": "NR", "未报": "NR", "未报告": "NR", "EX": "EX", "不计入": "EX"}


def is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read_cell(field: FieldSpec, raw: Any, longest: int = LONGEST_TEXT) -> Spelled:
    """The value as the record keeps it; blank, zero, "NR" and "EX" stay four different things."""
    if is_blank(raw):
        return Spelled()
    if isinstance(raw, str):
        if control := control_in(raw):
            return Spelled("", "VAL-CONTROL", control)
        raw = raw.strip()
        if raw.startswith("#") and raw.endswith(("!", "?", "A")) and raw.isascii():
            return Spelled("", "XLS-ERROR")
        if raw.upper() in _SPECIAL and field.kind != "text":
            return Spelled(_SPECIAL[raw.upper()])
    return _of_kind(field, raw, longest)


def _of_kind(field: FieldSpec, raw: Any, longest: int) -> Spelled:
    match field.kind:
        case "number":
            # With as many places as the field declares, so that 138420.5 and 138420.50 are one value.
            spelled = spelled_number(raw, field.unit)
            if not spelled.value:
                return spelled
            number = Decimal(spelled.value)
            if field.decimals is None or decimals_of(number) > field.decimals:
                return spelled
            value = plain(number + Decimal(0).scaleb(-field.decimals))
            return Spelled(value, spelled.code, value if spelled.code else "")
        case "choice":
            return spelled_choice(raw, field.options)
        case "date":
            return spelled_day(raw, month=field.name == "month")
        case _:
            # Text as it stands. What a spreadsheet would run is made harmless where it is written into a file, not
            # here: a report may well be numbered -2024-001.
            words = short(raw) if isinstance(raw, Decimal) else raw.isoformat() if isinstance(raw, date) else str(raw)
            return Spelled("", "XLS-LENGTH", str(longest)) if len(words) > longest else Spelled(words)


def read_record(form: FormSpec, record: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """A record from outside with every value as a workbook's cell would be read, and what cannot be read.

    Fields and tables that the form does not have are left for `examine` to name.
    """
    findings: list[Finding] = []
    top = next((table for table in form.tables if not table.key), None)
    return _record(form, top, record, "", findings), findings


def readable_record(form: FormSpec, record: Mapping[str, Any]) -> dict[str, Any]:
    """The record as it is stored; refused whole, with every value that cannot be read at its place."""
    read, findings = read_record(form, record)
    if findings:
        message = Text("有 {n} 处无法读取，未保存", "{n} values cannot be read; nothing was saved")
        raise Refused("VAL-RECORD", message.format(n=len(findings)), 422, findings)
    return read


def _record(
    form: FormSpec, table: TableSpec | None, row: Mapping[str, Any], place: str, findings: list[Finding]
) -> dict[str, Any]:
    fields = {field.name: field for field in (([table.key] if table.key else []) + list(table.fields) if table else [])}
    level = table.level if table and table.key else ""
    below = {
        low.plural: low for low in form.tables if low.key and level == (low.parents[-1].name if low.parents else "")
    }
    read: dict[str, Any] = {}
    for name, raw in row.items():
        if name in fields and not isinstance(raw, Mapping | list | float):
            field, spelled = fields[name], read_cell(fields[name], raw)
            read[name] = spelled.value or raw
            if not spelled.readable:
                finding_here = finding(
                    spelled.code, place, field=name, label=field.label, found=str(raw), expected=spelled.expected
                )
                findings.append(finding_here)
        elif name in below and isinstance(raw, list):
            low = below[name]
            read[name] = [
                _record(form, low, part, f"{place}.{name}[{part.get(low.level) or at}]".lstrip("."), findings)
                if isinstance(part, Mapping)
                else part
                for at, part in enumerate(raw, 1)
            ]
        else:
            read[name] = raw
    return read
