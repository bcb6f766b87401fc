"""How a template is laid out; the writer and the reader both go by this, and by codes, never by positions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tanzhi.rulebook.kernel.forms import FieldSpec, FormSpec, TableSpec

META_SHEET = "_tanzhi"
CODE_ROW, LABEL_ZH_ROW, LABEL_EN_ROW, UNIT_ROW, FIRST_ROW = 1, 2, 3, 4, 5
HEADER_ROWS = FIRST_ROW - CODE_ROW


def columns_of(table: TableSpec) -> list[FieldSpec]:
    """The columns of a table: keys from the outermost inward, then the fields."""
    return [*table.parents, *([table.key] if table.key else []), *table.fields]


def sheets_of(form: FormSpec) -> list[TableSpec]:
    """The tables that get a sheet: a level with nothing but keys shows in the sheets below it."""
    return [table for table in form.tables if table.fields]


def digest_of(form: FormSpec) -> str:
    """A template's digest: it changes when the form does."""
    words = json.dumps(form.as_dict(), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What a period begins with out of the one before: rows and values to be confirmed, and the columns it filled."""

    record: Mapping[str, Any] = field(default_factory=dict)
    cells: frozenset[str] = frozenset()  # paths of keys and values that were taken over
    usual: frozenset[tuple[str, str]] = frozenset()  # level and field
    period: str = ""


@dataclass(frozen=True, slots=True)
class Prefill:
    """For whom the template is: enterprise code, period, and a record whose keys and values stand in it already."""

    enterprise: str = ""
    period: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)
    carried: CarriedOver = field(default_factory=CarriedOver)


def unit_words(spec: FieldSpec) -> str:
    """What stands below a column's labels: its unit, or how it is written."""
    return {"choice": "选择 choice", "date": "2024-06" if spec.name == "month" else "2024-06-30"}.get(
        spec.kind, spec.unit if spec.unit != "1" else "-"
    )
