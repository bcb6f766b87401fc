"""What a value must be before it can be entered: of its table, with unit, source, key and days that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from tanzhi.rulebook.clocks import MONTH_AND_DAY, WHOLE_DATE, day_of_year, whole_date
from tanzhi.rulebook.kernel import Finding, Guideline, Text, guidelines
from tanzhi.rulebook.kernel.entries import PERIOD_ENDS, UNSETTLED, DatedValue, Parameter
from tanzhi.rulebook.kernel.finding import ERROR
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.rules import CHOICE
from tanzhi.rulebook.kernel.text import same

from .inputs import ParameterInput
from .publication import published

A_DAY = timedelta(days=1)
A_YEAR = timedelta(days=366)
SHORTEST_SOURCE = 4
OTHER_UNIT = 1000
"""So many times more or less than every value of the table looks like another unit."""
_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?")
_MESSAGES = {
    "LAW-GUIDELINE": Text("没有指南 {found}", "there is no guideline {found}"),
    "LAW-PARAMETER": Text("指南 {place} 没有参数 {found}", "guideline {place} has no parameter {found}"),
    "LAW-KEY": Text("参数 {place} 的键填的是 {found}", "parameter {place}: the keys are {found}"),
    "LAW-VALUE": Text("参数 {place} 的数值填的是 {found}", "parameter {place}: the value is {found}"),
    "LAW-RANGE": Text("参数 {place} 的数值 {found} 超出范围", "parameter {place}: {found} is out of range"),
    "LAW-UNIT": Text("参数 {place} 的单位填的是 {found}", "parameter {place}: the unit is {found}"),
    "LAW-SOURCE": Text("参数 {place} 的依据填的是 {found}", "parameter {place}: the source is {found}"),
    "LAW-DAYS": Text("参数 {place} 的期间填的是 {found}", "parameter {place}: the days are {found}"),
    "LAW-OVERLAP": Text("参数 {place} 在 {found} 已有数值", "parameter {place} has a value already on {found}"),
    "LAW-NOTHING": Text("参数 {place} 在 {found} 没有可取代的数值", "parameter {place} has no value on {found}"),
    "LAW-PUBLISHED": Text("{place}：该期间已发布 {found}", "{place}: published about these days: {found}"),
    "LAW-UNPUBLISHED": Text("{place}：{found} 尚无发布", "{place}: nothing is published about {found}"),
    "LAW-GAP": Text("参数 {place} 在 {found} 将没有数值", "parameter {place} would have no value on {found}"),
}
_DAYS = {
    MONTH_AND_DAY: Text("每年都有的日期，月日连写，如 331", "a day of every year, month and day, such as 331"),
    WHOLE_DATE: Text("日期，年月日连写，如 20240122", "a day, year, month and day, such as 20240122"),
}
_NO_LEAP_YEAR = 2023
_KNOWINGLY = Text(
    "标明“该期间已发布，须另行重新核算”；已发布的不变", "say that these days are published; what is published stays"
)
_SAID_AGAIN = Text("标明“取代该期间的现行数值”，或改期间", "say that it stands in its place, or choose other days")


_OF_THE_CATALOGUE = Text("规则目录所列参数", "a parameter of the catalogue of rules")


def faults(data: ParameterInput, table: Parameter | None) -> list[Finding]:
    """Everything that is wrong with a value; `table` is the parameter as it is in force, None where there is none."""
    guideline = guidelines().get(data.guideline)
    if guideline is None:
        return [_fault("LAW-GUIDELINE", "", "guideline", data.guideline, same(", ".join(guidelines())))]
    if table is None:
        # Where a parameter does stand.
        names = ", ".join(name for name, guideline in guidelines().items() if data.parameter in guideline.parameters)
        return [
            _fault(
                "LAW-PARAMETER",
                data.guideline,
                "parameter",
                data.parameter,
                Text("它属于 {names}", "it belongs to {names}").format(names=names) if names else _OF_THE_CATALOGUE,
            )
        ]
    place = f"{data.guideline}.{data.parameter}"
    findings = [
        *_key_faults(data, place, table, guideline),
        *_value_faults(data, place, table),
    ]
    unit = table.unit_of(data.keys)
    if data.unit != unit:
        findings.append(_fault("LAW-UNIT", place, "unit", data.unit or "-", same(unit)))
    if len(data.source) < SHORTEST_SOURCE:
        title = Text("文件名称与条款", "title and place of the document")
        findings.append(_fault("LAW-SOURCE", place, "source", data.source or "-", title))
    if data.until is not None and data.until < data.since:
        expected = Text("止不早于起", "until not before since")
        return [*findings, _fault("LAW-DAYS", place, "until", _days(data.since, data.until), expected)]
    return findings or [*_day_faults(data, place, table), *_publication_faults(data, place)]


def _key_faults(data: ParameterInput, place: str, table: Parameter, guideline: Guideline) -> Iterator[Finding]:
    if set(data.keys) != set(table.keys):
        actual = ", ".join(sorted(data.keys)) or "-"
        yield _fault("LAW-KEY", place, "keys", actual, same(", ".join(table.keys) or "-"))
        return
    for name, code in data.keys.items():
        options = options_of(guideline, name)
        if (options and code not in options) or not code.strip():
            yield _fault("LAW-KEY", place, f"keys.{name}", code or "-", same(", ".join(options) or name))


def options_of(guideline: Guideline, key: str) -> list[str]:
    """The codes of a key, in whatever edition; none where a record's own key is it."""
    rules = guideline.rules.get(key, [])
    return sorted({code for rule in rules if rule.kind == CHOICE for code in rule.options})


