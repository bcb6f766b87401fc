"""What programs read of the registry and of compliance; tonnes are whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tanzhi.presentation.records.kind import DECIMAL, WORDS, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .allocation.model import STAGES, AllocationLine, AllocationRun, Borrowing, Cycle, LoweredShare
from .compliance.model import CarriedIn, Surrender
from .ledger.model import (
    COMMANDS,
    HOLD_STATES,
    KINDS,
    STATES,
    Account,
    Balance,
    Command,
    Entry,
    Hold,
    SerialBlock,
    Transfer,
    UnitKind,
)
from .reconciliation.model import DifferenceExplanation, Reconciliation, StatementLine
from .representatives.model import Representative

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

NAME = RecordField("name", WORDS)
UNIT = RecordField("unit")
OF_CYCLE = ("cycle__region__code", "cycle__code")
OF_RUN = ("run__cycle__region__code", "run__cycle__code", "run__year", "run__stage", "run__number")


def transfers_of_visible_accounts(actor: Actor) -> Any:
    seen = Account.objects.visible_to(actor).values("pk")
    return Transfer.objects.filter(Q(debit__in=seen) | Q(credit__in=seen))


def commands_of_visible_accounts(actor: Actor) -> Any:
    return Command.objects.filter(pk__in=transfers_of_visible_accounts(actor).order_by().values("command_id"))


register(
    RecordKind(
        "accounts",
        Text("登记账户", "Registry accounts"),
        Account,
        ("number",),
        (
            "number", NAME, "region", "organisation", RecordField("kind", words=KINDS), "parent", "purpose",
            RecordField("state", words=STATES), "reason", "opened_at", "revision",
        ),
        prefetch=("organisation__names",),
    )
)  # fmt: skip
register(
    RecordKind(
        "unit_kinds",
        Text("配额与减排量种类", "Kinds of unit"),
        UnitKind,
        ("code",),
        (NAME, "kind", "first_year", "last_year", "project", "serialised", "registered_on"),
    )
)
register(
    RecordKind(
        "holdings",
        Text("持有量", "Holdings"),
        Balance,
        ("account__number", "unit__code"),
        ("account", UNIT, "amount", "seq", "last_at"),
    )
)
register(
    RecordKind(
        "account_entries",
        Text("账户明细", "Entries of accounts"),
        Entry,
        ("account__number", "unit__code", "seq"),
        (
            "account", UNIT, "seq", "transfer", "amount", "balance_after",
            RecordField("kind", path="transfer__command__kind", words=COMMANDS),
            RecordField("business_date", path="transfer__business_date"),
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "transfers",
        Text("划转", "Transfers"),
        Transfer,
        ("pk",),
        ("command", "kind", UNIT, "debit", "credit", "amount", "reverses", "business_date", "posted_at"),
        rows=transfers_of_visible_accounts,
    )
)
register(
    RecordKind(
        "commands",
        Text("登记业务", "Postings"),
        Command,
        ("pk",),
        (RecordField("kind", words=COMMANDS), "at", "business_date"),
        rows=commands_of_visible_accounts,
    )
)
register(
    RecordKind(
        "serial_blocks",
        Text("减排量编号段", "Blocks of serial numbers"),
        SerialBlock,
        ("unit__code", "first", "pk"),
        (UNIT, "account", "first", "last", "since", "until"),
    )
)
register(
    RecordKind(
        "holds",
        Text("受限与待确认", "Holds"),
        Hold,
        ("account__number", "pk"),
        (
            "account", RecordField("kind", path="part__kind", words=KINDS), UNIT, "amount", "receiver", "reason",
            RecordField("state", words=HOLD_STATES), "since", "ended_at", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "cycles",
        Text("履约周期", "Compliance cycles"),
        Cycle,
        ("region__code", "code"),
        (
            "region",
            RecordField("cycle", path="code"),
            "first_year",
            "last_year",
            "deadline",
            "source",
            "state",
            "revision",
        ),
    )
)
register(
    RecordKind(
        "allocation_runs",
        Text("配额分配批次", "Allocation runs"),
        AllocationRun,
        (*OF_CYCLE, "year", "stage", "number"),
        (
            "cycle",
            "year",
            RecordField("stage", words=STAGES),
            "number",
            "release",
            "earlier",
            "issued_on",
            "state",
            "revision",
        ),
    )
)
register(
    RecordKind(
        "allocation_lines",
        Text("企业配额", "Allowances of enterprises"),
        AllocationLine,
        (*OF_RUN, "organisation__code"),
        (
            "run", "organisation", "source", "verified", "emission", "allowance", "obligation", "ahead", "to_issue",
            "top_up", "borrowable", "note", "lowered", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "borrowings",
        Text("预支", "Borrowings"),
        Borrowing,
        (*(f"line__{look}" for look in OF_RUN), "line__organisation__code", "pk"),
        ("line", "year", "tonnes", "command"),
    )
)
register(
    RecordKind(
        "lowered_shares",
        Text("预分配比例调低决定", "Lowered shares"),
        LoweredShare,
        (*OF_RUN, "organisation__code", "pk"),
        (
            "run", "organisation", RecordField("before", DECIMAL), RecordField("share", DECIMAL), "tonnes_before",
            "tonnes", "reason", "document", "decided_on",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "carried_in",
        Text("期初结转", "Carried in"),
        CarriedIn,
        (*OF_CYCLE, "organisation__code"),
        ("cycle", "organisation", "owed", "surrendered", "met_on", "holding", "source"),
    )
)
register(
    RecordKind(
        "surrenders",
        Text("清缴", "Surrenders"),
        Surrender,
        (*OF_CYCLE, "account__number", "pk"),
        (
            "account", RecordField("organisation", path="account__organisation"), "cycle", "allowances", "credits",
            "asked_at", "on", "reversed_on", "reason", "state", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "reconciliations",
        Text("登记系统对账", "Reconciliations"),
        Reconciliation,
        ("account__number", "reference"),
        ("account", "reference", "registry_account", "since", "until", "person_name", "at", "revision"),
    )
)
register(
    RecordKind(
        "statement_lines",
        Text("登记系统对账单的行", "Rows of registry statements"),
        StatementLine,
        ("reconciliation__account__number", "reconciliation__reference", "pk"),
        ("reconciliation", "day", "kind", UNIT, "other", "amount", "balance"),
    )
)
register(
    RecordKind(
        "difference_explanations",
        Text("对账差异说明", "Explanations of differences"),
        DifferenceExplanation,
        ("reconciliation__account__number", "reconciliation__reference", "pk"),
        ("reconciliation", "line", "transfer", "words", "person_name", "at"),
    )
)
register(
    RecordKind(
        "account_representatives",
        Text("账户代表", "Representatives of accounts"),
        Representative,
        ("account__number", "pk"),
        (
            "account", RecordField("person_name", path="person__name"), "since", "until", "reason", "state",
            "opened_at", "revision",
        ),
    )
)  # fmt: skip
