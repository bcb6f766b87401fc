"""Exact evaluation of nested records with a full trace: the oracle of the two evaluators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal, getcontext, localcontext
from functools import cached_property
from typing import Any

from .children import Children
from .entries import Parameter, Period, When
from .guideline import Guideline, RuleEdition
from .parameters import Parameters
from .reading import read
from .rounding import EXACT, HALF_UP, round_legally, settled
from .rules import GuidelineFault, Rule
from .states import BLANK, EXCLUDED, KNOWN, NOT_DETERMINABLE, SCALARS, Absent, Undecided, stronger, strongest
from .text import Text, same
from .values import Value

_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")
Inputs = dict[str, Value | list[Value]]


class Assessment:
    """What all records of one evaluation have in common."""

    def __init__(
        self, guideline: Guideline, year: int, parameters: Parameters, on: When | None = None, release: str = ""
    ) -> None:
        self.guideline, self.year, self.parameters, self.on, self.release = guideline, year, parameters, on, release
        self.edition: RuleEdition = guideline.edition(on or year)
        self.rules = self.edition.rules
        self.looked_up: dict[tuple[Any, ...], Value] = {}
        self.below = {
            level: {low for low in guideline.levels if guideline.is_above(level, low)} for level in guideline.levels
        }

    def law_of(self, period: Period) -> RuleEdition:
        """The law of a record's days. A month of another year, which no form takes, goes by the year asked for."""
        return self.guideline.edition(period) if period.first.year == self.year else self.edition


class RecordNode:
    """One record at one level; answers for any name that can be seen from where it stands."""

    def __init__(
        self,
        assessment: Assessment,
        level: str,
        data: Mapping[str, Any],
        parent: RecordNode | None = None,
        index: int = 0,
    ) -> None:
        self.assessment, self.level, self.data, self.parent, self.index = assessment, level, data, parent, index
        self.memo: dict[str, Value | list[Value]] = {}
        self._at: dict[str, list[RecordNode]] = {}
        self.below = {low: self._records(low) for low, high in self.guideline.under.items() if high == level}

    def __repr__(self) -> str:
        return f"Node({self.path or self.level})"

    def _records(self, level: str) -> list[RecordNode]:
        rows = self.data.get(self.guideline.levels[level].plural)
        rows = rows if isinstance(rows, list) else []
        return [
            RecordNode(self.assessment, level, row if isinstance(row, Mapping) else {}, self, i)
            for i, row in enumerate(rows)
        ]

    # --- where it stands --------------------------------------------------------------------------

    @property
    def guideline(self) -> Guideline:
        return self.assessment.guideline

    @property
    def year(self) -> int:
        return self.assessment.year

    @property
    def children(self) -> list[RecordNode]:
        return [node for nodes in self.below.values() for node in nodes]

    @property
    def key(self) -> str:
        """Its own key, for example unit "1", month "2023-06", fuel "bituminous"; its number where it has none."""
        key = self.data.get(self.level)
        return str(key) if isinstance(key, str | int) and str(key).strip() else str(self.index + 1)

    @cached_property
    def path(self) -> str:
        """From the top: units[1].months[2023-06].fuels[bituminous]; the top itself is empty."""
        if self.parent is None:
            return ""
        step = f"{self.guideline.levels[self.level].plural}[{self.key}]"
        return f"{self.parent.path}.{step}" if self.parent.path else step

    def at(self, level: str) -> list[RecordNode]:
        """All records of a level here and below."""
        if self.level == level:
            return [self]
        if level not in self._at:
            self._at[level] = [n for nodes in self.below.values() for child in nodes for n in child.at(level)]
        return self._at[level]

    def up(self, level: str) -> RecordNode | None:
        """The record of a level that holds this one, or itself."""
        return self if self.level == level else self.parent.up(level) if self.parent else None

    def walk(self) -> Iterator[RecordNode]:
        """Itself and all below, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    # --- values -----------------------------------------------------------------------------------

    def value(self, name: str) -> Value:
        """The value of a name of this level, of one above, or of a parameter."""
        value = self.memo.get(name) or self.look(name)
        if isinstance(value, list):
            raise GuidelineFault(f"{name!r} stands below level {self.level!r}: ask values({name!r}) or a record below")
        return value

    def values(self, name: str) -> list[Value]:
        """The values of a name of a level below, in order."""
        values = self.look(name)
        return values if isinstance(values, list) else [values]

    def all_values(self) -> list[Value]:
        """Every input and quantity of this record's own level."""
        return [self.value(rule.name) for rule in self.assessment.edition.by_level.get(self.level, ())]

    def look(self, name: str) -> Value | list[Value]:
        memo = self.memo.get(name)
        if memo is not None:
            return memo
        rule = self.assessment.rules.get(name)
        if rule is None:
            return self._parameter(name)
        if rule.level == self.level:
            value = self.memo[name] = (
                _divided(self, rule) if rule.name in self.assessment.edition.divided else _by_definition(self, rule)
            )
            return value
        if rule.level in self.assessment.below[self.level]:
            values = self.memo[name] = [node.value(name) for node in self.at(rule.level)]
            return values
        above = self.up(rule.level)
        if above is None:
            raise GuidelineFault(f"{name!r} (level {rule.level}) cannot be seen from level {self.level!r}")
        answer = self.memo[name] = above.look(name)
        return answer

    def _parameter(self, name: str) -> Value:
        # The parameter for this record's keys and period; one value shared by all records with the same.
        table = self.assessment.parameters.get(name)
        if table is None:
            parameter = _not_in_force(self, name)
        else:
            keys: dict[str, Value] = {}
            for key in table.keys:
                if key in self.assessment.edition:  # a choice's value
                    keys[key] = self.value(key)
                else:  # a level's own key
                    holder = self.up(key)
                    keys[key] = Value(key, holder.key) if holder else Value(key, None, BLANK)
            period = self.period
            place = (name, period.first, period.last, *[(k.state, k.number, k.reason) for k in keys.values()])
            memo = self.assessment.looked_up
            if place not in memo:
                memo[place] = looked_up(table, period, keys)
            parameter = memo[place]
        value = self.memo[name] = parameter
        return value

    @cached_property
    def period(self) -> Period:
        """The days that it is about: those of its month, of the act or the period asked for, or of the year."""
        if self.parent is not None and self.level != "month":
            return self.parent.period
        month = _MONTH.fullmatch(self.key) if self.level == "month" else None
        if month:
            return Period.of(int(month["year"]), int(month["month"]))
        return Period.spanning(self.assessment.on or self.year)