def _value_faults(data: ParameterInput, place: str, table: Parameter) -> Iterator[Finding]:
    if not _NUMBER.fullmatch(data.value):
        expected = Text("十进制数，如 0.5703", "a decimal number such as 0.5703")
        yield _fault("LAW-VALUE", place, "value", data.value or "-", expected)
        return
    value, shipped = Decimal(data.value), [entry.value for entry in table.entries]
    if table.unit in _DAYS and not _names_a_day(table.unit, value):
        yield _fault("LAW-VALUE", place, "value", data.value, _DAYS[table.unit])
        return
    if table.whole and value != int(value):
        yield _fault("LAW-VALUE", place, "value", data.value, Text("整数", "a whole number"))
    low, high = _limits(table.unit, shipped)
    sizes = [abs(v) for v in shipped if v]
    if not low <= value <= high:
        expected = same(f"{plain(low)} … {plain(high)}")
        yield _fault("LAW-RANGE", place, "value", data.value, expected)
    elif value and sizes and not min(sizes) < abs(value) * OTHER_UNIT < max(sizes) * OTHER_UNIT**2:
        expected = Text("与已有数值 {low}…{high} {unit} 同一量级", "of the size of {low} … {high} {unit}")
        sizes_in_words = {"low": plain(min(sizes)), "high": plain(max(sizes)), "unit": table.unit_of(data.keys)}
        yield _fault("LAW-RANGE", place, "value", data.value, expected.format(**sizes_in_words))


def _names_a_day(unit: str, value: Decimal) -> bool:
    """Whether it is a day, of every year where it is one of each."""
    try:
        day_of_year(value, _NO_LEAP_YEAR) if unit == MONTH_AND_DAY else whole_date(value)
    except ValueError:
        return False
    return True


def _limits(unit: str, shipped: list[Decimal]) -> tuple[Decimal, Decimal]:
    """No value below zero where the table has none, none above 100 % where it has none."""
    largest = Decimal(10) ** 20
    low = Decimal(0) if all(v >= 0 for v in shipped) else -largest
    return low, Decimal(100) if unit == "%" and all(v <= 100 for v in shipped) else largest


def _day_faults(data: ParameterInput, place: str, table: Parameter) -> Iterator[Finding]:
    until = data.until or PERIOD_ENDS
    others = [e for e in (*table.entered, *table.entries) if e.status != UNSETTLED and e.fits(data.keys)]
    standing = [e for e in others if e.since <= until and data.since <= e.until]
    if standing and not data.supersedes:
        first = standing[0]
        actual = (
            f"{_days(max(first.since, data.since), min(first.until, until))}: {plain(first.value)} ({first.source})"
        )
        yield _fault("LAW-OVERLAP", place, "since", actual, _SAID_AGAIN)
    if data.supersedes and not standing:
        expected = Text("不标明“取代”", "leave “in place of” unmarked")
        yield _fault("LAW-NOTHING", place, "supersedes", _days(data.since, until), expected)
    for gap in () if yearly(table, data.keys) else _gaps(data.since, until, others):
        expected = Text("与前后数值相接的期间", "days that join those of the values before and after")
        yield _fault("LAW-GAP", place, "since", gap, expected)


def _publication_faults(data: ParameterInput, place: str) -> Iterator[Finding]:
    """What was published keeps its values; who enters one for its days says that he knows."""
    names = published(data.guideline, data.since, data.until or PERIOD_ENDS)
    if names and not data.after_publication:
        first = Text("、".join(n.zh for n in names[:3]), ", ".join(n.en for n in names[:3]))
        actual = first if len(names) <= 3 else first + Text("等", " and more")
        yield _fault("LAW-PUBLISHED", place, "since", actual, _KNOWINGLY)
    if data.after_publication and not names:
        expected = Text("不标明“已发布”", "leave “published” unmarked")
        yield _fault(
            "LAW-UNPUBLISHED", place, "after_publication", _days(data.since, data.until or PERIOD_ENDS), expected
        )


def yearly(table: Parameter, keys: Mapping[str, str]) -> bool:
    """Whether values of these keys are published year by year: a year of which nothing came out stays open."""
    own = [e for e in table.entries if e.status != UNSETTLED and e.fits(keys)]
    return bool(own) and all(e.until != PERIOD_ENDS and e.until - e.since < A_YEAR for e in own)


def _gaps(since: date, until: date, others: list[DatedValue]) -> Iterator[str]:
    """Days between this value and those before and after it that none would cover."""
    before = [e.until for e in others if e.until < since]
    if before and max(before) + A_DAY < since and not any(e.since < since and since - A_DAY <= e.until for e in others):
        yield _days(max(before) + A_DAY, since - A_DAY)
    after = [e.since for e in others if e.since > until]
    if after and min(after) - A_DAY > until and not any(e.since - A_DAY <= until < e.until for e in others):
        yield _days(until + A_DAY, min(after) - A_DAY)


def _days(first: date, last: date) -> str:
    return f"{first.isoformat()} … {'' if last == PERIOD_ENDS else last.isoformat()}".rstrip()


def _fault(code: str, place: str, field: str, actual: str | Text, expected: Text) -> Finding:
    message = _MESSAGES[code].format(place=place, found=actual) + Text("；应为：{e}", "; expected: {e}").format(
        e=expected
    )
    return Finding(code, ERROR, place, field, actual, expected, message)
