"""Reads one filed value as it stands in a record; says what is wrong with it, and never raises."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from .rules import CHOICE, DATE, INPUT, Rule
from .states import BLANK, EXCLUDED, NOT_DETERMINABLE, NOT_REPORTED, Absent
from .text import Text

NOT_REPORTED_CODE = "NR"
EXCLUDED_CODE = "EX"
UNREADABLE = {
    INPUT: Text("“{found}”不是数值", "“{found}” is not a number"),
    CHOICE: Text("“{found}”不在选项之中", "“{found}” is none of the options"),
    DATE: Text("“{found}”不是日期（YYYY-MM-DD）", "“{found}” is not a date (YYYY-MM-DD)"),
}
_BLANK = Text("未填写{label}", "{label} is blank")
_NOT_REPORTED = Text("{label}未报告", "{label} is not reported")
_EXCLUDED = Text("{label}不计入", "{label} is excluded")
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?", re.ASCII)


def read(rule: Rule, raw: Any) -> Decimal | str | Absent:
    """The value in `raw` by the rule's kind, or what makes it absent."""
    words = raw.strip() if isinstance(raw, str) else raw
    if words is None or words == "":
        return Absent(BLANK, _why(_BLANK, rule.label))
    if words == NOT_REPORTED_CODE:
        return Absent(NOT_REPORTED, _why(_NOT_REPORTED, rule.label))
    if words == EXCLUDED_CODE:
        return Absent(EXCLUDED, _why(_EXCLUDED, rule.label))
    if rule.kind == INPUT:
        value = number(words)
        return unreadable(rule, raw) if value is None else value
    if not isinstance(words, str) or (rule.kind == CHOICE and words not in rule.options):
        return unreadable(rule, raw)
    return unreadable(rule, raw) if rule.kind == DATE and not is_day(words) else words


@cache
def _why(template: Text, label: Text) -> Text:
    """The same few reasons stand in every record."""
    return template.format(label=label)


def unreadable(rule: Rule, raw: Any) -> Absent:
    """Something stands there, but nobody can compute with it."""
    template = UNREADABLE.get(rule.kind, Text("“{found}”不是文字", "“{found}” is not text"))
    return Absent(
        NOT_DETERMINABLE, Text("{label}：", "{label}: ").format(label=rule.label) + template.format(found=raw)
    )


def number(words: Any) -> Decimal | None:
    """An exact number out of a decimal string, an int or a Decimal; a float is none."""
    if isinstance(words, bool) or not isinstance(words, str | int | Decimal):
        return None
    written = format(words, "f") if isinstance(words, Decimal) else str(words)
    return Decimal(written) if _NUMBER.fullmatch(written) else None


def is_day(words: Any) -> bool:
    """Whether this is a day of the calendar as YYYY-MM-DD."""
    try:
        return isinstance(words, str) and date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def is_month(words: Any) -> bool:
    """Whether this is a month as YYYY-MM."""
    return isinstance(words, str) and is_day(f"{words}-01")
