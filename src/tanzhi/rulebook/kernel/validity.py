"""Validity of rules: for each name one definition a day, without overlap or gap, as fine as its records' periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from .entries import PERIOD_BEGINS, PERIOD_ENDS
from .rules import Check, GuidelineFault, Rule
from .text import Text

if TYPE_CHECKING:
    from .guideline import Guideline

Item = TypeVar("Item", Rule, Check)

A_DAY = timedelta(days=1)
DAY, MONTH, YEAR = "day", "month", "year"
PERIODS = {YEAR: Text("年", "year"), MONTH: Text("月", "month"), DAY: Text("日", "day")}

_MESSAGES = {
    "RULE-TWICE": Text(
        "{guideline}：“{name}”有两个定义自{since}起施行，应只有一个",
        "{guideline}: two rules '{name}' begin on {since}; there can be one",
    ),
    "RULE-ORDER": Text(
        "{guideline}：“{name}”止于{until}，早于起始日{since}",
        "{guideline}: '{name}' ends on {until}, before it begins on {since}",
    ),
    "RULE-OVERLAP": Text(
        "{guideline}：“{name}”自{since}施行的定义止于{until}，与自{next}施行的定义重叠；应止于其前一日",
        "{guideline}: '{name}' since {since} lasts until {until}, but another begins on {next}; it ends before",
    ),
    "RULE-GAP": Text(
        "{guideline}：“{name}”自{since}施行的定义止于{until}，下一定义自{next}施行，其间没有规定",
        "{guideline}: '{name}' since {since} ends on {until} and the next begins on {next}: no law lies between",
    ),
    "RULE-PERIOD": Text(
        "{guideline}：“{name}”（{level}层级）的起止日{since}、{until}不与其期间（{period}）的首末日一致，无法区分",
        "{guideline}: '{name}' (level {level}) is about a {period}, which cannot tell {since} or {until} apart",
    ),
    "RULE-CHANGED": Text(
        "{guideline}：“{name}”于{next}在年内改变；年内各定义的层级、种类、单位、小数位和填报要求应一致",
        "{guideline}: '{name}' changes on {next}, within a year; its level, kind, unit, decimals and field must stay",
    ),
}
CODES = tuple(_MESSAGES)


class ValidityFault(GuidelineFault):
    """A rule or check whose days cannot stand; with its code, in both languages."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(f"{code}: {message.en} / {message.zh}")
        self.code, self.text = code, message


def settle(guideline: Guideline) -> None:
    """Refuse days that cannot stand; a definition without an end gets the day before the next one of its name."""
    for name, rules in guideline.rules.items():
        guideline.rules[name] = _settled(guideline, rules)
    by_code: dict[str, list[Check]] = {}
    for check in guideline.checks:
        by_code.setdefault(check.code, []).append(check)
    settled = {code: iter(_settled(guideline, checks)) for code, checks in by_code.items()}
    guideline.checks = [next(settled[check.code]) for check in guideline.checks]


def period_of_level(guideline: Guideline, level: str) -> str:
    """What a record of the level is about: a day, a month or a year."""
    if guideline.by_day:
        return DAY
    return MONTH if MONTH in guideline.line(level) else YEAR


def _settled(guideline: Guideline, items: Sequence[Item]) -> list[Item]:
    """The definitions of one name, in the order in which they were stated."""
    ends: dict[date, date] = {}
    ordered: list[Item] = sorted(items, key=lambda i: i.since)
    for place, item in enumerate(ordered, 1):
        after = ordered[place] if place < len(ordered) else None
        if item.since in ends:
            raise _fault(guideline, "RULE-TWICE", item)
        # The last day of a definition, refused where the next one does not follow on it.
        if item.until < item.since:
            raise _fault(guideline, "RULE-ORDER", item)
        if after is None or after.since == item.since:
            end = item.until
        else:
            before = after.since - A_DAY
            if item.until not in (PERIOD_ENDS, before):
                raise _fault(guideline, "RULE-OVERLAP" if item.until > before else "RULE-GAP", item, after)
            if (after.since.month, after.since.day) != (1, 1) and _shape(item) != _shape(after):
                raise _fault(guideline, "RULE-CHANGED", item, after)
            end = before
        ends[item.since] = end
    settled = [replace(item, until=ends[item.since]) for item in items]
    for item in settled:
        # A year's record cannot tell January's law from July's, nor a month's record its first day's from its last's.
        period = period_of_level(guideline, item.level)
        begins = [] if item.since == PERIOD_BEGINS else [item.since]
        begins += [] if item.until == PERIOD_ENDS else [item.until + A_DAY]
        for day in begins:
            if period != DAY and (day.day != 1 or (period == YEAR and day.month != 1)):
                raise _fault(guideline, "RULE-PERIOD", item)
    return settled


def _shape(item: Rule | Check) -> tuple[object, ...]:
    """What all definitions of one year have in common, so that one column and one field can hold their values."""
    if isinstance(item, Check):
        return (item.level,)
    field = (item.form, item.required, item.minimum, item.maximum, tuple(item.options))
    return (item.level, item.kind, item.unit, item.decimals, *(field if item.filed else ()))


def _fault(guideline: Guideline, code: str, item: Rule | Check, after: Rule | Check | None = None) -> ValidityFault:
    period = PERIODS[period_of_level(guideline, item.level)]
    words = {"guideline": guideline.name, "name": item.name, "level": item.level, "period": period}
    days = {"since": item.since.isoformat(), "until": item.until.isoformat()}
    return ValidityFault(code, _MESSAGES[code].format(**words, **days, next=after.since.isoformat() if after else ""))
