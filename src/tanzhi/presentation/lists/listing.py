"""A declared list: the same rows as page, as xlsx and as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from . import export, page
from .declaration import (
    Declaration,
    FillingStep,
    Filter,
    ListCell,
    ListColumn,
    ListRow,
    Rows,
    deadline_tone,
    state_filter,
    values_as_options,
    year_filter,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


__all__ = [
    "FillingStep",
    "Filter",
    "ListCell",
    "ListColumn",
    "ListRow",
    "Listing",
    "alone",
    "deadline_tone",
    "state_filter",
    "values_as_options",
    "year_filter",
]  # fmt: skip


class Listing(Declaration):
    """The declaration of a list; `respond` makes the page, the part that HTMX asks for, or the file."""

    __slots__ = ()

    def is_asked_for(self, request: HttpRequest) -> bool:
        """Whether this list alone is asked for, of a page with several: its file, or the part that HTMX exchanges."""
        part = request.headers.get("HX-Target") == page.element(self)
        return part or request.GET.get(f"{self.prefix}export", "") in export.FORMATS

    def respond(
        self, request: HttpRequest, rows: Rows, template: str, context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        """The page with this list as `listing` in its context; the file where an export was asked for."""
        form = request.GET.get(f"{self.prefix}export", "")
        if form in export.FORMATS:
            return export.response(self, page.selected(self, request.GET, rows), form)
        visible = page.list_context(self, request, rows)
        part = request.headers.get("HX-Target") == visible.element
        whole = {**(context or {}), "listing": visible}
        response = render(request, "presentation/listing.html" if part else template, whole)
        patch_vary_headers(response, ["HX-Target"])
        return response


def alone(request: HttpRequest, *lists: tuple[Listing, Rows]) -> HttpResponse | None:
    """One of the further lists of a page, where it alone is asked for: its file, or the part that HTMX exchanges."""
    pair = next((pair for pair in lists if pair[0].is_asked_for(request)), None)
    return pair[0].respond(request, pair[1], "presentation/listing.html") if pair else None
