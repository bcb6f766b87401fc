"""A trace of the rulebook as JSON, for `tanzhi calc --explain --json`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tanzhi.rulebook.kernel import FormulaStep, InputStep, ParameterStep, RuleStep, TraceStep
from tanzhi.rulebook.kernel.entries import PERIOD_ENDS
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.rules import validity_of
from tanzhi.rulebook.kernel.values import Number


def trace_json(step: TraceStep) -> dict[str, Any]:
    """A step with all that it is made of."""
    option = step.option if isinstance(step, RuleStep) else None
    argument = {"argument": step.argument} if step.argument else {}
    return {
        **argument,
        "name": step.name,
        "label": step.label.as_dict(),
        "value": _written(step.value),
        "unit": step.unit,
        "option": option.as_dict() if option else None,
        "state": step.state,
        "reason": step.reason.as_dict() if step.reason else None,
        "place": step.place,
        "marks": [mark.as_dict() for mark in step.marks],
        **_origin(step),
        "made_of": [trace_json(part) for part in step.parts],
    }


def _origin(step: TraceStep) -> dict[str, Any]:
    """Where the number comes from: a formula, a filed input or a parameter."""
    if not isinstance(step, RuleStep):
        row = step.row if isinstance(step, ParameterStep) else None
        if row is None:
            return {"kind": "parameter", "parameter": None}
        copied = ("status", "source", "confidence", "note", "entered_by", "entered_at", "file", "line")
        days = {
            "since": row.since.isoformat(),
            "until": None if row.until == PERIOD_ENDS else row.until.isoformat(),
        }
        return {"kind": "parameter", "parameter": days | {name: getattr(row, name) for name in copied}}
    rule = step.rule
    common: dict[str, Any] = {
        "kind": rule.kind,
        "law": rule.law,
        "meaning": rule.meaning,
        "status": rule.status,
        "rounding": None if rule.decimals is None else {"decimals": rule.decimals, "rule": rule.rounding},
        "raw": _written(step.raw),
        **validity_of(rule),
    }
    if isinstance(step, InputStep):
        common["input"] = step.path
    if isinstance(step, FormulaStep):
        common["formula"] = {"names": step.symbols, **step.formula.as_dict()}
        common["formula_with_numbers"] = step.numbers.as_dict()
    return common


def _written(number: Number) -> str | bool | None:
    return plain(number) if isinstance(number, Decimal) else number
