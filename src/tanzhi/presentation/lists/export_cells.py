"""What stands in the cells of a list's file, whatever kind of file it is: no text that a spreadsheet would run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.typed import printable

from .declaration import batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .declaration import Declaration, Rows

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """Text that a file can hold and no spreadsheet runs: an apostrophe stands before what would begin a formula."""
    words = printable(text)
    return f"'{words}" if words.startswith(FORMULA) else words


def table(listing: Declaration, rows: Rows) -> Iterator[list[Any]]:
    """The values of each row, column by column."""
    for row in batches(rows, listing):
        yield [column.of(row) for column in listing.columns]
