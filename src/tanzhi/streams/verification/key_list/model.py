"""A year's list of key emission units while it is drawn up, and its rows: one an enterprise and sector."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.organisations.sectors import sector_name
from tanzhi.rulebook.kernel.text import Text

from .candidates import CHANGES

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

DRAWN_UP, CIRCULATED, DECIDED, PUBLISHED = "drawn_up", "circulated", "decided", "published"
OPEN = (DRAWN_UP, CIRCULATED)
ON, OFF = "on", "off"
DECISIONS = {ON: Text("列入名录", "On the list"), OFF: Text("不列入名录", "Not on the list")}
UNDECIDED = Text("待决定", "To be decided")


class KeyUnitListQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path")

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """The authority's own from the first day on, everybody's who signed in once circulated, then the public's."""
        states = [PUBLISHED] if actor.person_id is None else [CIRCULATED, DECIDED, PUBLISHED]
        return super().visible_to(actor) | self.filter(state__in=states)


class KeyUnitList(CaseRecord):
    """The list of a region for a year (年度重点排放单位名录)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="key_unit_lists")
    year = models.PositiveSmallIntegerField()
    objects = KeyUnitListQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "region__path")
        constraints = (models.UniqueConstraint(fields=["region", "year"], name="one_list_a_year"),)

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.state == PUBLISHED)

    @property
    def name(self) -> Text:
        named = Text("{region} {year} 年重点排放单位名录", "{region}: list of key emission units {year}")
        return named.format(region=self.region.name, year=self.year)

    def get_absolute_url(self) -> str:
        return reverse("verification:key_list", args=[self.pk])

    def seen_by(self, actor: Actor) -> bool:
        return KeyUnitList.objects.visible_to(actor).filter(pk=self.pk).exists()

    def worked_by(self, actor: Actor) -> bool:
        """By the authority alone: what enterprises hand in with their statements is nobody else's, whoever reads it."""
        return actor.works_with(self.place)


class KeyUnitListRowQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """Whoever sees a list sees its rows, as it is public by law; an enterprise its own once it has applied."""
        own = super().visible_to(actor).filter(stated_at__isnull=False)
        return self.filter(key_list__in=KeyUnitList.objects.visible_to(actor)) | own


class KeyUnitListRow(models.Model):
    """One enterprise of a year's list: what was verified, what follows by the criteria, what was decided and why."""

    key_list = models.ForeignKey(KeyUnitList, models.PROTECT, related_name="rows")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="key_list_rows")
    sector = models.CharField(max_length=40)
    is_listed = models.BooleanField()  # on the list of the day on which it was drawn up
    change = models.CharField(max_length=20)  # by the criteria
    emission = models.CharField(max_length=40, blank=True)  # t, verified, of the year that decides; blank: none
    emission_before = models.CharField(max_length=40, blank=True)  # t, of the year before
    explained = models.CharField(max_length=200, blank=True)  # where the emission is explained
    decision = models.CharField(max_length=10, blank=True)  # on, off; blank: an officer is to decide
    reason = models.TextField(blank=True)
    statement = models.TextField(blank=True)  # objection or application of the enterprise
    stated_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    objects = KeyUnitListRowQuerySet.as_manager()

    class Meta:
        ordering = ("organisation__code", "sector")
        constraints = (
            models.UniqueConstraint(fields=["key_list", "organisation", "sector"], name="one_row_an_enterprise"),
        )

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def name(self) -> Text:
        named = Text("{name}（{year} 年名录）", "{name} (list of {year})")
        return named.format(name=self.organisation.name, year=self.key_list.year)

    def get_absolute_url(self) -> str:
        return reverse("verification:key_list_row", args=[self.pk])

    def tells_figures(self, actor: Actor) -> bool:
        """Whether a reader is told its emission and why it was decided: the enterprise itself, and its authorities.

        The list is public with its criteria; what an enterprise emits it makes public itself.
        """
        return actor.works_with(self.place)

    @property
    def change_label(self) -> Text:
        return CHANGES[self.change]

    @property
    def decision_label(self) -> Text:
        return DECISIONS.get(self.decision, UNDECIDED)

    @property
    def sector_name(self) -> Text:
        return sector_name(self.sector)

    @property
    def tonnes(self) -> Decimal | None:
        """Verified emission of the year that decides, t; None where none was verified."""
        return Decimal(self.emission) if self.emission else None

    @property
    def tonnes_before(self) -> Decimal | None:
        return Decimal(self.emission_before) if self.emission_before else None

    @property
    def waits(self) -> bool:
        """Whether an officer is to decide it, or to answer what the enterprise stated."""
        return not self.decision or (self.stated_at is not None and self.answered_at is None)


WAITING = Q(decision="") | Q(stated_at__isnull=False, answered_at=None)
"""Rows that `waits` says of, for the database."""
