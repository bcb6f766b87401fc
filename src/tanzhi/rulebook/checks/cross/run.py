"""All cross-checks over the plants of one year."""

from __future__ import annotations

from decimal import localcontext

from tanzhi.rulebook.kernel.rounding import EXACT

from . import books, like_plants, within_a_year
from .limits import CrossLimits
from .year_books import CROSS_CHECKS, CrossHit, YearBook

MODULES = (within_a_year, books, like_plants)
"""Whose checks are registered by their import."""


def cross_checked(plants: list[YearBook], limits: CrossLimits) -> list[CrossHit]:
    """Every hit of every check, by plant, check and place."""
    with localcontext(EXACT):
        hits = [hit for check in CROSS_CHECKS.values() for hit in check.run(plants, limits)]
    return sorted(hits, key=lambda hit: (hit.plant, hit.code, hit.cell.place, hit.field))
