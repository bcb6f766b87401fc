"""Units and what is counted, as they are printed: the rulebook writes units in plain letters, 10^4 Nm3."""

from __future__ import annotations

import re

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
EXPONENT = re.compile(r"(?<=10)\^(\d+)")
AREA_OR_VOLUME = re.compile(r"(?<![A-Za-z])(N?m)([23])(?![0-9])")


def printed(unit: str) -> str:
    """A unit with its exponents raised: 10⁴ Nm³, m³/ha, kJ/kg/°C."""
    raised = EXPONENT.sub(lambda exponent: exponent[1].translate(RAISED), unit)
    return AREA_OR_VOLUME.sub(lambda of: of[1] + of[2].translate(RAISED), raised).replace("degC", "°C")


def singular(plural: str) -> str:
    """The English noun for one of what is counted: people, deliveries, cases."""
    if plural == "people":
        return "person"
    return f"{plural[:-3]}y" if plural.endswith("ies") else plural.removesuffix("s")
