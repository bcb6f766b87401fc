"""The ledger's tables: accounts, kinds of unit, commands, transfers and what the database makes of them.

A row of `Transfer` is one debit and one credit of one amount. Triggers (`guards`) turn it into two entries with a
running balance and refuse everything else, so no program can leave the books unbalanced or an account below its floor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

HOLDING, FREEZE, PLEDGE, PENDING = "holding", "freeze", "pledge", "pending"
SOURCE, MARKET, SURRENDER, CANCEL = "source", "market", "surrender", "cancel"
KINDS: dict[str, Text] = {
    HOLDING: Text("持有账户", "Holding account"),
    FREEZE: Text("冻结", "Frozen"),
    PLEDGE: Text("质押", "Pledged"),
    PENDING: Text("待对方确认", "Awaiting the receiver"),
    SOURCE: Text("发放", "Issuance"),
    MARKET: Text("省外及交易机构", "Outside the province and exchange"),
    SURRENDER: Text("清缴", "Surrendered"),
    CANCEL: Text("注销", "Cancelled"),
}
NUMBERS = {HOLDING: 100, FREEZE: 110, PLEDGE: 120, PENDING: 130, SOURCE: 900, MARKET: 910, SURRENDER: 920, CANCEL: 930}
LIVE = (HOLDING, FREEZE, PLEDGE, PENDING)
BELOW_ZERO = (SOURCE, MARKET)
OPEN, FROZEN, BLOCKED, CLOSED = "open", "frozen", "blocked", "closed"
STATES: dict[str, Text] = {
    OPEN: Text("正常", "open"),
    FROZEN: Text("限制转出", "no debits"),
    BLOCKED: Text("核对不符，已锁定", "blocked by the checker"),
    CLOSED: Text("已销户", "closed"),
}
ALLOWANCE, CREDIT = "CEA", "CCER"
COMMANDS: dict[str, Text] = {
    "opening": Text("期初结转", "opening balance"),
    "issue": Text("发放", "issue"),
    "return": Text("退回", "return"),
    "borrow": Text("预支", "borrowing"),
    "deduct": Text("核减", "deduction"),
    "trade": Text("交易交收", "settlement of a trade"),
    "transfer": Text("划转", "transfer"),
    "pending": Text("划转待确认", "transfer sent"),
    "freeze": Text("冻结", "freeze"),
    "pledge": Text("质押", "pledge"),
    "release": Text("解除", "release"),
    "reserve": Text("清缴申请", "set aside for surrender"),
    "surrender": Text("清缴", "surrender"),
    "cancel": Text("注销", "cancellation"),
    "reverse": Text("冲正", "reversal"),
}
REVERSIBLE = ("opening", "issue", "borrow", "deduct", "surrender")
"""What may be mirrored here; a trade is where it is kept, what is on hold is released, a cancellation is final."""


class AccountQuerySet(ScopedQuerySet):
    fields = ScopeFields(region="region__path")


class Account(models.Model):
    """Whose units they are, or where they come from and go to; amounts on hold lie in accounts below a holding one."""

    number = models.CharField(max_length=20, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="registry_accounts")
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    purpose = models.CharField(max_length=40, blank=True)  # of the province's own accounts: the cycle, the reason
    floor = models.BigIntegerField(null=True, default=0)  # none: issuance and the world outside may go below zero
    state = models.CharField(max_length=20, default=OPEN)
    reason = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "kind"], condition=Q(parent=None), name="one_account_of_a_kind"
            ),
            models.UniqueConstraint(fields=["parent", "kind"], name="one_part_of_a_kind"),
            models.UniqueConstraint(
                fields=["region", "kind", "purpose"], condition=Q(organisation=None), name="one_own_account"
            ),
        )

    @property
    def place(self) -> Place:
        return Place(self.organisation_id, self.region.path)

    @property
    def name(self) -> Text:
        return self.organisation.name if self.organisation else self.kind_label

    @property
    def kind_label(self) -> Text:
        return KINDS[self.kind]

    @property
    def state_label(self) -> Text:
        return STATES[self.state]

    def get_absolute_url(self) -> str:
        return reverse("registry:account", args=[self.parent_id or self.pk])


class UnitKind(models.Model):
    """What one tonne of the ledger is: allowances of a vintage, or CCER of a project and the year they arose in."""

    audience = "everybody"  # the catalogue of what is traded

    code = models.CharField(max_length=60, unique=True)  # CEA, CEA21, CCER-ABC-2021
    kind = models.CharField(max_length=10)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    project = models.CharField(max_length=100, blank=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    serialised = models.BooleanField(default=False)
    registered_on = models.DateField(null=True)  # of the project: decides whether its CCER may offset

    class Meta:
        ordering = ("kind", "first_year", "code")

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)


class Balance(models.Model):
    """What an account holds of a unit; only the ledger's triggers write it."""

    part_of = "account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="balances")
    unit = models.ForeignKey(UnitKind, models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField(default=0)
    seq = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(null=True)
    last_transfer = models.BigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "unit"], name="one_balance"),
            models.CheckConstraint(condition=Q(amount__gte=F("floor")), name="balance_above_floor"),
        )


