"""What is hidden beside a confidential row, so that nobody works it out as a total less its other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Protocol

from tanzhi.rulebook.inventory.categories import CATEGORIES, MEMO
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

CONFIDENTIAL = same("C")
LAND, BESIDE = "land", ("land", MEMO)
LEAST_HIDDEN = 2  # of the parts of a total that is shown: one alone is the total less the others


class AmountsRow(Protocol):
    """A row of the summary table."""

    code: str
    amounts: dict[str, Decimal | Text | None]
    total: Decimal | Text | None


def hide(rows: Iterable[AmountsRow], totals: tuple[AmountsRow, AmountsRow], confidential: Collection[str]) -> None:
    """Blacken the confidential rows, and as many beside or above them as it takes.

    A total that is shown has no hidden part, or at least two that hold a number, in every column. Beside a single
    hidden part its smallest neighbour is hidden too; where there is none, the total itself is, and counts as a hidden
    part of what stands above it.
    """
    by_code = {row.code: row for row in rows}
    # The columns that hold a number other than nil.
    cells = {code: {**row.amounts, "total": row.total} for code, row in by_code.items()}
    columns = {
        code: {name: cell for name, cell in own.items() if isinstance(cell, Decimal) and cell}
        for code, own in cells.items()
    }
    hidden = {code for code in confidential if code in by_code}
    for parent in sorted((code for code in by_code if _parts(code, by_code)), key=lambda code: -code.count(".")):
        if _cover(_parts(parent, by_code), columns, hidden):
            hidden.add(parent)
    sectors = {code: CATEGORIES[code].sector for code in by_code if "." not in code}
    without_land, with_land = totals
    counted = [code for code, sector in sectors.items() if sector not in BESIDE]
    black = [without_land, with_land] if _cover(counted, columns, hidden) else []
    if any(sector == LAND and code in hidden for code, sector in sectors.items()):
        black += [with_land]  # land use is the one total less the other
    for row in [*(by_code[code] for code in hidden), *black]:
        row.amounts, row.total = dict.fromkeys(row.amounts, CONFIDENTIAL), CONFIDENTIAL


def _parts(parent: str, rows: Collection[str]) -> list[str]:
    return [code for code in rows if code.rpartition(".")[0] == parent]


def _cover(parts: list[str], columns: dict[str, dict[str, Decimal]], hidden: set[str]) -> bool:
    """Hide neighbours until no column has a single hidden part; true where a column has no neighbour to hide."""
    uncovered = False
    for name in sorted({name for code in parts for name in columns[code]}):
        filled = [code for code in parts if name in columns[code]]
        if sum(code in hidden for code in filled) != LEAST_HIDDEN - 1:
            continue
        neighbours = [code for code in filled if code not in hidden]
        if neighbours:
            _hide_with_parts(min(neighbours, key=lambda code: _reluctance(code, columns, name)), columns, name, hidden)
        else:
            uncovered = True
    return uncovered


def _reluctance(code: str, columns: dict[str, dict[str, Decimal]], name: str) -> tuple[bool, Decimal, str]:
    """Rows without parts first, of these the smallest."""
    return (not CATEGORIES[code].is_leaf, abs(columns[code][name]), code)


def _hide_with_parts(code: str, columns: dict[str, dict[str, Decimal]], name: str, hidden: set[str]) -> None:
    """A row, and of its parts one at each level, for the parts that are shown would add up to it."""
    hidden.add(code)
    parts = [part for part in columns if part.rpartition(".")[0] == code and name in columns[part]]
    if parts and not hidden.intersection(parts):
        _hide_with_parts(min(parts, key=lambda part: _reluctance(part, columns, name)), columns, name, hidden)
