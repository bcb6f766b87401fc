"""What other rooms may ask of the registry, and the postings that they may have made in an action of their own."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text

from .accounts import holding_of, open_account
from .credits import Batch, issue_credits
from .model import ALLOWANCE, HOLDING, LIVE, Account, Balance, UnitKind
from .settlement import TradeSide, settle, unsettle
from .units import CreditOrigin, allowance_unit, unit_in

__all__ = [
    "Batch",
    "CreditOrigin",
    "TradeSide",
    "account_of",
    "allowance_codes",
    "allowance_unit",
    "holding_of",
    "holdings",
    "issue_credits",
    "open_account",
    "settle",
    "unit_in",
    "unsettle",
]


def account_of(organisation: Organisation) -> Account | None:
    """The organisation's holding account."""
    return Account.objects.filter(organisation=organisation, kind=HOLDING).first()


def holdings(organisation: Organisation) -> dict[UnitKind, int]:
    """What an organisation owns of each unit, tonnes; what is frozen, pledged or on its way is still its own."""
    by_unit: dict[UnitKind, int] = {}
    rows = Balance.objects.filter(account__organisation=organisation, account__kind__in=LIVE).select_related("unit")
    for row in rows.order_by("unit__kind", "unit__first_year", "unit__code"):
        by_unit[row.unit] = by_unit.get(row.unit, 0) + row.amount
    return {unit: tonnes for unit, tonnes in by_unit.items() if tonnes}


def allowance_codes() -> Iterator[tuple[str, Text]]:
    """The vintages that the books know."""
    for unit in UnitKind.objects.filter(kind=ALLOWANCE):
        yield unit.code, unit.name
