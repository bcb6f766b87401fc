"""What other rooms may ask of the registry, and the two postings that they may have made in an action of their own."""

from __future__ import annotations

from tanzhi.organisations.models import Organisation

from .accounts import holding_of, open_account
from .crediting import Batch, issue_credits
from .ledger import HOLDING, LIVE, Account, Balance, UnitKind
from .units import Project, allowance_unit

__all__ = [
    "Batch",
    "Project",
    "account_of",
    "allowance_unit",
    "holding_of",
    "holdings",
    "issue_credits",
    "open_account",
]


def account_of(organisation: Organisation) -> Account | None:
    """The organisation's holding account."""
    return Account.objects.filter(organisation=organisation, kind=HOLDING).first()


def holdings(organisation: Organisation) -> dict[UnitKind, int]:
    """What an organisation owns of each unit, tonnes; what is frozen, pledged or on its way is still its own."""
    found: dict[UnitKind, int] = {}
    rows = Balance.objects.filter(account__organisation=organisation, account__kind__in=LIVE).select_related("unit")
    for row in rows.order_by("unit__kind", "unit__first_year", "unit__code"):
        found[row.unit] = found.get(row.unit, 0) + row.amount
    return {unit: tonnes for unit, tonnes in found.items() if tonnes}