# --- rules ----------------------------------------------------------------------------------------


_CHANGES = Text(
    "{name}的规定于{on}改变，不能用于{first}至{last}的整个期间：请按日或按月计算",
    "the law of {name} changes on {on}, within {first} to {last}: ask for a day or a month",
)


def _divided(node: RecordNode, rule: Rule) -> Value:
    """By the definition of the record's own days, where the law changes within the year."""
    edition = node.assessment.law_of(node.period)
    if rule.name in edition.divided:
        first, last = node.period.first, node.period.last
        begins = [d.since for d in edition.divided[rule.name] if first < d.since] or [rule.until + _A_DAY]
        days = {"first": first.isoformat(), "last": last.isoformat(), "on": begins[-1].isoformat()}
        return _value(rule, Absent(NOT_DETERMINABLE, _CHANGES.format(name=rule.label, **days)), {})
    if rule.name not in edition:
        return _not_in_force(node, rule.name)
    return _by_definition(node, edition[rule.name])


def _by_definition(node: RecordNode, rule: Rule) -> Value:
    filed = rule.filed
    value = _value(rule, read(rule, node.data.get(rule.name)), {}) if filed else _computed(node, rule)
    value.node = node
    return value


def _computed(node: RecordNode, rule: Rule) -> Value:
    if getcontext().prec != EXACT.prec:  # entered once for all that this value needs
        with localcontext(EXACT):
            return _computed(node, rule)
    made_of: Inputs = {}
    arguments: dict[str, Any] = {}
    stopped: Absent | None = None
    for needed in rule.arguments:
        name = needed.name
        value = made_of[name] = node.memo.get(name) or node.look(name)
        argument = arguments[name] = value.argument if isinstance(value, Value) else _argument(value)
        if not needed.optional and isinstance(argument, Absent):
            stopped = argument if stopped is None else stronger(stopped, argument)
    outcome = _called(rule.function, arguments, made_of) if stopped is None else stopped
    return _value(rule, outcome, made_of, rule.rounding)


def call(function: Any, made_of: Inputs) -> Any:
    """The function on these values, exactly; what cannot be computed comes back as Absent."""
    with localcontext(EXACT):
        return _called(function, {name: _argument(value) for name, value in made_of.items()}, made_of)


_TOO_FAR = Text("数值超出可计算范围", "a number beyond what can be computed")


