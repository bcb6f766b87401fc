"""The lineage as indented text, for a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext

from tanzhi.rulebook.kernel import HALF_UP, Text
from tanzhi.rulebook.kernel.rounding import EXACT, round_legally
from tanzhi.rulebook.kernel.states import KNOWN, STATES
from tanzhi.rulebook.kernel.text import in_language

from .amounts import BY_ITSELF, COUNTED, Amount, Manner, amount, day, grouped
from .nodes import LineageNode
from .registry import FigureValue

__all__ = ["amount_of", "as_text", "difference", "grouped", "value_text", "written"]
MORE = Text("……另有 {count} 项：{ref}", "… {count} more: {ref}")


def written(node: LineageNode, language: str) -> str:
    """The value with its unit, or the words for its state."""
    if node.state != KNOWN:
        return str(in_language(node.state_label, language))
    number = grouped(node.value) if isinstance(node.value, Decimal) else str(node.value)
    return f"{number} {node.unit}".rstrip()


def as_text(node: LineageNode, language: str = "zh") -> str:
    """The node and all its parts, two spaces a level."""
    return "\n".join(_lines(node, language, 0)) + "\n"


def _lines(node: LineageNode, language: str, level: int) -> Iterator[str]:
    pad = "  " * level
    detail = f" · {in_language(node.detail, language)}" if node.detail else ""
    yield f"{pad}{in_language(node.label, language)}{detail}: {written(node, language)}"
    for sign, text in (("! ", node.reason), ("= ", node.formula), ("= ", node.numbers)):
        if text:
            yield f"{pad}    {sign}{in_language(text, language)}"
    law = [node.law] if node.law else []
    law += [str(in_language(node.rounding, language))] if node.rounding else []
    if law:
        yield f"{pad}    [{' · '.join(law)}]"
    for fact in node.facts:
        yield f"{pad}    {in_language(fact.label, language)}: {in_language(fact.words, language)}"
    for words in node.reservations:
        yield f"{pad}    ※ {in_language(words, language)}"
    for part in node.parts:
        yield from _lines(part, language, level + 1)
    if node.parts and (hidden := node.parts_count - len(node.parts)):
        yield f"{pad}  {in_language(MORE.format(count=hidden, ref=node.ref), language)}"


def amount_of(figure: FigureValue, manner: Manner = BY_ITSELF) -> Amount | None:
    """A figure's value in words; None where there is none."""
    value, unit = figure.value, figure.figure.unit
    if value is None:
        return None
    if isinstance(value, date):
        return day(value)
    return amount(value, unit, figure.unit_words if unit in COUNTED else None, manner)


def value_text(figure: FigureValue, manner: Manner = BY_ITSELF) -> Text:
    """A figure's value with its unit as a sentence says it, or the words for its state."""
    amount = amount_of(figure, manner)
    return amount.sentence if amount else STATES[figure.answer.state]


def difference(now: Decimal, before: Decimal, decimals: int = 2) -> str:
    """The change in per cent of the value before, signed, rounded half up."""
    with localcontext(EXACT):
        change = round_legally((now - before) * 100 / before, decimals, HALF_UP)
    return ("+" if change > 0 else "") + grouped(change)
