"""The category tree of an edition as data: codes, IPCC codes, gases, what each category's value is computed from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tanzhi.rulebook.kernel import Text

from .code_lists import read_list

EDITION = "2011"
MEMO = "memo"


@dataclass(frozen=True, slots=True)
class Gas:
    """A greenhouse gas and the one of the six groups in which it is reported."""

    code: str
    label: Text
    group: str


@dataclass(frozen=True, slots=True)
class CategorySource:
    """Which quantity of which guideline, at which place of its record, is a category's mass of a gas."""

    guideline: str
    quantity: str
    place: str


@dataclass(frozen=True, slots=True)
class Category:
    """One category: its place in the tree, the gases that the edition asks for, and where its values come from."""

    code: str
    label: Text
    parent: str
    sector: str
    ipcc: str
    gases: tuple[str, ...]
    values: dict[str, CategorySource]

    @property
    def is_leaf(self) -> bool:
        return bool(self.gases)

    @property
    def is_memo(self) -> bool:
        return self.sector == MEMO

    @property
    def depth(self) -> int:
        return self.code.count(".")


def _text(row: dict[str, Any]) -> Text:
    return Text(row["zh"], row["en"])


_LIST = read_list("categories.yaml")
GROUPS: dict[str, Text] = {code: _text(row) for code, row in _LIST["groups"].items()}
GASES: dict[str, Gas] = {code: Gas(code, _text(row), row["group"]) for code, row in _LIST["gases"].items()}
WARMING_SETS: dict[str, Text] = {code: _text(row) for code, row in _LIST["warming_sets"].items()}
SECTORS: dict[str, Text] = {code: _text(row) for code, row in _LIST["sectors"].items()}
GUIDELINES: dict[str, str] = {code: row["guideline"] for code, row in _LIST["sectors"].items() if "guideline" in row}
EDITIONS: dict[str, Text] = {code: _text(row) for code, row in _LIST["editions"].items()}
NOTATIONS: dict[str, Text] = {code: _text(row) for code, row in _LIST["notations"].items()}


CATEGORIES: dict[str, Category] = {
    row["code"]: Category(
        code=row["code"],
        label=_text(row),
        parent=row["code"].rpartition(".")[0],
        sector=row["sector"],
        ipcc=row.get("ipcc", ""),
        gases=tuple(row.get("gases", ())),
        values={
            gas: CategorySource(
                row.get("guideline") or GUIDELINES.get(row["sector"], ""),
                quantity,
                row.get("at", "").replace("{gas}", gas),
            )
            for gas, quantity in (row.get("values") or {}).items()
        },
    )
    for row in _LIST["categories"]
}
LEAVES: tuple[Category, ...] = tuple(category for category in CATEGORIES.values() if category.is_leaf)


def cells() -> Iterator[tuple[Category, str]]:
    """Every category and gas that the edition asks for, in the order of the tree."""
    return ((category, gas) for category in LEAVES for gas in category.gases)


def below(code: str) -> Iterator[Category]:
    """The leaves of a category: their sum is its total."""
    return (leaf for leaf in LEAVES if leaf.code == code or leaf.code.startswith(f"{code}."))
