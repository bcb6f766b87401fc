"""What a form finds in a record before any rule is asked: missing, unreadable, out of range, unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .entries import Period
from .finding import ERROR, Finding
from .forms import NUMBER, FieldSpec, FormSpec, TableSpec
from .reading import EXCLUDED_CODE, NOT_REPORTED_CODE, is_day, is_month, number
from .rounding import decimals_of, plain
from .rules import CHOICE, DATE, WORDS
from .text import Text, same

Row = Mapping[str, Any]

_MESSAGES = {
    "FORM-REQUIRED": Text("{label}必填，未填写", "{label} is required and is blank"),
    "FORM-NUMBER": Text("{label}应为数值，填写的是“{found}”", "{label} must be a number; found “{found}”"),
    "FORM-DECIMALS": Text("{label}小数位过多：{found}", "{label} has too many decimals: {found}"),
    "FORM-MINIMUM": Text("{label}低于下限：{found}", "{label} is below the minimum: {found}"),
    "FORM-MAXIMUM": Text("{label}高于上限：{found}", "{label} is above the maximum: {found}"),
    "FORM-OPTION": Text("{label}不在选项之中：“{found}”", "{label} is none of the options: “{found}”"),
    "FORM-DATE": Text("{label}不是有效日期：“{found}”", "{label} is not a valid date: “{found}”"),
    "FORM-PERIOD": Text("{label}不在填报年度之内：{found}", "{label} lies outside the year filed for: {found}"),
    "FORM-DAYS": Text("{label}在该期间不适用，不应填写：{found}", "{label} is not requested in this period: {found}"),
    "FORM-TEXT": Text("{label}应为文字，填写的是“{found}”", "{label} must be text; found “{found}”"),
    "FORM-UNKNOWN": Text("表中没有字段“{found}”", "the form has no field “{found}”"),
    "FORM-TABLE": Text("{label}应为若干行，填写的是“{found}”", "{label} must be rows; found “{found}”"),
    "FORM-REPEATED": Text("{label}“{found}”重复出现", "{label} “{found}” stands twice"),
}
CODES = tuple(_MESSAGES)
_BLANK = Text("空白", "blank")
_REMEDY = Text("请更正后重新提交", "Correct it and submit again")
_NO_FIELD = Text("未知字段", "unknown field")
_FIELDS = Text("带名称的字段", "fields with names")
_FILLED = Text("填写一个值", "a value")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding stands: record, field, and what the field is called."""

    place: str
    field: str
    label: Text


def examine(form: FormSpec, record: Any) -> list[Finding]:
    """Every finding in the record, in the order of the form; an empty list means that it can be taken."""
    if not isinstance(record, Mapping):
        return [_finding("FORM-TABLE", Spot("", form.code, form.title), _FIELDS, record)]
    top = next((t for t in form.tables if not t.key), None)
    return list(_record(form, top, record, "", Period.of(form.year)))


def _record(form: FormSpec, table: TableSpec | None, row: Row, place: str, period: Period) -> Iterator[Finding]:
    fields = ([table.key] if table.key else []) + list(table.fields) if table else []
    if table is None or table.key is None:
        below = [t for t in form.tables if t.key and not t.parents]
    else:
        below = [t for t in form.tables if t.parents and t.parents[-1].name == table.level]
    expected_names = {f.name for f in fields} | {t.plural for t in below}
    for field in fields:
        if field.days and not field.days.meets(period):
            # A value in a period in which the law does not ask for it.
            raw = row.get(field.name)
            if raw is not None and str(raw).strip() and field.days:
                days = same(f"{field.days.first.isoformat()} – {field.days.last.isoformat()}")
                yield _finding("FORM-DAYS", Spot(place, field.name, field.label), days, raw)
        elif field.required or row.get(field.name) is not None:
            yield from _field(field, row.get(field.name), place, form.year)
    for name in row:
        if name not in expected_names:
            yield _finding(
                "FORM-UNKNOWN", Spot(place, str(name), _NO_FIELD), same(", ".join(f.name for f in fields) or "-"), name
            )
    for low in below:
        yield from _rows(form, low, row.get(low.plural), place, period)


def _rows(form: FormSpec, table: TableSpec, rows: Any, place: str, period: Period) -> Iterator[Finding]:
    if rows is None:
        return
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        yield _finding("FORM-TABLE", Spot(place, table.plural, table.label), Text("若干行", "rows"), rows)
        return
    seen: set[str] = set()
    for index, row in enumerate(rows):
        key = str(row.get(table.level) or "").strip()
        here = f"{place}.{table.plural}[{key or index + 1}]".lstrip(".")
        if key and key in seen and table.key:
            each = Text("每行不同", "a different one in each row")
            yield _finding("FORM-REPEATED", Spot(here, table.level, table.key.label), each, key)
        seen.add(key)
        month = table.level == "month" and is_month(key)
        yield from _record(form, table, row, here, Period.of(int(key[:4]), int(key[5:])) if month else period)


def _field(field: FieldSpec, raw: Any, place: str, year: int) -> Iterator[Finding]:
    value = raw.strip() if isinstance(raw, str) else raw
    spot = Spot(place, field.name, field.label)
    if value is None or value == "":
        if field.required:
            yield _finding("FORM-REQUIRED", spot, _FILLED, _BLANK)
    elif value not in (NOT_REPORTED_CODE, EXCLUDED_CODE):
        for code, expected in _faults(field, value, year):
            yield _finding(code, spot, expected, value)


def _faults(field: FieldSpec, value: Any, year: int) -> Iterator[tuple[str, Text]]:
    """The codes of what is wrong with one filled field, each with what is expected."""
    if field.kind == NUMBER:
        yield from _number_faults(field, number(value))
    elif field.kind == CHOICE and not (isinstance(value, str) and value in field.options):
        zh, en = ("; ".join(f"{code} {getattr(t, lang)}" for code, t in field.options.items()) for lang in ("zh", "en"))
        yield "FORM-OPTION", Text(zh, en)
    elif field.kind == DATE:
        month = field.name == "month"
        if not (is_month(value) if month else is_day(value)):
            yield "FORM-DATE", same("YYYY-MM" if month else "YYYY-MM-DD")
        elif month and not value.startswith(f"{year}-"):
            yield "FORM-PERIOD", same(f"{year}-01 … {year}-12")
    elif field.kind == WORDS and not isinstance(value, str | int):
        yield "FORM-TEXT", Text("文字", "text")


def _number_faults(field: FieldSpec, value: Decimal | None) -> Iterator[tuple[str, Text]]:
    if value is None:
        yield "FORM-NUMBER", Text("数值（{unit}）", "a number ({unit})").format(unit=field.unit)
        return
    if field.decimals is not None and decimals_of(value) > field.decimals:
        yield "FORM-DECIMALS", Text("至多{n}位小数", "at most {n} decimals").format(n=field.decimals)
    if field.minimum is not None and value < Decimal(field.minimum):
        yield "FORM-MINIMUM", same(f"≥ {field.minimum}")
    if field.maximum is not None and value > Decimal(field.maximum):
        yield "FORM-MAXIMUM", same(f"≤ {field.maximum}")


def _finding(code: str, spot: Spot, expected: Text, value: Any) -> Finding:
    if isinstance(value, Text):
        actual = value
    else:
        words = plain(value) if isinstance(value, Decimal) else str(value).strip() or repr(value)
        actual = same(words if len(words) <= 60 else f"{words[:60]}…")
    message = _MESSAGES[code].format(label=spot.label, found=actual)
    return Finding(code, ERROR, spot.place, spot.field, actual, expected, message, remedy=_REMEDY)
