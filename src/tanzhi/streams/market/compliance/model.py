"""Surrenders, and what was carried in from before our books."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.ledger.model import Account, Command


class CarriedIn(models.Model):
    """What the national registry states of an account at the start of our books: owed and surrendered before, held."""

    part_of = "organisation"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="carried_in")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    owed = models.BigIntegerField()
    surrendered = models.BigIntegerField()
    met_on = models.DateField(null=True)
    holding = models.BigIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["cycle", "organisation"], name="carried_in_once"),)


class SurrenderQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="account__organisation_id", region="account__region__path")


REQUESTED, CONFIRMED, RETURNED, REVERSED = "requested", "confirmed", "returned", "reversed"


class Surrender(CaseRecord):
    """What a plant hands in for a cycle (清缴): it sets the units aside, the province confirms."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="surrenders")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="surrenders")
    allowances = models.BigIntegerField()
    credits = models.BigIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    reserved = models.ForeignKey(Command, models.PROTECT, related_name="+")
    command = models.OneToOneField(Command, models.PROTECT, null=True, related_name="surrender")
    on = models.DateField(null=True)
    reversed_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    objects = SurrenderQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")

    @property
    def place(self) -> Place:
        return self.account.place

    @property
    def origin(self) -> Account:
        return self.account

    @property
    def name(self) -> Text:
        words = Text("{who} {cycle} 清缴 {n} 吨", "{who}, {cycle}: {n} t")
        total = f"{self.allowances + self.credits:,}"
        return words.format(who=self.account.name, cycle=self.cycle.code, n=total)

    def get_absolute_url(self) -> str:
        return reverse("registry:surrender", args=[self.pk])
