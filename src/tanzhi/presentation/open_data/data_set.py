"""A data set: columns with their meaning, rows as anybody may have them, and the receipts of what made them public.

A room declares its own in a module `open_data`. Its rows are asked for without a reader: whoever signed in is given the
same file as everybody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tanzhi.actions.refusal import Refused
from tanzhi.evidence.models import Entry, Head
from tanzhi.evidence.numbers import number_of
from tanzhi.rulebook.kernel.text import Text

TEXT, WHOLE, DECIMAL, DAY, MOMENT = "text", "whole", "decimal", "day", "moment"
KINDS: dict[str, tuple[type, Text]] = {
    TEXT: (str, Text("文字", "text")),
    WHOLE: (int, Text("整数", "whole number")),
    DECIMAL: (Decimal, Text("十进制数", "decimal number")),
    DAY: (date, Text("日期", "day")),
    MOMENT: (datetime, Text("时刻（UTC）", "moment (UTC)")),
}


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column: what it means, in which unit, with how many decimals, and where its values are from."""

    name: str
    meaning: Text
    kind: str = TEXT
    unit: Text | None = None
    decimals: int | None = None  # none: as many as each value has
    source: Text | None = None
    codes: Mapping[str, Text] = field(default_factory=dict)  # of a column of codes: what each of them means

    def checked(self, value: Any) -> Any:
        """A value that fits; anything else is a fault of whoever declared the set, and is not given away."""
        expected, _ = KINDS[self.kind]
        if value is None or value == "":
            return None
        if type(value) is not expected:
            raise TypeError(f"{self.name}: {value!r} is no {self.kind}")
        number: Any = value
        if self.decimals is not None and -number.as_tuple().exponent > self.decimals:
            raise ValueError(f"{self.name}: {value} has more than {self.decimals} decimals")
        return value


def names(name: str, meaning: Text, source: Text | None = None) -> tuple[DataColumn, DataColumn]:
    """The two columns of something that is called otherwise in each language."""
    zh = DataColumn(f"{name}_zh", meaning + Text("（中文）", " (Chinese)"), source=source)
    return zh, DataColumn(f"{name}_en", meaning + Text("（英文）", " (English)"), source=source)


RECEIPT = DataColumn(
    "receipt",
    Text("使本行公开或形成本行的事项的存证回执号", "Receipt of the act that recorded or published the row"),
    source=Text(
        "存证日志；封存前及随其他事项形成的为空",
        "the evidence log; empty before it is sealed, and where a row came with another record",
    ),
)


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A row: the record that it says something of, and its values by column."""

    ref: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DataTable:
    """A data set as it stands: its rows, and when they last changed."""

    rows: list[list[Any]]
    modified: datetime | None


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set of rows that anybody may have; `acts` are the acts that record or publish what it tells."""

    code: str
    title: Text
    about: Text
    grounds: Text  # why it is public
    own_columns: tuple[DataColumn, ...]
    rows: Callable[[], Iterable[PublicRow]]
    acts: tuple[str, ...]

    @property
    def columns(self) -> tuple[DataColumn, ...]:
        return (*self.own_columns, RECEIPT)

    def table(self) -> DataTable:
        """Every row with the receipt of the newest act behind it."""
        rows = list(self.rows())
        refs, newest = {row.ref for row in rows}, {}
        entries = Entry.objects.filter(kind__in=self.acts).order_by("pk").values_list("subject", "leaf_index", "at")
        for subject, leaf, at in entries:
            if subject in refs:
                newest[subject] = (leaf, at)
        nothing = (None, None)
        table = []
        for row in rows:
            if unknown := row.values.keys() - {column.name for column in self.own_columns}:
                raise ValueError(f"{self.code}: no column {sorted(unknown)}")
            leaf, _ = newest.get(row.ref, nothing)
            values = [column.checked(row.values.get(column.name)) for column in self.own_columns]
            table.append([*values, None if leaf is None else number_of(leaf)])
        # a file changes with the newest act behind it, and once more when that is sealed and has a receipt
        leaves = [leaf for leaf, _ in newest.values() if leaf is not None]
        sealed = Head.objects.filter(size__gt=max(leaves)).order_by("size").first() if leaves else None
        moments = [at for _, at in newest.values()] + ([sealed.at] if sealed else [])
        return DataTable(table, max(moments, default=None))


_SETS: dict[str, tuple[int, DataSet]] = {}


def register(data_set: DataSet, order: int = 50) -> None:
    """Have a data set given away; the same code again replaces it."""
    _SETS[data_set.code] = (order, data_set)


def data_sets() -> list[DataSet]:
    """Every data set, by its place on the page."""
    return [data_set for _, data_set in sorted(_SETS.values(), key=lambda entry: entry[0])]


_UNKNOWN = Text("没有“{code}”数据集；现有：{codes}", "there is no data set “{code}”; there are: {codes}")
MOST_SHOWN = 40  # characters of what was asked for


def data_set_of(code: str) -> DataSet:
    """The data set with a code, or a refusal that names those there are."""
    if code not in _SETS:
        codes = ", ".join(data_set.code for data_set in data_sets())
        raise Refused("DATA-SET", _UNKNOWN.format(code=code[:MOST_SHOWN], codes=codes), 404)
    return _SETS[code][1]
