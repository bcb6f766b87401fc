"""Records and rows: nesting rows under their keys, laying a record out as rows, cutting it into months."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import deepcopy
from typing import Any

from tanzhi.actions.refusal import Refused
from tanzhi.evidence.canonical import NotCanonical, canonical
from tanzhi.presentation.locations import steps_in
from tanzhi.rulebook.kernel import Guideline
from tanzhi.rulebook.kernel.forms import FormSpec, TableSpec
from tanzhi.rulebook.kernel.text import Text

from .answer import Record

Steps = list[tuple[str, str, str]]  # level, plural, key


def steps_of(form: FormSpec, table: TableSpec, keys: dict[str, str]) -> Steps:
    """The way from the top of a record to a row of the table."""
    levels = [p.name for p in table.parents] + ([table.level] if table.key else [])
    tables = {t.level: t for t in form.tables}
    return [(level, tables[level].plural, keys[level]) for level in levels]


def path_of(steps: Steps) -> str:
    """As the rulebook writes it: units[1].months[2023-06]."""
    return ".".join(f"{plural}[{key}]" for _, plural, key in steps)


def row_at(guideline: Guideline, record: Record, place: str) -> Record | None:
    """The row at the end of a path, by the keys of its levels."""
    levels = {level.plural: name for name, level in guideline.levels.items()}
    for plural, key in steps_in(place):
        rows = record.get(plural, [])
        row = next((row for row in rows if str(row.get(levels.get(plural, ""), "")) == key), None)
        if row is None:
            return None
        record = row
    return record


def descend(record: Record, steps: Steps) -> Record:
    """The record at the end of the way, made where it is missing."""
    for level, plural, key in steps:
        rows = record.setdefault(plural, [])
        below = next((row for row in rows if row.get(level) == key), None)
        if below is None:
            below = {level: key}
            rows.append(below)
        record = below
    return record


def rows_of(form: FormSpec, table: TableSpec, record: Record) -> Iterator[tuple[dict[str, str], Record]]:
    """Every row of a table in a record, with the keys on the way to it."""
    levels = [p.name for p in table.parents] + ([table.level] if table.key else [])
    tables = {t.level: t for t in form.tables}
    yield from _rows(record, [(level, tables[level].plural) for level in levels], {})


def _rows(record: Record, way: list[tuple[str, str]], keys: dict[str, str]) -> Iterator[tuple[dict[str, str], Record]]:
    if not way:
        yield keys, record
        return
    (level, plural), *rest = way
    for row in record.get(plural, []):
        yield from _rows(row, rest, {**keys, level: str(row.get(level, ""))})


def months_in(record: Any) -> list[str]:
    """The months that a record speaks of, in order."""
    return sorted(set(_months(record)))


def _months(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("month"), str):
            yield value["month"]
        for below in value.values():
            yield from _months(below)
    elif isinstance(value, list):
        for below in value:
            yield from _months(below)


def only_month(record: Record, month: str) -> Record:
    """The record without the rows of other months, and without what is empty then."""
    of_month: Record = {}
    for name, value in record.items():
        if not isinstance(value, list):
            of_month[name] = value
            continue
        rows = [only_month(row, month) for row in value if row.get("month", month) == month]
        of_month[name] = [row for row in rows if any(value not in (None, "", []) for value in row.values())]
    return of_month


def merged(records: list[Record], levels: Collection[str]) -> Record:
    """Several records of one subject as one: rows with the same key become one row, later values win."""
    whole: Record = {}
    for record in records:
        _merge(whole, deepcopy(record), levels)
    return whole


def _merge(into: Record, more: Record, levels: Collection[str]) -> None:
    for name, value in more.items():
        if not isinstance(value, list):
            into[name] = value
            continue
        rows = into.setdefault(name, [])
        for row in value:
            key = _key(row, levels)
            existing = next((r for r in rows if key and _key(r, levels) == key), None)
            if existing is None:
                rows.append(row)
            else:
                _merge(existing, row, levels)


def _key(row: Record, levels: Collection[str]) -> tuple[str, Any] | None:
    """A row is told from its neighbours by the field that is named as its level; without one it stands alone."""
    return next(((name, row[name]) for name in levels if name in row), None)


def bytes_of(record: dict[str, Any]) -> bytes:
    """A record's canonical bytes; a binary fraction is refused, since nobody knows which decimal it was."""
    try:
        return canonical(record)
    except NotCanonical as fault:
        message = Text("数值须为十进制字符串：{found}", "numbers must be decimal strings: {found}")
        raise Refused("FIL-NUMBER", message.format(found=str(fault)), 422) from None
