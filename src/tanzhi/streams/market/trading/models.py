"""Trades as the exchange's statements tell them, one side each, and the statements they came with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.market import METHODS

BUY, SELL = "buy", "sell"
SIDES = {BUY: Text("买入", "bought"), SELL: Text("卖出", "sold")}


class StatementQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path")


class Statement(models.Model):
    """A statement of an exchange (交易对账单), read in once."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    venue = models.CharField(max_length=40)
    reference = models.CharField(max_length=60)
    source = models.CharField(max_length=300)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=["venue", "reference"], name="one_statement"),)

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path)

    @property
    def name(self) -> Text:
        return Text("{venue} 对账单 {n}", "{venue}, statement {n}").format(venue=self.venue, n=self.reference)

    def get_absolute_url(self) -> str:
        return reverse("exchange:trades")


class TradeQuerySet(ScopedQuerySet):
    def standing(self) -> TradeQuerySet:
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)


class Trade(models.Model):
    """One side of a trade: who bought or sold, what, how much, at which price; money in fen."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="trades")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="trades")
    venue = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    day = models.DateField(db_index=True)
    side = models.CharField(max_length=4)
    method = models.CharField(max_length=10)
    unit = models.CharField(max_length=60)  # code of the vintage
    quantity = models.BigIntegerField()  # t
    price_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    previous_close_fen = models.BigIntegerField(null=True)
    questions: models.JSONField[Any, Any] = models.JSONField(default=list)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)
    objects = TradeQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["venue", "number", "side"], condition=Q(cancelled_at=None), name="one_side_of_a_trade"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen=F("price_fen") * F("quantity")), name="amount_is_price_times_quantity"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0) & Q(price_fen__gt=0), name="trade_of_something"),
        )

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def price(self) -> Decimal:
        """CNY/t"""
        return Decimal(self.price_fen).scaleb(-2)

    @property
    def amount(self) -> Decimal:
        """CNY"""
        return Decimal(self.amount_fen).scaleb(-2)

    @property
    def name(self) -> Text:
        return Text("成交 {n}", "trade {n}").format(n=self.number)

    @property
    def other_side(self) -> Trade | None:
        """The other side of the same trade, where both are enterprises of ours."""
        rows = Trade.objects.standing().filter(venue=self.venue, number=self.number).exclude(side=self.side)
        return rows.select_related("organisation").first()

    def get_absolute_url(self) -> str:
        return reverse("exchange:trade", args=[self.pk])

    @property
    def side_label(self) -> Text:
        return SIDES[self.side]

    @property
    def method_label(self) -> Text:
        return METHODS[self.method]