def _called(function: Any, arguments: dict[str, Any], made_of: Inputs) -> Any:
    try:
        return function(**arguments)
    except Undecided as undecided:
        return undecided.absent
    except ArithmeticError as fault:
        zeros = [v.label for v in made_of.values() if isinstance(v, Value) and v.state == KNOWN and v.number == 0]
        why = Text("除数为零", "division by zero") if isinstance(fault, ZeroDivisionError) else _TOO_FAR
        for label in zeros:
            why = why + Text("（{label}为0）", " ({label} is 0)").format(label=label)
        return Absent(NOT_DETERMINABLE, why)


def _argument(value: Value | list[Value]) -> Any:
    return Children([v.argument for v in value]) if isinstance(value, list) else value.argument


_A_DAY = timedelta(days=1)


def _value(rule: Rule, outcome: Any, made_of: Inputs, rounding: str = HALF_UP) -> Value:
    """The result as a value: absent, a code, an answer, or a number, rounded where the law says so."""
    if isinstance(outcome, Absent):
        return Value(rule.name, None, outcome.state, reason=outcome.reason, rule=rule, made_of=made_of)
    if outcome is None:
        return Value(rule.name, None, BLANK, rule=rule, made_of=made_of)
    if isinstance(outcome, str | bool):
        return Value(rule.name, outcome, rule=rule, made_of=made_of)
    raw = Decimal(outcome)
    try:
        number = settled(raw) if rule.decimals is None else round_legally(raw, rule.decimals, rounding)
    except ArithmeticError:  # more digits than any number of the law has
        return _value(rule, Absent(NOT_DETERMINABLE, _TOO_FAR), made_of, rounding)
    value = Value(rule.name, number, rule=rule, made_of=made_of)
    value.raw = raw
    return value


# --- parameters -----------------------------------------------------------------------------------


def _not_in_force(node: RecordNode, name: str) -> Value:
    """What the law of a period does not know is excluded: it counts nowhere, and `given` passes over it."""
    if name not in node.guideline.rules:
        raise GuidelineFault(f"{node.guideline.name} has no {name!r}")
    reason = Text("{name}在{period}不适用", "{name} is not in force in {period}")
    label = node.guideline.rules[name][0].label
    month = name in node.assessment.edition
    period = str(node.period.first)[:7] if month else str(node.year)
    return Value(name, None, EXCLUDED, reason=reason.format(name=label, period=period))


_PARTIAL = Text("：所载数值只适用于其中一段时间，{on}起有变", ": values hold for a part of it; they change on {on}")
_UNSETTLED = Text("：所载数值未定，或只适用于其中一段时间", ": values are unsettled, or hold for a part of it")
_YEAR, _DAYS = Text("{year}年", "year {year}"), Text("{first}至{last}", "{first} to {last}")


def looked_up(table: Parameter, period: Period, keys: dict[str, Value]) -> Value:
    """The parameter's value for a period and keys, or why it has none."""
    absents = [v.argument for v in keys.values()]
    stopped = strongest((a for a in absents if isinstance(a, Absent)), SCALARS)
    codes = {name: str(v.number) for name, v in keys.items()}
    entry = table.find(period, codes) if stopped is None else None
    if entry:
        value = Value(table.name, entry.value)
    elif stopped is not None:
        value = Value(table.name, None, stopped.state, reason=stopped.reason)
    else:
        first, last = period.first, period.last
        if period in (Period.of(first.year), Period.of(first.year, first.month)):
            when = _YEAR.format(year=first.year)
        elif first == last:
            when = same(first.isoformat())
        else:
            when = _DAYS.format(first=first.isoformat(), last=last.isoformat())
        named = ", ".join(f"{name}={code}" for name, code in codes.items())
        missing = Text("缺少{when}参数{label} {name}{keys}", "parameter {name} for {when}{keys} missing")
        keys_in_words = f" ({named})" if named else ""
        text = missing.format(label=table.label, name=table.name, when=when, keys=keys_in_words)
        candidates = table.candidates(period, codes)
        changes = {c.since for c in candidates} | {c.until + _A_DAY for c in candidates if c.until < period.last}
        if within := sorted(day for day in changes if period.first < day <= period.last):
            text = text + _PARTIAL.format(on=within[0].isoformat())
        elif candidates:
            text = text + _UNSETTLED
        value = Value(table.name, None, NOT_DETERMINABLE, reason=text)
    value.parameter, value.entry, value.made_of = table, entry, dict(keys)
    return value
