"""The walk down a figure: value, formula, numbers put in, law, parameters with their source, filed inputs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .entries import PERIOD_ENDS
from .formula import formula
from .guideline import Guideline
from .rounding import plain, shortened
from .rules import Rule, validity_of
from .states import KNOWN, STATES
from .text import in_language
from .values import Mark, Value

SHOWN = 6
"""How many children are written out in a formula with numbers."""
_MANY = {"zh": "{first}…共{count}项", "en": "{first}… {count} values"}


def explain(value: Value, depth: int | None = None) -> dict[str, Any]:
    """The tree below a value as plain data; `depth` levels of it, or all."""
    # What a chosen code means.
    option = value.rule.options.get(str(value.number)) if value.rule else None
    below = None if depth is None else depth - 1
    return {
        "name": value.name,
        "label": value.label.as_dict(),
        "value": _written(value.number),
        "unit": value.unit,
        "option": option.as_dict() if option else None,
        "state": value.state,
        "reason": value.reason.as_dict() if value.reason else None,
        "place": value.node.path if value.node else "",
        "marks": [
            {"kind": mark.kind, "text": mark.text.as_dict(), "source": mark.source} for mark in tidy(value.marks)
        ],
        **_origin(value),
        "made_of": [
            {"argument": argument, **explain(part, below)}
            for argument, values in (value.made_of.items() if depth != 0 else ())
            for part in (values if isinstance(values, list) else [values])
        ],
    }


def tidy(marks: frozenset[Mark]) -> list[Mark]:
    """Marks in a settled order."""
    return sorted(marks, key=lambda m: (m.kind, m.source, m.text.en))


def _origin(value: Value) -> dict[str, Any]:
    """Where the number comes from: a formula, a filed input or a parameter."""
    rule, node = value.rule, value.node
    if rule is None or node is None:
        entry = value.entry
        described = entry and {
            "since": entry.since.isoformat(),
            "until": None if entry.until == PERIOD_ENDS else entry.until.isoformat(),
            "status": entry.status,
            "source": entry.source,
            "confidence": entry.confidence,
            "note": entry.note,
            "entered_by": entry.entered_by,
            "entered_at": entry.entered_at,
            "file": entry.file,
            "line": entry.line,
        }
        return {"kind": "parameter", "parameter": described}
    common: dict[str, Any] = {"kind": rule.kind, "law": rule.law, "meaning": rule.meaning, "status": rule.status}
    common |= {
        "rounding": None if rule.decimals is None else {"decimals": rule.decimals, "rule": rule.rounding},
        "raw": _written(value.raw),
        **validity_of(rule),
    }
    if rule.filed:
        return common | {"input": f"{node.path}.{value.name}".lstrip(".")}
    return common | {
        "formula": formulas(node.guideline, rule),
        "formula_with_numbers": {
            language: formula(
                rule.function, {n: _number(part, language) for n, part in value.made_of.items()}, language
            )
            for language in ("zh", "en")
        },
    }


def formulas(guideline: Guideline, rule: Rule) -> dict[str, str]:
    """The formula as written, by names and by labels in both languages."""
    labels = {argument.name: guideline.label(argument.name) for argument in rule.arguments}
    return {
        "names": formula(rule.function, {}),
        "zh": formula(rule.function, {name: label.zh for name, label in labels.items()}, "zh"),
        "en": formula(rule.function, {name: label.en for name, label in labels.items()}, "en"),
    }


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


def _written(number: Any) -> str | bool | None:
    return plain(number) if isinstance(number, Decimal) else number


# --- as text --------------------------------------------------------------------------------------


def explain_text(value: Value, language: str = "zh", depth: int | None = None) -> str:
    """The same tree as indented text."""
    return "\n".join(_lines(explain(value, depth), language, 0)) + "\n"


def _lines(tree: dict[str, Any], language: str, indent: int) -> list[str]:
    pad = "  " * indent
    number = tree["value"] if tree["state"] == KNOWN else getattr(STATES[tree["state"]], language)
    unit = "" if tree["unit"] == "1" or tree["state"] != KNOWN else f" {tree['unit']}"
    place = f"  @ {tree['place']}" if tree["place"] else ""
    lines = [f"{pad}{tree['label'][language]} ({tree['name']}) = {number}{unit}{place}"]
    details = [tree["reason"][language]] if tree["reason"] else []
    if tree.get("formula"):
        details += [f"= {tree['formula'][language]}", f"= {tree['formula_with_numbers'][language]}"]
    if tree.get("law"):
        details.append(f"[{tree['law']}]")
    if tree.get("parameter"):
        details.append(f"[{tree['parameter']['source']} · {tree['parameter']['confidence']}]")
    lines += [f"{pad}    {line}" for line in details]
    for part in tree["made_of"]:
        lines += _lines(part, language, indent + 1)
    return lines
