"""A data set as Parquet: decimals, days and moments as what they are. Imported only where the extra is installed."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from arro3.core import Array, DataType, Field, Schema, Table
from arro3.io import write_parquet

from .data_set import DAY, DECIMAL, MOMENT, WHOLE, DataColumn, DataSet, DataTable
from .dictionary import dictionary

EPOCH, BEGINNING = date(1970, 1, 1), datetime(1970, 1, 1, tzinfo=UTC)
NARROW, WIDE = 38, 76  # digits that Parquet's two decimals hold


def parquet(data_set: DataSet, table: DataTable) -> bytes:
    """The table as one file that carries its dictionary."""
    columns = [[row[number] for row in table.rows] for number in range(len(data_set.columns))]
    arrays = [column_array(column, values) for column, values in zip(data_set.columns, columns, strict=True)]
    names = [column.name for column in data_set.columns]
    fields = [Field(name, array.type, nullable=True) for name, array in zip(names, arrays, strict=True)]
    schema = Schema(fields, metadata={"dictionary": json.dumps(dictionary(data_set), ensure_ascii=False)})
    out = io.BytesIO()
    write_parquet(Table.from_arrays(arrays, schema=schema), out)
    return out.getvalue()


def column_array(column: DataColumn, values: list[Any]) -> Array:
    """The values of a column as Arrow holds their kind."""
    if column.kind == DECIMAL:
        return decimal_array(column, values)
    if column.kind == DAY:
        return Array([None if day is None else (day - EPOCH).days for day in values], type=DataType.int32()).cast(
            DataType.date32()
        )
    if column.kind == MOMENT:
        seconds = [None if moment is None else (moment - BEGINNING) // timedelta(seconds=1) for moment in values]
        return Array(seconds, type=DataType.int64()).cast(DataType.timestamp("s", tz="UTC"))
    return Array(values, type=DataType.int64() if column.kind == WHOLE else DataType.utf8())


def decimal_array(column: DataColumn, values: list[Any]) -> Array:
    """By way of text, which is exact: scale and digits are looked at first, so that nothing is rounded."""
    numbers: list[Decimal] = [value for value in values if value is not None]
    most = max((-int(number.as_tuple().exponent) for number in numbers), default=0)
    scale = max(0, most) if column.decimals is None else column.decimals
    digits = max((number.adjusted() + 1 for number in numbers), default=1) + scale
    if digits > WIDE:
        raise ValueError(f"{column.name}: {digits} digits, Parquet holds {WIDE}")
    kind = DataType.decimal128(NARROW, scale) if digits <= NARROW else DataType.decimal256(WIDE, scale)
    texts = [None if value is None else format(value, "f") for value in values]
    return Array(texts, type=DataType.utf8()).cast(kind)
