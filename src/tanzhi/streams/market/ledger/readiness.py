"""What the ledger says of a province's readiness: an account for each member of the market."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tanzhi.actions.readiness import WORK, NextStep, Shortfall, Standing, part
from tanzhi.organisations.register.queries import POWER_MARKET, members
from tanzhi.organisations.register.readiness import named, registered
from tanzhi.rulebook.kernel.text import Text

from .model import CLOSED, HOLDING, Account

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

OFFICER = frozenset({"provincial_officer"})
TO_ACCOUNTS = NextStep(Text("开立账户", "Open accounts"), OFFICER, "registry:accounts")


@part("registry.accounts", WORK, 20, Text("登记账户", "Registry accounts"), TO_ACCOUNTS)
def accounts_standing(actor: Actor, today: date) -> Standing:
    """Whoever is a member of the power market in this year or the one before has an account."""
    firms = {
        firm.pk: firm
        for year in (today.year - 1, today.year)
        for firm in members(year, POWER_MARKET).filter(pk__in=registered(actor))
    }
    if not firms:
        nobody = Text("没有纳入配额管理的单位", "no member of the market")
        why = Text("先决定年度纳入", "membership of the year is decided first")
        return Standing(nobody, why=why)
    accounts = Account.objects.filter(organisation__in=firms, kind=HOLDING, parent=None).exclude(state=CLOSED)
    with_account = set(accounts.values_list("organisation_id", flat=True))
    bare = [firm for key, firm in firms.items() if key not in with_account]
    words = Text("{n} 家没有账户", "{n} have no account").format(n=len(bare))
    lacks = (Shortfall("RDY-ACCOUNT", words, named(bare, today, actor)),) if bare else ()
    there = Text("{n} 家中 {k} 家有账户", "{k} of {n} have one")
    return Standing(there.format(n=len(firms), k=len(firms) - len(bare)), lacks)
