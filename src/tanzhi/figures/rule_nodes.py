"""The rulebook's explanation of a value as nodes: formula, numbers, law, parameter with source, filed input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tanzhi.rulebook.kernel import Mark, Text
from tanzhi.rulebook.kernel.parameter_files import CONFIDENCES
from tanzhi.rulebook.kernel.text import same

from .nodes import Fact, LineageNode

Tree = Mapping[str, Any]
RefOf = Callable[[Tree], str]
FactsOf = Callable[[Tree], tuple[Fact, ...]]

IN_FORCE, RULE_IN_FORCE = Text("有效期", "In force"), Text("规则有效期", "Rule in force")
ROUNDINGS = {
    "half_up": Text("四舍五入，{decimals} 位", "rounded half up, {decimals} decimals"),
    "floor": Text("向下取整，{decimals} 位", "rounded down, {decimals} decimals"),
}


def rule_node(tree: Tree, ref_of: RefOf, facts_of: FactsOf) -> LineageNode:
    """`ref_of` names each node; `facts_of` adds what the filing knows of an input (version, cell, who and when)."""
    parts = tuple(rule_node(part, ref_of, facts_of) for part in tree["made_of"])
    # The days of the definition that computed a value, where the law has had or will have another.
    since, until = tree.get("since"), tree.get("until")
    entry, rounding = tree.get("parameter"), tree.get("rounding")
    parameter_facts: tuple[Fact, ...] = ()
    if entry:
        validity = _days(entry["since"], entry["until"])
        facts = [Fact(Text("参数", "Parameter"), same(tree["name"])), Fact(IN_FORCE, validity)]
        if entry["source"]:
            facts.append(Fact(Text("依据", "Source"), same(entry["source"])))
        if entry["confidence"]:
            facts.append(Fact(Text("可信度", "Confidence"), confidence(entry["confidence"])))
        parameter_facts = tuple(facts)
    return LineageNode(
        ref=ref_of(tree),
        label=Text(**tree["label"]),
        value=_value(tree["value"]),
        unit="" if tree["unit"] == "1" else tree["unit"],
        state=tree["state"],
        reason=_text(tree.get("reason")),
        detail=same(tree["place"]) if tree.get("place") else None,
        formula=_text(tree.get("formula")),
        numbers=_text(tree.get("formula_with_numbers")),
        law=tree.get("law", ""),
        rounding=ROUNDINGS[rounding["rule"]].format(decimals=rounding["decimals"]) if rounding else None,
        marks=tuple(Mark(m["kind"], Text(**m["text"]), m["source"]) for m in tree["marks"]),
        facts=(
            *parameter_facts,
            *((Fact(RULE_IN_FORCE, _days(since, until)),) if since or until else ()),
            *facts_of(tree),
        ),
        parts=parts,
        parts_count=len(parts),
    )


def _value(written: Any) -> Decimal | str | None:
    """Numbers as Decimal, codes and answers as words."""
    if written is None or isinstance(written, bool):
        return None if written is None else str(written).lower()
    try:
        return Decimal(written)
    except InvalidOperation:
        return str(written)


def _text(twin: Mapping[str, str] | None) -> Text | None:
    return Text(twin["zh"], twin["en"]) if twin and twin.get("zh") and twin.get("en") else None


def _days(since: str | None, until: str | None) -> Text:
    """First and last day, as far as there are such."""
    if not since:
        return Text("至 {until}", "until {until}").format(until=until)
    last = same(until) if until else Text("今", "now")
    return Text("{since} 至 {until}", "{since} to {until}").format(since=since, until=last)


def confidence(code: str) -> Text:
    """A confidence in words, the code where there are none."""
    return CONFIDENCES.get(code, same(code))
