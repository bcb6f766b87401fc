"""Dimensional proof: every rule run on measured numbers, its result compared with the unit that it declares.

Kind, scale and gas are compared: t for kg, MWh for kWh, a dropped ÷ 100 or 44/12 is a fault (see `measured.py`). A rule
whose formula mixes numbers and units by experience says `empirical=True` and is left out.
"""

import random
from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from typing import Any

from tanzhi.rulebook.kernel.children import Children
from tanzhi.rulebook.kernel.guideline import Guideline
from tanzhi.rulebook.kernel.rounding import EXACT
from tanzhi.rulebook.kernel.rules import CHOICE, QUANTITY, Rule
from tanzhi.rulebook.kernel.states import NOTHING, Undecided

from .measured import Measured, UnitFault, reach, unit

DRAWS = 24


def prove_dimensions(guideline: Guideline) -> list[str]:
    """What is wrong: a line for each rule whose formula does not yield its unit; an empty list is the proof."""
    return [
        f"{rule.function.__name__}: {fault}" for rule in proven(guideline) for fault in sorted(faults(guideline, rule))
    ]


def proven(guideline: Guideline) -> list[Rule]:
    """The rules that the proof is about."""
    return [r for rules in guideline.rules.values() for r in rules if r.kind == QUANTITY and not r.empirical]


def faults(guideline: Guideline, rule: Rule, function: Callable[..., Any] | None = None) -> set[str]:
    """What the rule's formula (or another in its place) does wrong, over some draws of its arguments."""
    draw = random.Random(rule.name)
    found = set()
    for number in range(DRAWS):
        arguments = {
            a.name: NOTHING if a.optional and number % 3 == 0 else _argument(guideline, rule, a.name, draw)
            for a in rule.arguments
        }
        found |= _fault(rule, function or rule.function, arguments)
    return found


def _fault(rule: Rule, function: Callable[..., Any], arguments: dict[str, Any]) -> set[str]:
    try:
        with localcontext(EXACT):
            result = function(**arguments)
        if isinstance(result, Measured) and result.number:
            reach(result, unit(rule.unit), finally_=rule.unit != "1")
        elif isinstance(result, Decimal | int) and result and rule.unit not in ("1", "%"):
            return {f"yields a number without a unit, declared {rule.unit}"}
    except UnitFault as fault:
        return {str(fault)}
    except (Undecided, ArithmeticError):
        return set()  # absent in this draw
    return set()


def _argument(guideline: Guideline, rule: Rule, name: str, draw: random.Random) -> Any:
    table = guideline.parameters.get(name)
    if table:
        return _quantity(table.unit, draw)
    needed = guideline.rules[name][-1]
    codes = [_named(rule, needed.options) or [*needed.options], [*needed.options]] if needed.kind == CHOICE else []
    one = (lambda: draw.choice(draw.choice(codes))) if codes else (lambda: _quantity(needed.unit, draw))
    below = guideline.is_above(rule.level, needed.level)
    return Children(one() for _ in range(3)) if below else one()


def _named(rule: Rule, options: Mapping[str, Any]) -> list[str]:
    """The codes that the formula itself names: one of many is drawn too seldom by chance."""
    code = rule.function.__code__
    words = [*code.co_consts, *(rule.function.__globals__.get(name) for name in code.co_names)]
    several = {part for word in words if isinstance(word, tuple | dict) for part in word if isinstance(part, str)}
    return [option for option in options if option in words or option in several]


def _quantity(written: str, draw: random.Random) -> Measured:
    """A share or a percentage where it may be one, so that what is left of the whole is never negative."""
    most = {"1": 99, "%": 9900}.get(written, 990_000)
    return Measured(Decimal(draw.randint(1, most)) / 100, unit(written))


__all__ = ["faults", "prove_dimensions", "proven", "unit"]
