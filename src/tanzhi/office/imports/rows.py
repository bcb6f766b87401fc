"""From a row of strings to what a row's type takes: blanks are left out, the type reads the rest."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tanzhi.rulebook.kernel.spelling import short, spelled_number


def cells(places: Mapping[str, int], values: list[str]) -> dict[str, str]:
    """The row's values by field; what is blank is left out, so that a missing one is told as missing."""
    by_name = {name: values[at].strip() for name, at in places.items() if at < len(values)}
    return {name: words for name, words in by_name.items() if words}


def converted(by_name: dict[str, str], factors: Mapping[str, Decimal]) -> dict[str, str]:
    """Numbers in the units of their fields; what is no number stays, to be refused by its field."""
    numbers = {name: spelled_number(by_name[name]).value for name in factors if name in by_name}
    return by_name | {name: short(Decimal(words) * factors[name]) for name, words in numbers.items() if words}
