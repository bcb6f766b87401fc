"""How people write numbers, days, choices, yes and no: one reader of each for every door, or the code of a fault.

Workbook, ledger, list, grid, paste and programs all end here, so that a spelling means the same everywhere or is
refused everywhere by the same code. What is not written in the digits, the comma and the point of this country is
refused, never guessed: 3343,5 may be a price of Europe or a slip, 10² is no 102.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .rounding import plain, shortened
from .text import Text, same

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONGEST_NUMBER = 80
SPREADSHEET_DIGITS = 15  # as many as a spreadsheet shows; what stands behind them is the noise of binary numbers
FIRST_YEAR, LAST_YEAR = 1900, 2199
YES, NO = {"是", "yes", "true", "1", "y", "√"}, {"否", "no", "false", "0", "n"}
# What a Chinese keyboard writes for the signs of a number, and what a typesetter writes for the minus.
NARROW = str.maketrans("０１２３４５６７８９．，－＋　−／", "0123456789.,-+ -/")

_PLAIN = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}([, '\u00a0\u2009\u202f])\d{3}(\1\d{3})*(\.\d{1,20})?", re.ASCII)
_COMMA = re.compile(r"[+-]?(\d{1,20}|\d{1,3}([.' \u00a0\u2009\u202f]\d{3})+),\d{1,20}", re.ASCII)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:[-/]0?1(?: 00:00:00)?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)

# code → what is said of it, what is expected; {label}, {found} and {expected} are filled in
MESSAGES: dict[str, tuple[Text, Text]] = {
    "VAL-NUMBER": (
        Text("{label}应为数值，填写的是“{found}”", "{label} must be a number; found “{found}”"),
        Text("数值（{expected}）", "a number ({expected})"),
    ),
    "VAL-COMMA": (
        Text("{label}用逗号作小数点：“{found}”", "{label} has a comma as decimal point: “{found}”"),
        Text("是否为 {expected}？请用点作小数点", "do you mean {expected}? Use a point"),
    ),
    "VAL-WHOLE": (
        Text("{label}应为整数，填写的是“{found}”", "{label} must be a whole number; found “{found}”"),
        Text("整数", "a whole number"),
    ),
    "VAL-DATE": (
        Text("{label}不是有效日期：“{found}”", "{label} is not a valid date: “{found}”"),
        Text("{expected}", "{expected}"),
    ),
    "VAL-OPTION": (
        Text("{label}不在选项之中：“{found}”", "{label} is none of the options: “{found}”"),
        Text("{expected}", "{expected}"),
    ),
    "VAL-YES": (
        Text("{label}应为是或否，填写的是“{found}”", "{label} must be yes or no; found “{found}”"),
        Text("是、否", "yes, no"),
    ),
    "VAL-CONTROL": (
        Text("文字含不可见的控制字符 {found}", "the text holds a control character, {found}"),
        Text("可打印的文字", "printable text"),
    ),
}
NOTES: dict[str, tuple[Text, Text]] = {
    "VAL-SEPARATOR": (
        Text("{label}的千位分隔符已去掉：“{found}”", "{label}: separators of thousands were taken out of “{found}”"),
        Text("{expected}", "{expected}"),
    ),
    "VAL-WIDTH": (
        Text("{label}的全角字符已换算：“{found}”", "{label}: full-width characters were converted: “{found}”"),
        Text("{expected}", "{expected}"),
    ),
}


@dataclass(frozen=True, slots=True)
class Spelled:
    """What some words say in the one form that is stored; a code where something is to be said about them."""

    value: str = ""
    code: str = ""
    expected: str | Text = ""

    @property
    def readable(self) -> bool:
        return not self.code or self.code in NOTES


def spelled_number(raw: Any, unit: str = "") -> Spelled:
    """A decimal in full, such as 1234.50, out of words, a whole number or a decimal; a float is refused.

    A float has lost digits already: whoever reads one takes the digits as they are stored (`cell_number`).
    """
    if isinstance(raw, bool | float | date) or not isinstance(raw, str | int | Decimal):
        return Spelled("", "VAL-NUMBER", unit or "1234.5")
    if not isinstance(raw, str):
        if isinstance(raw, Decimal) and not raw.is_finite():
            return Spelled("", "VAL-NUMBER", unit or "1234.5")
        raw = plain(Decimal(raw)) if abs(Decimal(raw).adjusted()) <= 40 else ""
    words = raw.strip()
    narrow = words.translate(NARROW).strip() if len(words) <= LONGEST_NUMBER else ""
    if _PLAIN.fullmatch(narrow):
        return Spelled(_canonical(narrow), "VAL-WIDTH" if narrow != words else "", _canonical(narrow))
    if _GROUPED.fullmatch(narrow):
        value = _canonical(re.sub(r"[^\d.+-]", "", narrow))
        return Spelled(value, "VAL-SEPARATOR", value)
    if _COMMA.fullmatch(narrow):
        return Spelled("", "VAL-COMMA", re.sub(r"[^\d,+-]", "", narrow).replace(",", "."))
    return Spelled("", "VAL-NUMBER", unit or "1234.5")


def _canonical(words: str) -> str:
    """Without a plus, without zeros in front, zero without a sign; the places behind the point as written."""
    number = Decimal(words)
    return plain(abs(number) if number.is_zero() else number)


def spelled_whole(raw: Any) -> Spelled:
    """A whole number: 12, 1,200 and 12.0, not 12.5."""
    spelled = spelled_number(raw)
    if spelled.code == "VAL-NUMBER":
        return Spelled("", "VAL-WHOLE")
    if not spelled.readable:
        return spelled
    number = Decimal(spelled.value)
    if number != number.to_integral_value():
        return Spelled("", "VAL-WHOLE")
    return Spelled(plain(number.to_integral_value()), spelled.code, spelled.expected)


def cell_number(digits: str) -> Decimal:
    """A number as a workbook stores it, with the digits that a spreadsheet shows.

    0.1 and 1234567890.12345 come out as they stand. A spreadsheet keeps fifteen significant digits and writes up to
    seventeen, the last two being those of its binary number: 0.30000000000000004 is shown as 0.3, and is 0.3.
    """
    return shortened(Decimal(digits), SPREADSHEET_DIGITS)


def short(number: Decimal) -> str:
    """In full, without zeros at the end that say nothing."""
    words = plain(number)
    return words.rstrip("0").rstrip(".") if "." in words else words


def spelled_day(raw: Any, *, month: bool = False) -> Spelled:
    """A day as YYYY-MM-DD, or a month as YYYY-MM; 2024/6/3, 2024年6月3日 and 20240603 are days, 45251 is none."""
    shape = "YYYY-MM" if month else "YYYY-MM-DD"
    if isinstance(raw, date):  # a moment is one too
        at_midnight = not isinstance(raw, datetime) or (raw.hour, raw.minute, raw.second) == (0, 0, 0)
        words = raw.isoformat()[: len(shape)] if at_midnight or month else ""
        return Spelled(words) if words else Spelled("", "VAL-DATE", shape)
    words = str(raw).strip().translate(NARROW) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    match = (_MONTH if month else _DAY).fullmatch(words) or (None if month else _COMPACT.fullmatch(words))
    try:
        year, number, day = (*map(int, match.groups()), 1)[:3] if match else (0, 0, 0)
        day_spelled = date(year, number, day)
    except ValueError:
        return Spelled("", "VAL-DATE", shape)
    if not FIRST_YEAR <= day_spelled.year <= LAST_YEAR:
        return Spelled("", "VAL-DATE", shape)
    return Spelled(day_spelled.isoformat()[: len(shape)])


def spelled_choice(raw: Any, options: Mapping[str, Text]) -> Spelled:
    """The code of an option out of the code or its words in either language."""
    words = short(raw) if isinstance(raw, Decimal) else str(raw).strip()
    for code, label in options.items():
        if words in (code, label.zh) or words.lower() == label.en.lower():
            return Spelled(code)
    zh, en = "、".join(t.zh for t in options.values()), ", ".join(t.en for t in options.values())
    return Spelled("", "VAL-OPTION", Text(zh or "-", en or "-"))


def spelled_yes(raw: Any) -> Spelled:
    """The words true or false."""
    words = ("true" if raw else "false") if isinstance(raw, bool) else str(raw).strip().lower()
    if words in YES:
        return Spelled("true")
    return Spelled("false") if words in NO else Spelled("", "VAL-YES", Text("是、否", "yes, no"))


def control_in(words: str) -> str:
    """The first character that no page and no file can show, as U+0007; blank where there is none."""
    match = CONTROL.search(words)
    return f"U+{ord(match[0]):04X}" if match else ""


def message_of(code: str, label: Text, actual: Any, expected: str | Text) -> tuple[Text, Text]:
    """What is said of words that cannot be read, and what is expected instead."""
    form = expected if isinstance(expected, Text) else same(expected or "-")
    message, instead = (MESSAGES | NOTES)[code]
    values = {"label": label, "found": actual, "expected": form}
    return message.format(**values), instead.format(**values)
