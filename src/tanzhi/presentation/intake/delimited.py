"""A text table (CSV) of whatever encoding Chinese spreadsheets write, counted while it is read."""

from __future__ import annotations

import csv
import io
from typing import Any

from .limits import LONGEST_CELL, Limits, Unreadable, megabytes
from .workbook import CONTROL

ENCODINGS = ("utf-8-sig", "gb18030")
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SEPARATORS = ",\t;"


def read_delimited(content: bytes, limits: Limits) -> dict[str, Any]:
    """Its rows as one sheet; raises `Unreadable`."""
    words = _decoded(content)
    if len(words) > limits.characters:
        raise Unreadable("XLS-BOMB", actual=f"> {limits.characters}", expected=megabytes(limits.characters))
    head = next(iter(words[: 2**16].splitlines()), "")
    csv.field_size_limit(4 * LONGEST_CELL)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=max(SEPARATORS, key=head.count), strict=True)
    rows: list[list[str]] = []
    values = 0
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            values += len(row)
            number, columns = len(rows), len(row)
            if number > limits.sheet_rows or values > limits.values or columns > limits.columns:
                allowed = f"{limits.sheet_rows} × {limits.columns}"
                raise Unreadable("XLS-ROWS", str(number), f"{number} × {columns}", allowed)
            for at, cell in enumerate(rows[-1], 1):
                if len(cell) > LONGEST_CELL:
                    raise Unreadable("XLS-LENGTH", f"{number}/{at}", str(len(cell)), str(LONGEST_CELL))
                if control := CONTROL.search(cell):
                    raise Unreadable("VAL-CONTROL", f"{number}/{at}", f"U+{ord(control[0]):04X}")
    except csv.Error as fault:
        code = "XLS-LENGTH" if "field limit" in str(fault) else "XLS-BROKEN"
        raise Unreadable(code, str(reader.line_num), str(fault), str(LONGEST_CELL)) from None
    lists = ("formulas", "uncomputed", "errors", "merged", "hidden_rows", "hidden_columns", "dates", "displayed")
    return {"sheets": [{"name": "", "state": "visible", "rows": rows, **dict.fromkeys(lists, ())}]}


def _decoded(content: bytes) -> str:
    """UTF-16 where its mark says so, UTF-8, or what Chinese spreadsheets write by default."""
    for encoding in [MARKS[content[:2]]] if content[:2] in MARKS else ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("XLS-FILE")
