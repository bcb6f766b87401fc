"""Sectors of the list of key emission units, and the guideline by which the enterprises of each account for a year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.rulebook.kernel.yaml_files import read_yaml

from .code_lists import CodeList, CodeUse

if TYPE_CHECKING:
    from tanzhi.rulebook.kernel import Guideline, Industry

_LINES = read_yaml(Path(__file__).parent / "sectors.yaml")


def industries() -> dict[str, Industry]:
    """What the accounting guidelines declare, by the guideline's name."""
    return {name: guideline.industry for name, guideline in guidelines().items() if guideline.industry}


_LISTED = {line["code"]: Text(line["zh"], line["en"]) for line in _LINES}


def declared() -> dict[str, Text]:
    """The sectors that the program brings; one that only a guideline declares comes last."""
    return _LISTED | {each.sector: each.label for each in industries().values() if each.sector not in _LISTED}


def computed() -> frozenset[str]:
    """Sectors whose enterprises account by a guideline, which the rulebook knows by its code."""
    return frozenset(each.sector for each in industries().values())


SECTORS = CodeList(
    "organisations.sectors",
    Text("行业", "Sectors"),
    declared,
    (CodeUse("organisations.Organisation", "sector"), CodeUse("organisations.KeyUnitStatus", "sector")),
    computed,
)
"""By code, in the order in which a bulletin speaks of them."""


def sector_name(code: str) -> Text:
    """A sector by its name; one that is not in the data by its code."""
    return SECTORS.get(code) or same(code or "-")


def accounting(sector: str) -> Guideline | None:
    """The guideline by which the enterprises of a sector account for a year; None where the rulebook has none yet."""
    return next((guidelines()[name] for name, industry in industries().items() if industry.sector == sector), None)
