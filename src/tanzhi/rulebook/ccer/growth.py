"""Volume of a stand by its age from a growth curve (生长方程), for what is reckoned before trees are measured."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from tanzhi.rulebook.kernel.rounding import HALF_UP, round_legally

DIGITS = 50
PLACES = 10


@dataclass(frozen=True, slots=True)
class Curve:
    """V(t) = a · (1 − e^(−k·t))^c: a in m3/ha, k in 1/year, c without unit."""

    a: Decimal
    k: Decimal
    c: Decimal

    def volume(self, age: int) -> Decimal:
        """Stem volume by area at an age in years (单位面积蓄积量), m3/ha, to ten places."""
        if age <= 0:
            return Decimal(0)
        with localcontext(prec=DIGITS):
            grown = 1 - (-self.k * age).exp()
            volume = self.a * (self.c * grown.ln()).exp()
        return round_legally(volume, PLACES, HALF_UP)
