"""A number with its unit, for the dimensional proof: dimension and scale by a units library, numbers as they stand.

A formula of law works on numbers of fixed units, and a constant in it is either a part of the law (a share, a factor)
or turns one unit into another (÷ 1000, × 44/12). Which of the two cannot be seen where it stands. So a constant stays
`pending` behind the number; where the number meets another, or the unit that its rule declares, the pending constants
must hold exactly what is between the two units, and 44/12 where carbon becomes CO2.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Any

import pint

UNITS = pint.UnitRegistry(non_int_type=Fraction)
for definition in (
    "tce = 29.3076 * gigajoule",
    "Nm3 = meter ** 3",
    "CNY = [currency]",
    "fen = CNY / 100",
    "piece = [count]",
    "head = [animal]",
    "person = [person]",
):
    UNITS.define(definition)
GASES = {"CO2e": "CO2", "CO2": "CO2", "CH4": "CH4", "N2O": "N2O", "C": "C", "N": "N"}
"""What a mass is a mass of, where its unit says so: tC, tCO2, kgCO2, tN2O …"""
STOICHIOMETRY = {
    ("C", "CO2"): (44, 12),
    ("C", "CH4"): (16, 12),
    ("CO2", "C"): (12, 44),
    ("N", "N2O"): (44, 28),
    ("C", "N2O"): (44, 28),
    ("", "CO2"): (44, 12),
}
"""From one to the other by molar masses. What is only called a mass must be carbon to become CO2; a share of nitrogen
beside carbon stands between carbon and N2O."""
_MASS = re.compile(r"\b(kg|t)(CO2e|CO2|CH4|N2O|C|N)\b")
_SPELLINGS = (
    (r"10\^(\d+) ?([A-Za-z]+\d?)", r"(1e\1 * \2)"),
    ("%", "percent"),
    ("degC", "kelvin"),
    (r"\bm([23])\b", r"m**\1"),
)


class UnitFault(Exception):
    """Numbers of units between which nothing in the formula stands."""


@dataclass(frozen=True)
class Unit:
    """Dimension, scale in base units, and of which gas or element the mass above and below the line is."""

    written: str
    kind: tuple[tuple[str, int], ...]
    scale: Fraction
    gases: tuple[tuple[str, int], ...] = ()

    def times(self, other: Unit, power: int = 1) -> Unit:
        written = f"{self.written}{'·' if power > 0 else '/'}({other.written})"
        kind, gases = (_product(*pair, power) for pair in ((self.kind, other.kind), (self.gases, other.gases)))
        return Unit(written, kind, self.scale * other.scale**power, gases)


Powers = tuple[tuple[str, int], ...]


def _product(one: Powers, other: Powers, power: int) -> Powers:
    found = Counter(dict(one))
    found.update({name: power * n for name, n in other})
    return tuple(sorted((name, n) for name, n in found.items() if n))


def unit(written: str) -> Unit:
    """The unit as the rulebook writes it."""
    words = "dimensionless" if written == "1" else written
    for ours, theirs in _SPELLINGS:
        words = re.sub(ours, theirs, words)
    one = UNITS.parse_expression(_MASS.sub(r"\1", words)) * UNITS.Quantity(Fraction(1))
    kind = tuple(sorted((str(name), int(power)) for name, power in one.dimensionality.items()))
    return Unit(written, kind, Fraction(one.to_base_units().magnitude), _gases(words))


def _gases(words: str) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for part, sign in zip(words.split("/", 1), (1, -1), strict=False):
        for match in _MASS.finditer(part):
            found[GASES[match[2]]] += sign
    return tuple(sorted((gas, n) for gas, n in found.items() if n))


@dataclass(frozen=True, eq=False)
class Measured:
    """A number, its unit, and the constants by which it was multiplied so far."""

    number: Decimal
    unit: Unit
    pending: tuple[Fraction, ...] = ()

    @property
    def magnitude(self) -> Decimal:
        """So that the kernel sees a zero."""
        return self.number

    # --- products: units multiply, constants wait ---------------------------------------------------

    def __mul__(self, other: Any) -> Any:
        return self._multiplied(other, 1)

    def __truediv__(self, other: Any) -> Any:
        return self._multiplied(other, -1)

    __rmul__ = __mul__

    def __rtruediv__(self, other: Any) -> Any:
        if not isinstance(other, int | Decimal):
            return NotImplemented
        one = Measured(Decimal(other), unit("1"), () if abs(other) in (0, 1) else (Fraction(other),))
        return one / self

    def _multiplied(self, other: Any, power: int) -> Any:
        if isinstance(other, Measured):
            pending = self.pending + tuple(c**power for c in other.pending)
            return Measured(self.number * other.number**power, self.unit.times(other.unit, power), pending)
        if not isinstance(other, int | Decimal):
            return NotImplemented
        constant = () if abs(other) in (0, 1) else (Fraction(other) ** power,)
        return replace(self, number=self.number * Decimal(other) ** power, pending=self.pending + constant)

    def __pow__(self, power: int | Measured) -> Measured:
        if isinstance(power, Measured):
            reach(self, unit("1"))
            return Measured(power.__rpow__(self.number), unit("1"))
        return prod([self] * power, start=Measured(Decimal(1), unit("1")))

    def __rpow__(self, base: Any) -> Decimal:
        reach(self, unit("1"))
        return Decimal(base) ** self.number

    # --- sums and comparisons: one unit; a constant is taken to have it ----------------------------------

    def __add__(self, other: Any) -> Any:
        return self._met(other, lambda one, two: one + two)

    def __sub__(self, other: Any) -> Any:
        return self._met(other, lambda one, two: one - two)

    def __rsub__(self, other: Any) -> Any:
        return self._met(other, lambda one, two: two - one)

    __radd__ = __add__

    def _met(self, other: Any, function: Any) -> Any:
        if isinstance(other, Measured):
            return replace(meeting(self, other), number=function(self.number, other.number))
        if not isinstance(other, int | Decimal):
            return NotImplemented
        return replace(self, number=function(self.number, Decimal(other)))

    def _compared(self, other: Any, function: Any) -> Any:
        if isinstance(other, Measured):
            meeting(self, other)
            return function(self.number, other.number)
        return function(self.number, other) if isinstance(other, int | Decimal) else NotImplemented

    def __lt__(self, other: Any) -> Any:
        return self._compared(other, lambda one, two: one < two)

    def __le__(self, other: Any) -> Any:
        return self._compared(other, lambda one, two: one <= two)

    def __gt__(self, other: Any) -> Any:
        return self._compared(other, lambda one, two: one > two)

    def __ge__(self, other: Any) -> Any:
        return self._compared(other, lambda one, two: one >= two)

    def __eq__(self, other: object) -> Any:
        return self._compared(other, lambda one, two: one == two)

    __hash__ = None  # type: ignore[assignment]  # no key

    def __neg__(self) -> Measured:
        return replace(self, number=-self.number)

    def __abs__(self) -> Measured:
        return replace(self, number=abs(self.number))


def meeting(one: Measured, two: Measured) -> Measured:
    """The unit of both in a sum, with the constants that both still carry."""
    if not one.number or not two.number:
        return one if one.number else two  # nil is nil in every unit
    common = Counter(one.pending) & Counter(two.pending)
    first, second = (replace(v, pending=tuple((Counter(v.pending) - common).elements())) for v in (one, two))
    for value, other in ((first, second), (second, first)):
        if any(_is_ten(c) for c in other.pending):
            continue
        try:
            reach(value, other.unit, finally_=True)
        except UnitFault:
            continue
        return replace(other, pending=tuple(common.elements()))
    raise UnitFault(f"{one.unit.written} beside {two.unit.written}")


def reach(value: Measured, wanted: Unit, finally_: bool = False) -> None:
    """Refuses unless the pending constants hold what is between the value's unit and the wanted one.

    In the end (of a rule that yields more than a bare number) each power of ten among them must be needed for that.
    """
    said = f"yields {value.unit.written}, declared {wanted.written}"
    if value.unit.kind != wanted.kind:
        raise UnitFault(f"{said}: {dict(value.unit.kind)} is not {dict(wanted.kind)}")
    constants = _after_stoichiometry(value, wanted, said)
    between = value.unit.scale / wanted.scale
    tens = [c for c in constants if finally_ and _is_ten(c)]
    others = [c for c in constants if c not in tens]
    products = {prod(c) for size in range(len(others) + 1) for c in combinations(others, size)}
    if between / prod(tens, start=Fraction(1)) not in products:
        raise UnitFault(f"{said}: the constants of the formula do not make {between}")


def _is_ten(constant: Fraction) -> bool:
    """A power of ten, or one over it."""
    written = str(constant.numerator * constant.denominator)
    return written.strip("0") == "1" and len(written) > 1


def _after_stoichiometry(value: Measured, wanted: Unit, said: str) -> list[Fraction]:
    """The constants left once molar masses have turned the gases of the one into those of the other."""
    left, before, after = list(value.pending), Counter(dict(value.unit.gases)), Counter(dict(wanted.gases))
    for gas in {gas for gas in after if after[gas] > before[gas]}:
        source = next((s for s in before if before[s] > after[s]), "")
        ratio = STOICHIOMETRY.get((source, gas))
        if ratio is None and source:
            raise UnitFault(f"{said}: {source} does not become {gas}")
        if ratio and not _taken(left, ratio):
            raise UnitFault(f"{said}: {source or 'mass'} becomes {gas} without {ratio[0]}/{ratio[1]}")
    for (source, gas), ratio in STOICHIOMETRY.items():
        if (after[gas] > 0 or after[source] > 0) and _taken(left, ratio):
            raise UnitFault(f"{said}: {ratio[0]}/{ratio[1]} on what is {gas if after[gas] > 0 else source} already")
    return left


def _taken(constants: list[Fraction], ratio: tuple[int, int]) -> bool:
    """Takes the two out of the constants, if both are there."""
    pair = [Fraction(ratio[0]), Fraction(1, ratio[1])]
    if not all(c in constants for c in pair):
        return False
    for constant in pair:
        constants.remove(constant)
    return True
