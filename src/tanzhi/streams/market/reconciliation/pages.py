"""The pages of reconciliation: the statements, and one beside our books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tanzhi.actions.references import reference
from tanzhi.actions.registry import ACTIONS
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.office.imports.model import COMMITTED, Import
from tanzhi.presentation.forms.buttons import address_of, may
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of

from . import lists
from .imports import IMPORT
from .model import Reconciliation
from .queries import Difference, reconciled

if TYPE_CHECKING:
    from tanzhi.streams.market.ledger.model import Transfer

    from .model import DifferenceExplanation, StatementLine

EXPLAIN = "registry.explain_difference"


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A difference as a list has it, with the way to its explanation for whoever may give it."""

    line: StatementLine | None
    transfer: Transfer | None
    amount_here: int | None
    explanation: DifferenceExplanation | None
    address: str

    @classmethod
    def of(cls, each: Difference, reconciliation: Reconciliation | None, onward: str) -> DifferenceRow:
        keys = {"line": each.line.pk if each.line else None, "transfer": each.transfer.pk if each.transfer else None}
        filled = {name: key for name, key in keys.items() if key}
        address = address_of(EXPLAIN, reconciliation, onward, filled) if reconciliation else ""
        return cls(each.line, each.transfer, each.amount_here, each.explanation, address)


@login_required
def reconciliations(request: HttpRequest) -> HttpResponse:
    """Every statement of the accounts in the reader's scope."""
    actor = actor_of(request)
    rows = Reconciliation.objects.visible_to(actor).select_related("account__organisation", "account__region")
    context = {"importer": IMPORT.address if IMPORT.by & actor.roles else ""}
    rows = rows.prefetch_related("account__organisation__names")
    return lists.RECONCILIATIONS.respond(request, rows, "registry/reconciliations.html", context)


@login_required
def reconciliation(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement: balances side by side, the groups, what its differences come from, its receipts."""
    actor = actor_of(request)
    rows = Reconciliation.objects.visible_to(actor).select_related("account__organisation", "account__region")
    statement = get_object_or_404(rows, pk=pk)
    result = reconciled(statement)
    explainable = statement if may(actor, ACTIONS[EXPLAIN], statement) else None
    groups = [
        (lists.MISSING_HERE, result.missing_here, explainable),
        (lists.MISSING_THERE, result.missing_there, explainable),
        (lists.DIFFERENT, result.different, explainable),
        (lists.EXPLAINED, result.explained, None),
        (lists.MATCHED, result.matched, None),
        (lists.REVERSED, result.reversed_here, None),
    ]
    tables = [
        (listing, [DifferenceRow.of(each, whose, request.path) for each in each_of])
        for listing, each_of, whose in groups
        if each_of or listing is not lists.REVERSED
    ]
    if part := alone(request, *tables):
        return part
    imported = import_of(statement)
    entries = entries_of(statement) + (entries_of(imported) if imported else ())
    context: dict[str, Any] = {
        "found": statement,
        "result": result,
        "tables": [(listing, len(rows_of), list_context(listing, request, rows_of)) for listing, rows_of in tables],
        "imported": imported,
        "entries": entries,
    }
    return render(request, "registry/reconciliation.html", context)


def import_of(statement: Reconciliation) -> Import | None:
    """The import that its rows came with."""
    line = statement.lines.first()
    refs = {reference(line)} if line else set()
    imports = Import.objects.filter(importer=IMPORT.name, state=COMMITTED, at=statement.at)
    return next((each for each in imports if refs & set(each.added)), None)
