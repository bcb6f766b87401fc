"""What a list declares: columns, filters, search, order; and its cells in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.language import code
from tanzhi.actions.language import say as in_reader_language
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kind = Literal["text", "number", "date", "state", "link"]
Rows = Any  # a query set that is already scoped, or a plain list
Options = Mapping[str, Text] | Callable[[], Mapping[str, Text]]
YES, NO = Text("是", "Yes"), Text("否", "No")
ROWS = Text("条", "rows")
NOTHING = Text("没有符合条件的记录", "Nothing fits")
BRIEF = 16  # width of a date with its hour; a Chinese sign counts two


def deadline_tone(due_on: date, soon: int) -> str:
    """The colour of a deadline: late, due within so many days, or none."""
    left = (due_on - clock.today()).days
    return "late" if left < 0 else "due" if left <= soon else ""


def values_as_options(rows: Rows, field: str) -> dict[str, Text]:
    """What a field holds in some of the rows, in their order, to choose from; a blank is no choice."""
    values = rows.values_list(field, flat=True).distinct()
    return {str(value): same(str(value)) for value in values if value != ""}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: where its value comes from, how it is shown, by what it sorts."""

    name: str
    label: Text
    value: str | Callable[[Any], Any] = ""  # a dotted path or a function of the row; empty: the name
    kind: Kind = "text"
    sort: str | tuple[str, ...] = ""  # database fields (a plain list: any word); empty: cannot be sorted
    link: Callable[[Any], str] | None = None
    words: Mapping[str, Text] | None = None  # what a stored code means
    tone: Mapping[str, str] | Callable[[Any], str] | None = None  # a state's colour: ok, due, late, info
    unit: Text | None = None

    def of(self, row: Any) -> Any:
        """The value of this column in a row; a code that has words becomes those."""
        value = self.value(row) if callable(self.value) else reach(row, self.value or self.name)
        return self.words.get(str(value), value) if self.words is not None else value

    def tone_of(self, row: Any) -> str:
        if callable(self.tone):
            return self.tone(row)
        return self.tone.get(str(reach(row, str(self.value or self.name))), "") if self.tone else ""

    @property
    def heading(self) -> Text:
        """The label with its unit, once."""
        return (
            Text(f"{self.label.zh}（{self.unit.zh}）", f"{self.label.en} ({self.unit.en})") if self.unit else self.label
        )

    @property
    def heading_words(self) -> tuple[str, ...]:
        """The heading in both languages, for a file; once where both say the same."""
        return tuple(dict.fromkeys((self.heading.zh, self.heading.en)))


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows the list."""

    name: str
    label: Text
    options: Options
    where: str | Callable[[Rows, str], Rows] = ""  # a look-up or a function of rows and code; empty: the name

    @property
    def choices(self) -> Mapping[str, Text]:
        return self.options() if callable(self.options) else self.options

    def apply(self, rows: Rows, code: str) -> Rows:
        if callable(self.where):
            return self.where(rows, code)
        look = self.where or self.name
        if hasattr(rows, "filter"):
            return rows.filter(**{look: code})
        return [row for row in rows if str(reach(row, look.replace("__", "."))) == code]


def state_filter(words: Mapping[str, Text]) -> Filter:
    """A choice of the states of a kind of work, as its table words them."""
    return Filter("state", Text("状态", "State"), words)


def year_filter(rows: Callable[[], Rows]) -> Filter:
    """A choice of the years that some rows have, the last first."""
    return Filter("year", Text("年度", "Year"), lambda: values_as_options(rows().order_by("-year"), "year"))


@dataclass(frozen=True, slots=True)
class FillingStep:
    """What fills an empty list, for whoever may do the act of that name."""

    words: Text
    action: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a list shows and how it may be narrowed."""

    name: str  # "organisations.list": the key of saved views and the name of the file
    title: Text
    columns: tuple[ListColumn, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] | Callable[[Rows, str], Rows] = ()
    hint: Text | None = None  # what the search looks at
    order: str = ""  # a column, with a leading minus for descending; empty: as the rows come
    noun: Text = ROWS
    empty: Text = NOTHING
    step: FillingStep | None = None
    prepare: Callable[[list[Any]], None] | None = None  # fetches what the rows of one page need, at once
    page_size: int = 50
    prefix: str = ""  # keeps two lists on one page apart

    def column(self, name: str) -> ListColumn | None:
        return next((column for column in self.columns if column.name == name), None)


def is_brief(words: str) -> bool:
    """Whether words are few enough to stand on one line, also where the page is narrow."""
    return len(words.encode("gbk", "replace")) <= BRIEF


@dataclass(slots=True)
class ListCell:
    """One value in a row, ready for the page and for the file."""

    column: ListColumn
    value: Any
    link: str = ""
    tone: str = ""

    @property
    def words(self) -> str:
        """What the page says where the value is no number and no date."""
        return as_words(self.value)

    @property
    def brief(self) -> bool:
        """Whether the words are few enough to stand on one line, also where the page is narrow."""
        return is_brief(self.words)

    @property
    def is_number(self) -> bool:
        """Whether digits stand here: "not reported" in a column of numbers is said in words."""
        return self.column.kind == "number" and isinstance(self.value, int | Decimal | str)


@dataclass(frozen=True, slots=True)
class ListRow:
    record: Any
    cells: list[ListCell] = field(default_factory=list)


def cells_of(listing: Declaration, row: Any) -> list[ListCell]:
    return [
        ListCell(column, column.of(row), column.link(row) if column.link else "", column.tone_of(row))
        for column in listing.columns
    ]


def reach(row: Any, path: str) -> Any:
    """`region.name` of a row, calling what can be called; None where something on the way is None."""
    for name in path.split("."):
        row = row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)
        row = row() if callable(row) else row
        if row is None:
            return None
    return row


def as_words(value: Any) -> str:
    """A value in the language of the request; several are listed."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return in_reader_language(value)
    if isinstance(value, bool):
        return in_reader_language(YES if value else NO)
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list | tuple | set):
        return ("、" if code() == "zh" else ", ").join(as_words(part) for part in value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def sortable(value: Any) -> tuple[int, Any]:
    """A key for plain rows: blanks last, numbers as numbers, words as words."""
    if value is None or value == "":
        return (2, "")
    if isinstance(value, int | Decimal):
        return (0, Decimal(value))
    return (1, value.isoformat() if isinstance(value, date) else as_words(value))


def queryable(rows: Rows) -> bool:
    return hasattr(rows, "order_by")


def batches(rows: QuerySet[Any] | list[Any], listing: Declaration, size: int = 500) -> Iterable[Any]:
    """Every row, prepared as the page prepares its own."""
    every = list(rows)
    for start in range(0, len(every), size):
        part = every[start : start + size]
        if listing.prepare:
            listing.prepare(part)
        yield from part
