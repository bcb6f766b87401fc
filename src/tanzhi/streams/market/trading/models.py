"""Trades as the exchange's statements tell them, one side each, the statements they came with, and daily quotes."""

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


class Quote(models.Model):
    """A trading day as an exchange published it (每日行情); money in fen, prices in fen a tonne; blank: not told."""

    audience = "everybody"  # the exchange publishes it

    day = models.DateField(db_index=True)
    venue = models.CharField(max_length=40)
    product = models.CharField(max_length=60, blank=True)  # what it is about, where a day has several
    opening_fen = models.BigIntegerField(null=True)
    highest_fen = models.BigIntegerField(null=True)
    lowest_fen = models.BigIntegerField(null=True)
    closing_fen = models.BigIntegerField()
    listed_quantity = models.BigIntegerField(null=True)  # t
    listed_amount_fen = models.BigIntegerField(null=True)
    block_quantity = models.BigIntegerField(null=True)
    block_amount_fen = models.BigIntegerField(null=True)
    auction_quantity = models.BigIntegerField(null=True)
    auction_amount_fen = models.BigIntegerField(null=True)
    total_quantity = models.BigIntegerField(null=True)
    total_amount_fen = models.BigIntegerField(null=True)
    cumulative_quantity = models.BigIntegerField(null=True)
    cumulative_amount_fen = models.BigIntegerField(null=True)
    source = models.CharField(max_length=300)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-day", "venue", "product")
        constraints = (
            models.UniqueConstraint(fields=["venue", "product", "day"], name="one_quote_of_a_day"),
            models.CheckConstraint(condition=Q(closing_fen__gt=0), name="quote_with_a_price"),
        )

    @property
    def name(self) -> Text:
        words = Text("{venue} {day} 行情", "{venue}, quote of {day}")
        return words.format(venue=f"{self.venue} {self.product}".strip(), day=self.day.isoformat())

    def get_absolute_url(self) -> str:
        return f"{reverse('exchange:trades')}#quotes"

    @property
    def closing(self) -> Decimal:
        """CNY/t"""
        return Decimal(self.closing_fen).scaleb(-2)

    @property
    def opening(self) -> Decimal | None:
        return yuan(self.opening_fen)

    @property
    def highest(self) -> Decimal | None:
        return yuan(self.highest_fen)

    @property
    def lowest(self) -> Decimal | None:
        return yuan(self.lowest_fen)

    @property
    def total_amount(self) -> Decimal | None:
        """CNY"""
        return yuan(self.total_amount_fen)


def yuan(fen: int | None) -> Decimal | None:
    """Whole fen as yuan; nothing stays nothing."""
    return None if fen is None else Decimal(fen).scaleb(-2)
