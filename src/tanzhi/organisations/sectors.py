"""Sectors of the list of key emission units, and the guideline by which the enterprises of each account for a year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.rulebook.kernel.yaml_files import read_yaml

from .code_lists import CodeList, CodeUse

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
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


class Accounts(Protocol):
    """Whoever may account for a year: its sector, and the guideline that was chosen where the sector has several."""

    sector: str
    guideline: str


def guidelines_in(sector: str) -> list[str]:
    """The guidelines of a sector's industries by name: one for power, several for building materials."""
    return [name for name, industry in industries().items() if industry.sector == sector]


def accounting_name(sector: str, own: str) -> str:
    """The guideline of whoever is in a sector, by its own choice; empty where none is there or none was chosen yet."""
    possible = guidelines_in(sector)
    if own in possible:
        return own
    return possible[0] if len(possible) == 1 else ""


def accounting(of: Accounts) -> Guideline | None:
    """The guideline by which an enterprise accounts; None where the rulebook has none yet, or none was chosen."""
    return accounting_by(of.sector, of.guideline)


def accounting_by(sector: str, own: str) -> Guideline | None:
    """The same of all that are in one sector and made one choice."""
    return guidelines().get(accounting_name(sector, own))


def guideline_labels() -> dict[str, Text]:
    """What the industries are called that are computed, by their guideline."""
    return {name: industry.label for name, industry in industries().items()}


def guidelines_offered(_actor: Actor) -> list[tuple[str, Text]]:
    """To choose from, each after its sector."""
    return [
        (
            name,
            each.label
            if each.label == sector_name(each.sector)
            else Text("{sector}：{industry}", "{sector}: {industry}").format(
                sector=sector_name(each.sector), industry=each.label
            ),
        )
        for name, each in industries().items()
    ]
