"""Every guideline, rule, check and parameter as plain data: for `tanzhi rules`, the documentation and a page."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from tanzhi import rulebook

from .entries import PERIOD_ENDS
from .formula import formula
from .guideline import Guideline
from .parameters import Parameters
from .rounding import plain
from .rules import CHOICE, Check, Rule, validity_of
from .trace import formulas


@cache
def guidelines() -> dict[str, Guideline]:
    """Every guideline of the rulebook by its name: whatever module defines one, nothing registers it elsewhere."""
    by_name: dict[str, Guideline] = {}
    for top in pkgutil.iter_modules(rulebook.__path__, f"{rulebook.__name__}."):
        if top.name == __package__:  # to walk this kernel, its columns and with them NumPy would be loaded
            continue
        below = import_module(top.name).__path__ if top.ispkg else []
        for name in (top.name, *(inner.name for inner in pkgutil.walk_packages(below, f"{top.name}."))):
            values = vars(import_module(name)).values()
            by_name |= {g.name: g.seal() for g in values if isinstance(g, Guideline)}
    return dict(sorted(by_name.items()))


def catalogue(
    selection: Iterable[Guideline] | None = None, parameters: Mapping[str, Parameters] | None = None
) -> list[dict[str, Any]]:
    """The guidelines with all that they hold; all of the rulebook's unless some are chosen.

    `parameters`: by guideline, those in force where they are not the shipped ones.
    """
    in_force = parameters or {}
    guides = guidelines().values() if selection is None else selection
    return [_guideline(g, in_force.get(g.name, g.parameters)) for g in guides]


def _guideline(guideline: Guideline, parameters: Parameters) -> dict[str, Any]:
    rules = [rule for rules in guideline.rules.values() for rule in rules]
    return {
        "name": guideline.name,
        "title": guideline.title.as_dict(),
        "levels": {n: {"plural": lv.plural, "label": lv.label.as_dict()} for n, lv in guideline.levels.items()},
        "rules": [_rule(guideline, rule) for rule in rules],
        "checks": [_check(c) for c in guideline.checks],
        "parameters": [
            {
                "name": p.name,
                "label": p.label.as_dict(),
                "unit": p.unit,
                "keys": list(p.keys),
                "law": p.law,
                "note": p.note,
                "values": [
                    {
                        "keys": {key: list(codes) for key, codes in e.keys.items()},
                        "value": plain(e.value),
                        "since": e.since.isoformat(),
                        "until": None if e.until == PERIOD_ENDS else e.until.isoformat(),
                        "status": e.status,
                        "source": e.source,
                        "confidence": e.confidence,
                        "note": e.note,
                    }
                    | {"unit": e.unit or p.unit}
                    for e in (*p.entered, *p.entries)
                ],
            }
            for p in sorted(parameters, key=lambda p: p.name)
        ],
    }


def _rule(guideline: Guideline, rule: Rule) -> dict[str, Any]:
    symbols, words = (None, None) if rule.filed else formulas(guideline, rule)
    plain_fields = ("name", "kind", "unit", "level", "decimals", "law", "status", "confidence", "form", "required")
    described = {name: getattr(rule, name) for name in (*plain_fields, "minimum", "maximum", "empirical", "meaning")}
    return described | {
        "label": rule.label.as_dict(),
        "rounding": None if rule.decimals is None else rule.rounding,
        **validity_of(rule),
        "options": {code: label.as_dict() for code, label in rule.options.items()} if rule.kind == CHOICE else {},
        "evidence": rule.evidence.as_dict() if rule.evidence else None,
        "arguments": [{"name": a.name, "optional": a.optional} for a in rule.arguments],
        "formula": {"names": symbols, **words.as_dict()} if words else None,
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "code": check.code,
        "severity": check.severity,
        "level": check.level,
        "fields": list(check.fields),
        "message": check.message.as_dict(),
        "expected": check.expected.as_dict(),
        "remedy": check.remedy.as_dict() if check.remedy else None,
        "law": check.law,
        **validity_of(check),
        "status": check.status,
        "formula": formula(check.function, {}),
    }
