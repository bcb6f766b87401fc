"""What a grid sent: one field of JSON where the page's script ran, an input for each cell where it did not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from tanzhi.presentation.intake.messages import finding
from tanzhi.rulebook.kernel.finding import Finding

MOST_ROWS = 5_000
"""What a page lays out and a browser moves in; more rows are a file's business."""
SHAPE = '{"columns": ["…"], "rows": [["…"]]}'


@dataclass(frozen=True, slots=True)
class PostedRows:
    """The cells of each row in the order of the columns, letter by letter; or what cannot be taken as a grid."""

    rows: list[list[str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def rows_field(name: str) -> str:
    """The field in which a grid's rows stand together."""
    return f"{name}-rows"


def posted_rows(posted: Mapping[str, Any], name: str, columns: Sequence[str]) -> PostedRows:
    """The rows of a grid as they were typed, blank ones too, so that a place in it stays that place."""
    packed = posted.get(rows_field(name))
    if packed is not None:
        return _unpacked(str(packed), name, columns)
    rows: list[list[str]] = []
    while any(f"{name}-{len(rows)}-{column}" in posted for column in columns):
        if len(rows) == MOST_ROWS:
            return _too_many(name, f"> {MOST_ROWS}")
        rows.append([str(posted.get(f"{name}-{len(rows)}-{column}", "")) for column in columns])
    return PostedRows(rows)


def _unpacked(packed: str, name: str, columns: Sequence[str]) -> PostedRows:
    try:
        sent = json.loads(packed)
    except (ValueError, RecursionError):
        return PostedRows(findings=[finding("GRID-SHAPE", name, field=name, found=packed, expected=SHAPE)])
    heads, lines = (sent.get("columns"), sent.get("rows")) if isinstance(sent, dict) else (None, None)
    if not _is_line(heads) or not isinstance(lines, list):
        return PostedRows(findings=[finding("GRID-SHAPE", name, field=name, found=packed, expected=SHAPE)])
    unknown = next((head for at, head in enumerate(heads) if head not in columns or head in heads[:at]), None)
    if unknown is not None:
        return PostedRows(
            findings=[finding("GRID-COLUMN", name, field=name, found=unknown, expected=", ".join(columns))]
        )
    if len(lines) > MOST_ROWS:
        return _too_many(name, str(len(lines)))
    rows = []
    for number, line in enumerate(lines, 1):
        if not _is_line(line) or len(line) > len(heads):
            place = f"{name}[{number}]"
            return PostedRows(findings=[finding("GRID-SHAPE", place, field=name, found=str(line), expected=SHAPE)])
        cells = dict(zip(heads, line, strict=False))
        rows.append([cells.get(column, "") for column in columns])
    return PostedRows(rows)


def _is_line(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(cell, str) for cell in value)


def _too_many(name: str, count: str) -> PostedRows:
    return PostedRows(findings=[finding("XLS-ROWS", name, field=name, found=count, expected=str(MOST_ROWS))])
