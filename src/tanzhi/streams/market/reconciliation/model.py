"""A statement of the national registry for one account, its rows as they stand there, and explained differences."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.model import Account, Transfer, UnitKind


class ReconciliationQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="account__organisation_id", region="account__region__path")


class Reconciliation(models.Model):
    """A statement of account of the national registry (账户对账单), held against our books; it changes none of them."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="reconciliations")
    reference = models.CharField(max_length=60)
    registry_account = models.CharField(max_length=60, blank=True)  # the account's number at the national registry
    since = models.DateField(null=True)  # as the statement says; where it says nothing, its first and last row
    until = models.DateField(null=True)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=["account", "reference"], name="one_statement_of_an_account"),)

    @property
    def place(self) -> Place:
        return self.account.place

    @property
    def name(self) -> Text:
        words = Text("{account} 对账单 {n}", "{account}, statement {n}")
        return words.format(account=self.account.number, n=self.reference)

    def get_absolute_url(self) -> str:
        return reverse("registry:reconciliation", args=[self.pk])

    def period(self) -> tuple[date, date]:
        """From the first to the last day that it tells of."""
        days = [line.day for line in self.lines.all()]
        return self.since or min(days), self.until or max(days)


class StatementLine(models.Model):
    """A row of the statement: in is positive, out negative; nothing where it only says a balance."""

    part_of = "reconciliation"

    reconciliation = models.ForeignKey(Reconciliation, models.PROTECT, related_name="lines")
    day = models.DateField()
    kind = models.CharField(max_length=60)  # the registry's word
    unit = models.ForeignKey(UnitKind, models.PROTECT, related_name="+")
    other = models.CharField(max_length=100, blank=True)
    amount = models.BigIntegerField()  # t
    balance = models.BigIntegerField()  # t, after it

    class Meta:
        ordering = ("reconciliation_id", "pk")
        constraints = (models.CheckConstraint(condition=Q(balance__gte=0), name="statement_balance_not_negative"),)

    @property
    def name(self) -> Text:
        words = Text("{day} {kind} {unit} {amount} 吨", "{day} {kind} {unit} {amount} t")
        return words.format(day=self.day.isoformat(), kind=self.kind, unit=self.unit.code, amount=f"{self.amount:,}")

    def get_absolute_url(self) -> str:
        return self.reconciliation.get_absolute_url()


class DifferenceExplanation(models.Model):
    """What a difference comes from, as a person says it; it holds as long as row and posting are those it is about."""

    part_of = "reconciliation"

    reconciliation = models.ForeignKey(Reconciliation, models.PROTECT, related_name="explanations")
    line = models.ForeignKey(StatementLine, models.PROTECT, null=True, related_name="+")
    transfer = models.ForeignKey(Transfer, models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("reconciliation_id", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(line__isnull=False) | Q(transfer__isnull=False), name="explanation_of_something"
            ),
        )
