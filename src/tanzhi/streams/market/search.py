"""What of the market is searched: accounts, cycles, allocation runs and their lines, surrenders."""

from __future__ import annotations

from django.db.models import Q

from tanzhi.organisations.register.model import of_organisation
from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text, same

from .allocation.model import AllocationLine, AllocationRun, Cycle
from .compliance.model import Surrender
from .ledger.model import Account

register(
    RecordSearch(
        "registry.accounts",
        Text("登记账户", "Registry accounts"),
        Account,
        ("number", "purpose", *of_organisation("organisation")),
        detail=lambda row: same(f"{row.number} · ") + row.state_label,
        select=("organisation",),
        prefetch=("organisation__names",),
        only=Q(parent=None),
    ),
    34,
)
register(RecordSearch("registry.cycles", Text("履约周期", "Compliance cycles"), Cycle, ("code", "source")), 35)
register(
    RecordSearch(
        "registry.runs",
        Text("配额分配批次", "Allocation runs"),
        AllocationRun,
        ("year", "cycle__code"),
        select=("cycle",),
    ),
    36,
)
register(
    RecordSearch(
        "registry.lines",
        Text("企业配额", "Allowances of enterprises"),
        AllocationLine,
        ("run__year", *of_organisation("organisation")),
        detail=lambda row: row.run.state_label,
        select=("run__cycle", "organisation"),
        prefetch=("organisation__names",),
    ),
    37,
)
register(
    RecordSearch(
        "registry.surrenders",
        Text("清缴", "Surrenders"),
        Surrender,
        ("cycle__code", *of_organisation("account__organisation")),
        select=("account__organisation", "cycle"),
        prefetch=("account__organisation__names",),
    ),
    38,
)
