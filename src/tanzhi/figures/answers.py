"""What a figure answers: a value made of parts, added up or divided as sums, never averaged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, localcontext

from tanzhi.rulebook.kernel import HALF_UP, Mark, Text
from tanzhi.rulebook.kernel.rounding import EXACT, round_legally
from tanzhi.rulebook.kernel.states import BLANK, EXCLUDED, FOLDS, KNOWN, NOT_DETERMINABLE

PERCENT = "%"


class FigureFault(Exception):
    """A figure is written wrongly: it adds tonnes to percents, or ratios to ratios. Never user data."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a figure is made of; `ref` leads further down, `parts` stand right below it."""

    label: Text
    value: Decimal | None
    unit: str
    ref: str = ""
    state: str = KNOWN
    detail: Text | None = None
    reason: Text | None = None
    marks: frozenset[Mark] = frozenset()
    parts: Sequence[Part] = ()
    together: bool = False  # a sum over many things: numerator or denominator


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """The value (a number, or the day of what happened), how it came about, its own and its parts' reservations."""

    value: Decimal | date | None
    state: str = KNOWN
    formula: Text | None = None
    numbers: Text | None = None
    parts: Sequence[Part] = ()
    reason: Text | None = None
    marks: frozenset[Mark] = frozenset()
    scope: Text | None = None
    all_marks: frozenset[Mark] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_marks", self.marks.union(*map(marks_of, self.parts)))


def marks_of(part: Part) -> frozenset[Mark]:
    """The reservations of a part and of all below it."""
    return part.marks.union(*map(marks_of, part.parts))


NOTHING_TO_ADD = Text("尚无记录", "there is no record yet")


def sum_of(parts: Iterable[Part], formula: Text, scope: Text | None = None) -> FigureAnswer:
    """The sum of the parts. A part that cannot be determined makes the sum so; a blank one leaves it incomplete."""
    parts = tuple(parts)
    _one_unit(parts)
    counted = [part for part in parts if part.state != EXCLUDED]
    for state in FOLDS:
        if stopped := next((part for part in counted if part.state == state), None):
            return FigureAnswer(None, state, formula, None, parts, _because(stopped), scope=scope)
    values = [part.value for part in counted if part.value is not None]
    if not values:
        return FigureAnswer(None, BLANK, formula, None, parts, NOTHING_TO_ADD, scope=scope)
    blank = sum(part.value is None for part in counted)
    text = Text("{all}项中有{blank}项未报", "{blank} of {all} are missing").format(all=len(counted), blank=blank)
    return FigureAnswer(
        _added(values),
        KNOWN,
        formula,
        None,
        parts,
        marks=frozenset({Mark("incomplete", text, "")} if blank else ()),
        scope=scope,
    )


def count_of(parts: Iterable[Part], formula: Text, scope: Text | None = None) -> FigureAnswer:
    """How many parts there are; each counts one, whatever its value. None at all is a true zero."""
    parts = tuple(parts)
    return FigureAnswer(Decimal(len(parts)), KNOWN, formula, None, parts, scope=scope)


NOTHING_TO_DIVIDE_BY = Text("分母为零：本期没有应计项", "nothing was due in this period: the denominator is zero")


def ratio(
    numerator: Part, denominator: Part, formula: Text, *, decimals: int = 2, scope: Text | None = None
) -> FigureAnswer:
    """A ratio of two sums, in per cent, rounded half up; the ratios of groups are never averaged."""
    _one_unit((numerator, denominator))
    parts = (replace(numerator, together=True), replace(denominator, together=True))
    if numerator.value is None or denominator.value is None:
        absent = numerator if numerator.value is None else denominator
        return FigureAnswer(None, absent.state, formula, None, parts, _because(absent), scope=scope)
    numbers = Text("{n} ÷ {d}", "{n} ÷ {d}").format(n=numerator.value, d=denominator.value)
    if denominator.value == 0:
        return FigureAnswer(None, NOT_DETERMINABLE, formula, numbers, parts, NOTHING_TO_DIVIDE_BY, scope=scope)
    with localcontext(EXACT):
        percent = round_legally(numerator.value * 100 / denominator.value, decimals, HALF_UP)
    return FigureAnswer(percent, KNOWN, formula, numbers, parts, scope=scope)


def group(label: Text, parts: Iterable[Part], unit: str) -> Part:
    """A sum as one part, for the numerator or the denominator of a ratio."""
    parts = tuple(parts)
    _one_unit((Part(label, None, unit), *parts))
    values = [part.value for part in parts if part.state == KNOWN and part.value is not None]
    return Part(label, _added(values), unit, parts=parts)


def _added(numbers: Iterable[Decimal]) -> Decimal:
    with localcontext(EXACT):
        return sum(numbers, Decimal(0))


def _one_unit(parts: Sequence[Part]) -> None:
    units = {part.unit for part in parts}
    if len(units) > 1:
        raise FigureFault(f"parts in different units: {', '.join(sorted(units))}")
    if PERCENT in units:
        raise FigureFault("ratios are neither added nor averaged: give ratio() the two sums")


NO_VALUE = Text("没有数值", "no value")


def _because(part: Part) -> Text:
    why = part.reason or NO_VALUE
    return Text("{label}：{why}", "{label}: {why}").format(label=part.label, why=why)


def counted(parts: list[Part], formula: Text) -> FigureAnswer:
    """A sum of counts: none at all is a true zero."""
    return sum_of(parts, formula) if parts else FigureAnswer(Decimal(0), formula=formula)
