"""A step of the rulebook's trace as a node: formula, numbers, law, parameter with source, filed input."""

from __future__ import annotations

from datetime import date

from tanzhi.law.citations.english import cited
from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.kernel import FormulaStep, Guideline, InputStep, ParameterStep, RuleStep, Text, TraceStep
from tanzhi.rulebook.kernel.entries import PERIOD_BEGINS, PERIOD_ENDS
from tanzhi.rulebook.kernel.parameter_files import CONFIDENCES
from tanzhi.rulebook.kernel.text import same

from .nodes import Fact, LineageNode

IN_FORCE, RULE_IN_FORCE = Text("有效期", "In force"), Text("规则有效期", "Rule in force")
ROUNDINGS = {
    "half_up": Text("四舍五入，{decimals} 位", "rounded half up, {decimals} decimals"),
    "floor": Text("向下取整，{decimals} 位", "rounded down, {decimals} decimals"),
}
_BETWEEN = Text(" · ", " · ")


def step_node(step: TraceStep, guideline: Guideline, ref: str = "", facts: tuple[Fact, ...] = ()) -> LineageNode:
    """A step by itself: what it is made of is asked for by `ref`; `facts` are what the filing knows of an input."""
    rule = step.rule if isinstance(step, RuleStep) else None
    formula = step if isinstance(step, FormulaStep) else None
    row = step.row if isinstance(step, ParameterStep) else None
    own: list[Fact] = []
    if row is not None:
        # Which value of a parameter it is, for which days, and who says so.
        own += [Fact(Text("参数", "Parameter"), same(step.name)), Fact(IN_FORCE, _days(row.since, row.until))]
        own += [Fact(Text("依据", "Source"), cited(row.source))] if row.source else []
        own += [Fact(Text("可信度", "Confidence"), confidence(row.confidence))] if row.confidence else []
    if rule is not None and (rule.since, rule.until) != (PERIOD_BEGINS, PERIOD_ENDS):
        # The days of the definition that gave a value, where the law has had or will have another.
        own.append(Fact(RULE_IN_FORCE, _days(rule.since, rule.until)))
    return LineageNode(
        ref=ref,
        label=step.label,
        value=str(step.value).lower() if isinstance(step.value, bool) else step.value,
        unit="" if step.unit == "1" else step.unit,
        state=step.state,
        reason=step.reason,
        detail=(place_words(guideline, step.place, _BETWEEN) or same(step.place)) if step.place else None,
        formula=formula.formula if formula else None,
        numbers=formula.numbers if formula else None,
        law=rule.law if rule else "",
        rounding=(
            ROUNDINGS[rule.rounding].format(decimals=rule.decimals) if rule and rule.decimals is not None else None
        ),
        marks=step.marks,
        facts=(*own, *facts),
        # Below an input stand the receipts of its filing; below a parameter nothing but its own source.
        parts_count=1 if isinstance(step, InputStep) else step.parts_count if formula else 0,
    )


def _days(since: date, until: date) -> Text:
    """First and last day, as far as there are such."""
    if since == PERIOD_BEGINS:
        return Text("至 {until}", "until {until}").format(until=until.isoformat())
    last = Text("今", "now") if until == PERIOD_ENDS else same(until.isoformat())
    return Text("{since} 至 {until}", "{since} to {until}").format(since=since.isoformat(), until=last)


def confidence(code: str) -> Text:
    """A confidence in words, the code where there are none."""
    return CONFIDENCES.get(code, same(code))
