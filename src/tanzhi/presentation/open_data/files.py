"""A data set as a file: CSV for programs and for spreadsheets, JSON, Parquet; the same rows in each."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson
from django.core.cache import cache

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.evidence.log import state_of_records
from tanzhi.evidence.models import Head
from tanzhi.law.evaluation import release
from tanzhi.presentation.lists.export_cells import neutral
from tanzhi.rulebook.kernel.text import Text

from .data_set import MOST_SHOWN, DataSet, DataTable
from .dictionary import dictionary

HOUR = 3600


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file as it is sent: its digest is its entity tag, so it is told apart only where it differs."""

    content: bytes
    media_type: str
    modified: datetime | None

    @property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def plain_csv(data_set: DataSet, table: DataTable) -> bytes:
    """For programs: the columns' names, UTF-8 without a mark; no text that a spreadsheet would run even so."""
    return _written([column.name for column in data_set.columns], table).encode()


def spreadsheet_csv(data_set: DataSet, table: DataTable) -> bytes:
    """For spreadsheets, which read Chinese by the mark at the beginning; headings as people say them."""
    heads = [f"{column.meaning.zh} {column.meaning.en}" for column in data_set.columns]
    return _written([neutral(head) for head in heads], table).encode("utf-8-sig")


def _written(heads: list[str], table: DataTable) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # as RFC 4180 has it
    writer.writerow(heads)
    writer.writerows(
        [neutral(value) if isinstance(value, str) else plain(value) for value in row] for row in table.rows
    )
    return out.getvalue()


def plain(value: Any) -> Any:
    """A value as text holds it: exact digits, ISO days, moments in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def as_json(data_set: DataSet, table: DataTable) -> bytes:
    """With its dictionary; decimal numbers are strings, because many programs read numbers inexactly."""
    names = [column.name for column in data_set.columns]
    rows = [dict(zip(names, map(plain, row), strict=True)) for row in table.rows]
    return orjson.dumps({**dictionary(data_set), "rows": rows}, option=orjson.OPT_INDENT_2)


_WITHOUT = Text("本安装未装 Parquet 组件，请取 CSV 或 JSON", "this installation has no Parquet: take CSV or JSON")


def as_parquet(data_set: DataSet, table: DataTable) -> bytes:
    """With decimals as decimals, days as days; what writes it is an extra of the installation."""
    try:
        from .parquet import parquet
    except ImportError as absent:
        raise Refused("DATA-PARQUET", _WITHOUT, 501) from absent
    return parquet(data_set, table)


FORMS: dict[str, tuple[str, Text, Callable[[DataSet, DataTable], bytes]]] = {
    "csv": ("text/csv; charset=utf-8; header=present", Text("CSV", "CSV"), plain_csv),
    "excel.csv": ("text/csv; charset=utf-8; header=present", Text("CSV（供 Excel）", "CSV for Excel"), spreadsheet_csv),
    "json": ("application/json", Text("JSON", "JSON"), as_json),
    "parquet": ("application/vnd.apache.parquet", Text("Parquet", "Parquet"), as_parquet),
}
_NO_FORM = Text("没有“{form}”格式；现有：{forms}", "there is no form “{form}”; there are: {forms}")


def standing_table(data_set: DataSet) -> DataTable:
    """The rows as they are now, kept until anything is done, sealed or dated otherwise: nothing else changes them."""
    sealed = Head.objects.order_by("-size").values_list("size", flat=True).first() or 0
    key = f"open-data:{data_set.code}:{state_of_records()}:{sealed}:{clock.today().isoformat()}:{release()}"
    table: DataTable | None = cache.get(key)
    if table is None:
        table = data_set.table()
        cache.set(key, table, HOUR)
    return table


def data_file(data_set: DataSet, form: str) -> DataFile:
    """A data set in one of its forms."""
    if form not in FORMS:
        raise Refused("DATA-FORM", _NO_FORM.format(form=form[:MOST_SHOWN], forms=", ".join(FORMS)), 404)
    media_type, _, write = FORMS[form]
    table = standing_table(data_set)
    return DataFile(write(data_set, table), media_type, table.modified)
