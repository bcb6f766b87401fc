"""Reads one cell by the field that it belongs to: exact strings out, or the code of what is wrong."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tanzhi.rulebook.kernel.forms import FieldSpec
from tanzhi.rulebook.kernel.rounding import decimals_of, plain, shortened
from tanzhi.rulebook.kernel.text import Text

EXCEL_DIGITS = 15  # as many as a spreadsheet keeps; what stands behind them is noise of binary numbers
_PLAIN = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}([, '\u00a0\u2009\u202f]\d{3})+(\.\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:[-/]0?1(?: 00:00:00)?)?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?: 00:00:00)?")
_SPECIAL = {"NR": "NR", "未报": "NR", "未报告": "NR", "EX": "EX", "不计入": "EX"}
_INJECTION = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell says; a code where something is to be told about it."""

    value: str = ""
    code: str = ""
    expected: str | Text = ""


def exact(number: float | int) -> str:
    """A spreadsheet's binary number as the decimal that its author saw."""
    written = Decimal(repr(number))
    return short(shortened(written, EXCEL_DIGITS) if len(written.as_tuple().digits) > EXCEL_DIGITS else written)


def short(number: Decimal) -> str:
    """In full, without zeros at the end that say nothing."""
    words = plain(number)
    return words.rstrip("0").rstrip(".") if "." in words else words


def is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read_cell(field: FieldSpec, raw: Any, longest: int = 500) -> Read:
    """The cell's value as the record keeps it; blank, zero, "NR" and "EX" stay four different things."""
    if is_blank(raw):
        return Read()
    if isinstance(raw, str):
        raw = raw.strip()
        if raw.startswith("#") and raw.endswith(("!", "?", "A")) and raw.isascii():
            return Read("", "XLS-ERROR")
        if raw.upper() in _SPECIAL and field.kind != "text":
            return Read(_SPECIAL[raw.upper()])
    return {"number": _number, "choice": _choice, "date": _date}.get(field.kind, _words)(field, raw, longest)


def _number(field: FieldSpec, raw: Any, _longest: int) -> Read:
    if isinstance(raw, bool | date):
        return Read("", "XLS-NUMBER", field.unit)
    if isinstance(raw, int | float):
        return Read(_scaled(exact(raw), field))
    return _number_in_words(field, str(raw))


def _scaled(written: str, field: FieldSpec) -> str:
    """With as many places as the field declares, so that 138420.5 and 138420.50 are one value."""
    number = Decimal(written)
    if field.decimals is None or decimals_of(number) > field.decimals:
        return written
    return plain(number + Decimal(0).scaleb(-field.decimals))


def _number_in_words(field: FieldSpec, words: str) -> Read:
    narrow = unicodedata.normalize("NFKC", words).replace("，", ",").replace("−", "-").strip()
    if _PLAIN.fullmatch(narrow):
        value = _scaled(narrow.lstrip("+"), field)
        return Read(value, "XLS-WIDTH" if narrow != words else "", value)
    if _GROUPED.fullmatch(narrow):
        value = _scaled(re.sub(r"[^\d.-]", "", narrow), field)
        return Read(value, "XLS-SEPARATOR", value)
    if _COMMA.fullmatch(narrow):
        return Read("", "XLS-COMMA", narrow.replace(",", "."))
    return Read("", "XLS-NUMBER", field.unit)


def _choice(field: FieldSpec, raw: Any, _longest: int) -> Read:
    words = exact(raw) if isinstance(raw, int | float) else str(raw)
    for code, label in field.options.items():
        if words in (code, label.zh) or words.lower() == label.en.lower():
            return Read(code)
    zh, en = "、".join(t.zh for t in field.options.values()), ", ".join(t.en for t in field.options.values())
    return Read("", "XLS-OPTION", Text(zh or "-", en or "-"))


def _date(field: FieldSpec, raw: Any, _longest: int) -> Read:
    month = field.name == "month"
    if isinstance(raw, date | datetime):
        return Read(raw.strftime("%Y-%m" if month else "%Y-%m-%d"))
    found = (_MONTH if month else _DAY).fullmatch(unicodedata.normalize("NFKC", str(raw)))
    try:
        parts = [int(part) for part in found.groups()] if found else []
        day = date.fromisoformat("-".join(f"{part:02d}" for part in ([*parts, 1] if month else parts)))
    except (TypeError, ValueError):
        return Read("", "XLS-DATE", "YYYY-MM" if month else "YYYY-MM-DD")
    return Read(day.strftime("%Y-%m" if month else "%Y-%m-%d"))


def _words(field: FieldSpec, raw: Any, longest: int) -> Read:
    words = exact(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else str(raw)
    if words.startswith(_INJECTION) and not isinstance(raw, int | float):
        return Read("", "XLS-INJECTION")
    return Read("", "XLS-LENGTH", str(longest)) if len(words) > longest else Read(words)
