"""From a request to the rows it asks for: filters, words, order, page; and the addresses that change them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from tanzhi.actions.table import ACTIONS
from tanzhi.presentation.preferences.model import SavedView
from tanzhi.presentation.units import singular
from tanzhi.rulebook.kernel.text import Text

from .declaration import Declaration, Filter, ListColumn, ListRow, as_words, cells_of, queryable, reach, sortable
from .entrances import Entrance, entrances_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from django.http import HttpRequest, QueryDict

    from .declaration import Rows


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column; `address` sorts by it, the other way round if it already does."""

    column: ListColumn
    address: str
    direction: str  # ascending, descending, none


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A filter with the option selected."""

    filter: Filter
    name: str
    options: list[tuple[str, Text]]
    selected: str


@dataclass(frozen=True, slots=True)
class ListContext:
    """What the template draws."""

    listing: Declaration
    heads: list[ColumnHead]
    rows: list[ListRow]
    page: Page[Any]
    choices: list[FilterChoice]
    words: str
    query: str
    views: list[SavedView]
    hidden: list[tuple[str, str]]
    parameters: QueryDict
    entrances: list[Entrance]
    step: Text | None = None  # what fills it, where its reader may do that

    @property
    def element(self) -> str:
        return element(self.listing)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def noun(self) -> Text:
        """What is counted; English says it otherwise of one."""
        noun = self.listing.noun
        return Text(noun.zh, singular(noun.en)) if self.count == 1 else noun

    @property
    def searchable(self) -> bool:
        """Whether words may be looked for; a template must not ask the declaration, which may hold a function."""
        return bool(self.listing.search)

    @property
    def narrowed(self) -> bool:
        return bool(self.words) or any(choice.selected for choice in self.choices)

    def _address(self, **changes: str) -> str:
        return address(self.parameters, self.listing.prefix, **changes)

    @property
    def xlsx(self) -> str:
        return self._address(export="xlsx", page="")

    @property
    def csv(self) -> str:
        return self._address(export="csv", page="")

    @property
    def previous(self) -> str:
        return self._address(page=str(self.page.previous_page_number())) if self.page.has_previous() else ""

    @property
    def following(self) -> str:
        return self._address(page=str(self.page.next_page_number())) if self.page.has_next() else ""

    @property
    def bare(self) -> str:
        """The address without any of this list's own wishes."""
        names = {choice.filter.name: "" for choice in self.choices}
        return self._address(q="", sort="", page="", **names)


def element(listing: Declaration) -> str:
    """What a list is called on its page."""
    return f"listing-{listing.prefix or 'rows'}"


def list_context(listing: Declaration, request: HttpRequest, rows: Rows) -> ListContext:
    """The part of the rows that the request asks for, with everything around it."""
    params = request.GET
    roles: Set[str] = getattr(getattr(request, "actor", None), "roles", frozenset())
    step = listing.step if listing.step and ACTIONS[listing.step.action].by & roles else None
    page = Paginator(selected(listing, params, rows), listing.page_size).get_page(params.get(f"{listing.prefix}page"))
    records = list(page.object_list)
    if listing.prepare:
        listing.prepare(records)
    # Parameters that a filter form must carry along: the order, and whatever is not this list's.
    own = {
        f"{listing.prefix}{name}" for name in ("q", "page", "export", *(filter_.name for filter_ in listing.filters))
    }
    return ListContext(
        listing,
        [_head(listing, column, params) for column in listing.columns],
        [ListRow(record, cells_of(listing, record)) for record in records],
        page,
        [
            FilterChoice(filter_, name, list(filter_.choices.items()), code if code in filter_.choices else "")
            for filter_ in listing.filters
            for name in (f"{listing.prefix}{filter_.name}",)
            for code in (params.get(name, ""),)
        ],
        params.get(f"{listing.prefix}q", "").strip(),
        address(params, listing.prefix, page="", export="").removeprefix("?"),
        list(SavedView.objects.filter(person_id=request.user.pk, listing=listing.name))
        if request.user.is_authenticated
        else [],
        [(name, value) for name, values in params.lists() if name not in own for value in values if value],
        params,
        entrances_of(listing.name, roles),
        step.words if step else None,
    )


def selected(listing: Declaration, params: Mapping[str, str], rows: Rows) -> Rows:
    """The rows after filters, search and order; what the address says wrongly is passed over."""
    for filter_ in listing.filters:
        code = params.get(f"{listing.prefix}{filter_.name}", "")
        if code and code in filter_.choices:
            rows = filter_.apply(rows, code)
    words = params.get(f"{listing.prefix}q", "").strip()
    if words and listing.search:
        if callable(listing.search):
            rows = listing.search(rows, words)
        elif queryable(rows):
            rows = rows.filter(reduce(or_, (Q(**{f"{look}__icontains": words}) for look in listing.search)))
        else:
            paths = [path.replace("__", ".") for path in listing.search]
            rows = [row for row in rows if any(words.lower() in as_words(reach(row, path)).lower() for path in paths)]
    order = _order(listing, params)
    column = listing.column(order.removeprefix("-"))
    if column is None or not column.sort:
        return rows
    down = order.startswith("-")
    if not queryable(rows):
        ordered = sorted(rows, key=lambda row: sortable(column.of(row)), reverse=down)
        return sorted(ordered, key=lambda row: sortable(column.of(row))[0] == 2) if down else ordered
    fields = (column.sort,) if isinstance(column.sort, str) else column.sort
    return rows.order_by(*[f"-{name}" if down else name for name in fields], "-pk" if down else "pk")


def _order(listing: Declaration, params: Mapping[str, str]) -> str:
    order = params.get(f"{listing.prefix}sort", "")
    column = listing.column(order.removeprefix("-"))
    return order if column is not None and column.sort else listing.order


def _head(listing: Declaration, column: ListColumn, params: QueryDict) -> ColumnHead:
    present = _order(listing, params)
    if not column.sort:
        return ColumnHead(column, "", "none")
    directions = {column.name: "ascending", f"-{column.name}": "descending"}
    turned = f"-{column.name}" if present == column.name else column.name
    return ColumnHead(column, address(params, listing.prefix, sort=turned, page=""), directions.get(present, "none"))


def address(params: QueryDict, prefix: str, **changes: str) -> str:
    """The present parameters with some changed; an empty one is left out."""
    parameters = params.copy()
    for name, value in changes.items():
        parameters.pop(f"{prefix}{name}", None)
        if value:
            parameters[f"{prefix}{name}"] = value
    return f"?{parameters.urlencode()}"
