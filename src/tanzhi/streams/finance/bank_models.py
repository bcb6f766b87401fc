"""What banks record of a project: the link, credit granted, money disbursed; rows, never totals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text

from .models import Project
from .money import wan_of

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


class LinkQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="bank_id", region="project__region__path")

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach of the bank or the region; an owner sees those of its projects."""
        own = [g.organisation_id for g in actor.grants if g.role == "project_owner"]
        return super().visible_to(actor) | self.filter(
            project__owner_id__in=[organisation_id for organisation_id in own if organisation_id is not None]
        )


class BankLink(models.Model):
    """A project pushed to a bank (推送), which alone sees it and records what it lends."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="links")
    bank = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    assigned_on = models.DateField()
    revision = models.PositiveIntegerField(default=0)
    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ("assigned_on", "pk")
        constraints = (models.UniqueConstraint(fields=["project", "bank"], name="a_bank_once_a_project"),)

    @property
    def name(self) -> Text:
        return Text("{project}（{bank}）", "{project} ({bank})").format(project=self.project.name, bank=self.bank.name)

    @property
    def place(self) -> Place:
        return Place(organisation_id=self.bank_id, region_path=self.project.region.path)

    def get_absolute_url(self) -> str:
        return self.project.get_absolute_url()


class LinkedQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="link__bank_id", region="link__project__region__path")


class OfLink(models.Model):
    """An amount on a day, by a document of the bank."""

    amount_fen = models.BigIntegerField()
    on = models.DateField(db_index=True)
    document = models.CharField(max_length=100)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)
    objects = LinkedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("on", "pk")

    link: BankLink

    @property
    def place(self) -> Place:
        return self.link.place

    @property
    def amount(self) -> Decimal:
        return wan_of(self.amount_fen)

    def get_absolute_url(self) -> str:
        return self.link.get_absolute_url()


class Credit(OfLink):
    """Credit granted (授信)."""

    link = models.ForeignKey(BankLink, models.PROTECT, related_name="credits")


class Disbursement(OfLink):
    """Money disbursed (放款、到位)."""

    link = models.ForeignKey(BankLink, models.PROTECT, related_name="disbursements")

    @property
    def name(self) -> Text:
        return self.link.name
