"""The lists by year, one list with its criteria and rows, one row with what was decided and stated."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tanzhi.law.evaluation import table_of
from tanzhi.law.lacking import sureness_of
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.entries import Period
from tanzhi.workflow.case.pages import case_page

from .candidates import CHANGES, criteria
from .lists import KEY_LISTS, rows_of
from .model import OFF, ON, OPEN, KeyUnitList, KeyUnitListRow
from .work import public_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tanzhi.rulebook.kernel.entries import DatedValue
    from tanzhi.rulebook.kernel.text import Text

PARAMETERS = ("list_threshold", "list_years_before", "list_years_below")


def _counted(lists: QuerySet[Any]) -> QuerySet[Any]:
    """With the numbers of enterprises that enter, leave, stand, and await something."""
    counted: QuerySet[Any] = lists.annotate(
        entering=Count("rows", filter=Q(rows__decision=ON, rows__is_listed=False)),
        leaving=Count("rows", filter=Q(rows__decision=OFF, rows__is_listed=True)),
        standing=Count("rows", filter=Q(rows__decision=ON)),
        waiting=Count("rows", filter=Q(rows__decision="") | Q(rows__stated_at__isnull=False, rows__answered_at=None)),
    )
    return counted


def key_lists(request: HttpRequest) -> HttpResponse:
    """Every list that the reader may see."""
    visible = KeyUnitList.objects.visible_to(actor_of(request)).select_related("region")
    return KEY_LISTS.respond(request, _counted(visible), "verification/key_lists.html")


def key_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: criteria with their law, what changes against the list of today, and every row."""
    lists = _counted(KeyUnitList.objects.visible_to(actor_of(request)).select_related("region"))
    record: KeyUnitList = get_object_or_404(lists, pk=pk)
    rule = criteria(record.year)
    listing = rows_of(rule, with_figures=actor_of(request).works_with(record.place))
    rows = record.rows.select_related("organisation__region", "key_list")
    if request.GET.get("export") or request.headers.get("HX-Target") == "listing-rows":
        return listing.respond(request, rows, "verification/key_list.html")
    changes = dict(record.rows.values_list("change").annotate(n=Count("pk")).order_by())
    context = {
        "listing": list_context(listing, request, rows),
        "rule": rule,
        "due": public_by(record.year),
        "parameters": _parameters(record.year),
        "changes": [(label, changes[code], code) for code, label in CHANGES.items() if code in changes],
        "counted": record,
        "open": record.state in OPEN,
    }
    return case_page(request, record, "verification/key_list.html", context)


def _parameters(year: int) -> list[tuple[Text, str, DatedValue, Text]]:
    """The values by which a year's list is drawn up: label, unit, the value with its source, how sure it is."""
    first, values = date(year, 1, 1), []
    for name in PARAMETERS:
        table = table_of(f"national_plans.{name}")
        if (value := table.find(Period(first, first), {})) is not None:
            values.append((table.label, table.unit, value, sureness_of(value)))
    return values


def key_list_row(request: HttpRequest, pk: int) -> HttpResponse:
    """One enterprise of a list."""
    actor = actor_of(request)
    rows = KeyUnitListRow.objects.visible_to(actor).select_related("organisation__region", "key_list__region")
    row: KeyUnitListRow = get_object_or_404(rows, pk=pk)
    # figures, and what an enterprise states and how it is answered, are between it and the authority
    context = {
        "row": row,
        "rule": criteria(row.key_list.year),
        "inside": row.tells_figures(actor),
        "reads_list": row.key_list.seen_by(actor),
    }
    return render(request, "verification/key_list_row.html", context)