class Command(models.Model):
    """What somebody had the ledger do, once; its key makes a repetition harmless."""

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20)
    payload = models.TextField()  # canonical JSON
    payload_hash = models.CharField(max_length=64)
    initiator = models.BigIntegerField()  # person's id; 0 is the platform itself
    approver = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    business_date = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(approver=F("initiator")) | Q(approver=None), name="four_eyes_differ"),
        )

    @property
    def place(self) -> Place:
        """The province whose books it is in."""
        moved = self.transfers.select_related("debit__region").first()
        return Place(region_path=moved.debit.region.path.split("/", maxsplit=1)[0] + "/") if moved else Place()

    def seen_by(self, actor: Actor) -> bool:
        """Whoever sees an account that it moved."""
        seen = Account.objects.visible_to(actor).values("pk")
        return self.transfers.filter(Q(debit__in=seen) | Q(credit__in=seen)).exists()

    @property
    def kind_label(self) -> Text:
        return COMMANDS.get(self.kind, same(self.kind))

    @property
    def name(self) -> Text:
        return Text("{kind} {day}", "{kind}, {day}").format(kind=self.kind_label, day=self.business_date.isoformat())


class Transfer(models.Model):
    """One amount of one unit out of an account and into another; never changed, reversed at most once."""

    command = models.ForeignKey(Command, models.PROTECT, related_name="transfers")
    kind = models.CharField(max_length=20)
    unit = models.ForeignKey(UnitKind, models.PROTECT, related_name="+", db_index=False)
    debit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    credit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    business_date = models.DateField()
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_of_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_elsewhere"),
        )

    def seen_by(self, actor: Actor) -> bool:
        """Whoever sees an account that it left or reached."""
        return Account.objects.visible_to(actor).filter(pk__in=(self.debit_id, self.credit_id)).exists()


class Entry(models.Model):
    """One leg of a transfer with the balance after it; numbered without a gap for each account and unit."""

    part_of = "account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    unit = models.ForeignKey(UnitKind, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    seq = models.BigIntegerField()
    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField()
    floor = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "unit", "seq"], name="one_entry_a_seq"),
            models.CheckConstraint(condition=Q(balance_after__gte=F("floor")), name="entry_above_floor"),
        )


class SerialBlock(models.Model):
    """A run of serial numbers of a serialised unit and who held it from one transfer to another."""

    part_of = "account"

    unit = models.ForeignKey(UnitKind, models.PROTECT, related_name="blocks")
    account = models.ForeignKey(Account, models.PROTECT, related_name="blocks")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    since = models.ForeignKey(Transfer, models.PROTECT, related_name="+", db_index=False)
    until = models.ForeignKey(Transfer, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering = ("unit_id", "first")
        constraints = (
            models.CheckConstraint(condition=Q(first__gt=0) & Q(last__gte=F("first")), name="block_of_something"),
        )

    @property
    def tonnes(self) -> int:
        return self.last - self.first + 1


ACTIVE, RELEASED, DONE = "active", "released", "done"
HOLD_STATES: dict[str, Text] = {
    ACTIVE: Text("生效", "in force"),
    RELEASED: Text("已解除", "released"),
    DONE: Text("已完成", "completed"),
}


class HoldQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="account__organisation_id", region="account__region__path")

    def visible_to(self, actor: Any) -> Any:
        """A hold is seen by whoever sees its account, a transfer by its receiver too."""
        seen = Account.objects.visible_to(actor)
        return self.filter(Q(account__in=seen) | Q(receiver__in=seen))


class Hold(models.Model):
    """An amount set aside by a posting: frozen, pledged, or on its way to a receiver who has not confirmed it yet."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="holds")
    part = models.ForeignKey(Account, models.PROTECT, related_name="+")
    unit = models.ForeignKey(UnitKind, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    receiver = models.ForeignKey(Account, models.PROTECT, null=True, related_name="incoming")
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=20, default=ACTIVE, db_index=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-pk")

    @property
    def place(self) -> Place:
        return self.account.place

    @property
    def name(self) -> Text:
        words = Text("{unit} {amount} 吨", "{amount} t of {unit}")
        return words.format(unit=self.unit.code, amount=f"{self.amount:,}")

    def get_absolute_url(self) -> str:
        return self.account.get_absolute_url()


class Incoming(Hold):
    """The same, as the receiver's business: he confirms or declines it."""

    class Meta:
        proxy = True

    @property
    def place(self) -> Place:
        return self.receiver.place if self.receiver else Place()

    def get_absolute_url(self) -> str:
        return (self.receiver or self.account).get_absolute_url()
