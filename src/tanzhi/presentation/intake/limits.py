"""How much an uploaded file may hold, and the refusal of one that must not be read. Imports nothing of the platform."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_CELL = 32_767  # as many characters as a spreadsheet keeps in a cell


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook or a text table may hold; counted while it streams by, before anything is laid out."""

    file_bytes: int = 10 * 2**20
    unpacked_bytes: int = 60 * 2**20
    ratio: int = 200
    parts: int = 300
    sheets: int = 60
    cells: int = 400_000  # cell elements in the file, blank or not
    values: int = 200_000  # cells that say something
    characters: int = 10_000_000  # of all cells, a shared string counted each time it is referred to
    depth: int = 60  # of elements within elements
    columns: int = 78  # BZ
    sheet_rows: int = 19_999
    rows: int = 5000  # of one table
    text: int = 500
    cpu_seconds: int = 4


class Unreadable(Exception):
    """Why a file is not read: code, place such as 燃料!E5 (blank: the file), what was found, what is expected."""

    def __init__(self, code: str, place: str = "", actual: str = "", expected: str = "") -> None:
        super().__init__(f"{code} {place} {actual}")
        self.code, self.place, self.actual, self.expected = code, place, actual, expected


def megabytes(count: int) -> str:
    return f"{count / 2**20:.1f} MB"
