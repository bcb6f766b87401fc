"""The trace of a value: how it came about, step by step, typed and frozen; whoever prints it writes JSON or a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .entries import DatedValue
from .formula import formula
from .guideline import Guideline
from .rounding import plain, shortened
from .rules import Rule
from .states import KNOWN, STATES
from .text import Text, in_language
from .values import Mark, Number, Value

SHOWN = 6
"""How many children are written out in a formula with numbers."""
_MANY = {"zh": "{first}…共{count}项", "en": "{first}… {count} values"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """A value with unit, reservations and what it is made of; without more a record's key, or what is not in force.

    `parts` is empty where the trace was cut; `parts_count` counts them all the same.
    """

    name: str
    label: Text
    value: Number
    unit: str
    state: str
    reason: Text | None
    place: str
    marks: tuple[Mark, ...]
    argument: str
    """As what the step above takes it; empty at the top."""
    parts: tuple[TraceStep, ...]
    parts_count: int

    def walk(self) -> Iterator[TraceStep]:
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterStep(TraceStep):
    """A value of the law's tables: its dated row has source, confidence and days; none where the row is missing."""

    row: DatedValue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleStep(TraceStep):
    """A value that the guideline defines: the rule has legal source, days and rounding; `raw` is before that."""

    rule: Rule
    raw: Number

    @property
    def option(self) -> Text | None:
        """What a chosen code means."""
        return self.rule.options.get(str(self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class InputStep(RuleStep):
    """A value that somebody filed, with its path in the record."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaStep(RuleStep):
    """A computed value: its formula by names, by labels and with the numbers put in, under the release that did it."""

    release: str
    symbols: str
    formula: Text
    numbers: Text


def explain(value: Value, depth: int | None = None, argument: str = "") -> TraceStep:
    """The trace below a value; `depth` levels of it, or all."""
    rule, node = value.rule, value.node
    below = None if depth is None else depth - 1
    parts: tuple[TraceStep, ...] = ()
    if depth != 0:
        parts = tuple(
            explain(part, below, name)
            for name, values in value.made_of.items()
            for part in (values if isinstance(values, list) else [values])
        )
    common: dict[str, Any] = {
        "name": value.name,
        "label": value.label,
        "value": value.number,
        "unit": value.unit,
        "state": value.state,
        "reason": value.reason,
        "place": node.path if node else "",
        "marks": tidy(value.marks),
        "argument": argument,
        "parts": parts,
        "parts_count": sum(1 for _ in value.parts()),
    }
    if rule is None or node is None:
        return TraceStep(**common) if value.parameter is None else ParameterStep(**common, row=value.entry)
    common |= {"rule": rule, "raw": value.raw}
    if rule.filed:
        return InputStep(**common, path=f"{node.path}.{value.name}".lstrip("."))
    symbols, words = formulas(node.guideline, rule)
    numbers = {
        language: formula(rule.function, {n: _number(part, language) for n, part in value.made_of.items()}, language)
        for language in ("zh", "en")
    }
    release = node.assessment.release
    return FormulaStep(**common, release=release, symbols=symbols, formula=words, numbers=Text(**numbers))


def tidy(marks: frozenset[Mark]) -> tuple[Mark, ...]:
    """Each reservation once, in a settled order."""
    return tuple(sorted(marks, key=lambda m: (m.kind, m.source, m.text.en)))


def formulas(guideline: Guideline, rule: Rule) -> tuple[str, Text]:
    """The formula as written: by names, and by labels in both languages."""
    labels = {argument.name: guideline.label(argument.name) for argument in rule.arguments}
    words = {
        language: formula(
            rule.function, {name: in_language(label, language) for name, label in labels.items()}, language
        )
        for language in ("zh", "en")
    }
    return formula(rule.function, {}), Text(**words)


def _number(value: Value | list[Value], language: str) -> str:
    if not isinstance(value, list):
        return _short(value, language)
    first = "; ".join(_short(v, language) for v in value[:SHOWN]) or "−"
    return first if len(value) <= SHOWN else _MANY[language].format(first=first, count=len(value))


def _short(value: Value, language: str) -> str:
    if value.state != KNOWN:
        return str(in_language(STATES[value.state], language))
    if isinstance(value.number, Decimal):
        written = plain(shortened(value.number)).replace("-", "−")
        return f"({written})" if value.number < 0 else written
    return str(value.number)


# --- as text --------------------------------------------------------------------------------------


def explain_text(value: Value, language: str = "zh", depth: int | None = None) -> str:
    """The same steps as indented text."""
    return "\n".join(_lines(explain(value, depth), language, 0)) + "\n"


def _lines(step: TraceStep, language: str, indent: int) -> Iterator[str]:
    pad = "  " * indent
    number = plain(step.value) if isinstance(step.value, Decimal) else step.value
    words = number if step.state == KNOWN else in_language(STATES[step.state], language)
    unit = "" if step.unit == "1" or step.state != KNOWN else f" {step.unit}"
    place = f"  @ {step.place}" if step.place else ""
    yield f"{pad}{in_language(step.label, language)} ({step.name}) = {words}{unit}{place}"
    if step.reason:
        yield f"{pad}    {in_language(step.reason, language)}"
    if isinstance(step, FormulaStep):
        yield f"{pad}    = {in_language(step.formula, language)}"
        yield f"{pad}    = {in_language(step.numbers, language)}"
    if isinstance(step, RuleStep) and step.rule.law:
        yield f"{pad}    [{step.rule.law}]"
    if isinstance(step, ParameterStep) and step.row:
        yield f"{pad}    [{step.row.source} · {step.row.confidence}]"
    for part in step.parts:
        yield from _lines(part, language, indent + 1)
