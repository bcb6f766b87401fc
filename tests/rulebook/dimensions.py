"""Dimensional proof: every rule run with a units library, its result compared with the unit that it declares.

Only kinds of quantity are compared, not their scale: a formula may hold its own ÷ 1000. A rule whose formula mixes
numbers and units by experience says `empirical=True` and is left out.
"""

import random
import re
from decimal import Decimal, localcontext

import pint

from tanzhi.rulebook.kernel.children import Children
from tanzhi.rulebook.kernel.guideline import Guideline
from tanzhi.rulebook.kernel.rounding import EXACT
from tanzhi.rulebook.kernel.rules import CHOICE, QUANTITY, Rule
from tanzhi.rulebook.kernel.states import NOTHING, Absent, Undecided

DRAWS = 12
UNITS = pint.UnitRegistry(non_int_type=Decimal)
for definition in (
    "tCO2 = 1000 * kilogram",
    "tCO2e = 1000 * kilogram",
    "tC = 1000 * kilogram",
    "kgCO2 = kilogram",
    "tCH4 = 1000 * kilogram",
    "tN2O = 1000 * kilogram",
    "tN = 1000 * kilogram",
    "head = [animal]",
    "person = [person]",
    "tce = 29.3076 * gigajoule",
    "Nm3 = meter ** 3",
    "wannorm = 10000 * meter ** 3",
    "CNY = [currency]",
    "piece = [count]",
):
    UNITS.define(definition)
_SPELLINGS = {
    r"10\^8 ?m3": "m**3",
    r"10\^4 ?Nm3": "wannorm",
    r"10\^4 ?tCO2": "tCO2",
    r"10\^4 ?tce": "tce",
    r"10\^8 ?kWh": "kWh",
    r"10\^[48] ?CNY": "CNY",
    r"10\^4 ?t": "t",
    "%": "percent",
    "degC": "kelvin",
    r"\bm2\b": "m**2",
    r"\bm3\b": "m**3",
}


def unit(written: str) -> pint.Unit:
    """The unit as the rulebook writes it, as a unit of the library; per tonne of anything is per mass."""
    for ours, theirs in _SPELLINGS.items():
        written = re.sub(ours, theirs, written)
    return UNITS.Unit("dimensionless" if written == "1" else written)


def prove_dimensions(guideline: Guideline) -> list[str]:
    """What is wrong: a line for each rule whose formula does not yield its unit; an empty list is the proof."""
    rules = [r for rules in guideline.rules.values() for r in rules if r.kind == QUANTITY and not r.empirical]
    return [f"{rule.function.__name__}: {fault}" for rule in rules for fault in _faults(guideline, rule)]


def _faults(guideline: Guideline, rule: Rule) -> set[str]:
    draw = random.Random(rule.name)
    faults = set()
    for number in range(DRAWS):
        arguments = {
            a.name: NOTHING if a.optional and number % 3 == 0 else _argument(guideline, rule, a.name, draw)
            for a in rule.arguments
        }
        faults |= _fault(rule, arguments)
    return faults


def _fault(rule: Rule, arguments: dict[str, object]) -> set[str]:
    try:
        with localcontext(EXACT):
            result = rule.function(**arguments)
    except pint.DimensionalityError as error:
        return {str(error)}
    except Undecided:
        return set()
    if isinstance(getattr(result, "magnitude", result), Absent) or result == 0:
        return set()
    if result is None:
        return set()  # blank in this draw
    found = UNITS.Quantity(result).dimensionality
    declared = unit(rule.unit).dimensionality
    return set() if found == declared else {f"yields {found}, declared {rule.unit} {declared}"}


def _argument(guideline: Guideline, rule: Rule, name: str, draw: random.Random) -> object:
    table = guideline.parameters.get(name)
    if table:
        return _quantity(table.unit, draw)
    needed = guideline.rules[name][-1]
    one = (lambda: draw.choice([*needed.options])) if needed.kind == CHOICE else (lambda: _quantity(needed.unit, draw))
    below = guideline.is_above(rule.level, needed.level)
    return Children(one() for _ in range(3)) if below else one()


def _quantity(written: str, draw: random.Random) -> object:
    return UNITS.Quantity(Decimal(draw.randint(1, 9900)) / 100, unit(written))
