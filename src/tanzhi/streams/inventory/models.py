"""An inventory of a region and year; what is noted of its blank cells; every compilation with its cells."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place, ScopeFields, scope
from tanzhi.actions.state_record import CaseRecord
from tanzhi.filings.months.model import Result
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.inventory.categories import CATEGORIES as TREE
from tanzhi.rulebook.inventory.categories import EDITIONS, GASES, NOTATIONS, WARMING_SETS
from tanzhi.rulebook.kernel.text import Text

DRAFT, COMPILED, IN_REVIEW, REVIEWED = "draft", "compiled", "in_review", "reviewed"
PUBLISHED, WITHDRAWN = "published", "withdrawn"
OPEN_STATES = (DRAFT, COMPILED)
CONFIDENTIAL = "C"


def own_regions(actor: Actor) -> set[int]:
    """Regions for which one of the actor's own organisations answers: whoever files their data sees their inventory."""
    organisation_ids = [grant.organisation_id for grant in actor.grants if grant.organisation_id is not None]
    return set(
        Organisation.objects.filter(pk__in=organisation_ids, kind="authority").values_list("region_id", flat=True)
    )


class InventoryQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path", published="published")

    def visible_to(self, actor: Actor) -> InventoryQuerySet:
        own = models.Q(region__in=own_regions(actor))
        return self.filter(scope(actor, self.fields) | own)


class Inventory(CaseRecord):
    """The inventory of a region for a year by an edition, in one set of warming potentials."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="inventories")
    year = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=20)
    gwp_set = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField(default=1)  # the second one recalculates the first
    published = models.BooleanField(default=False)
    objects = InventoryQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=["region", "year", "edition", "number"], name="one_inventory_a_number"),
        )

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.published)

    @property
    def name(self) -> Text:
        again = Text("（回算第{n}次）", " (recalculation {n})").format(n=self.number - 1)
        title = Text("{region}{year}年温室气体清单", "{region}, greenhouse gas inventory {year}")
        plain = title.format(region=self.region.name, year=self.year)
        return plain + again if self.number > 1 else plain

    def get_absolute_url(self) -> str:
        return reverse("inventory:inventory", args=[self.pk])

    def seen_by(self, actor: Actor) -> bool:
        return actor.sees(self.place) or self.region_id in own_regions(actor)

    @property
    def edition_label(self) -> Text:
        return EDITIONS[self.edition]

    @property
    def gwp_label(self) -> Text:
        return WARMING_SETS[self.gwp_set]

    @property
    def latest_run(self) -> Run | None:
        return self.runs.order_by("-number").first()

    @property
    def is_provisional(self) -> bool:
        return self.state != PUBLISHED


class Notation(models.Model):
    """Why a cell holds no number, or must not show it: NO, NE, NA, IE, C."""

    part_of = "inventory"

    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="notations")
    category = models.CharField(max_length=20)
    gas = models.CharField(max_length=10)
    key = models.CharField(max_length=2)
    reason = models.CharField(max_length=500, blank=True)
    target = models.CharField(max_length=20, blank=True)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["inventory", "category", "gas"], name="one_inventory_notation_a_cell"),
        )

    @property
    def label(self) -> Text:
        return NOTATIONS[self.key]


class Run(models.Model):
    """One compilation: from which deposited versions, by which release of the rules; never changed."""

    part_of = "inventory"

    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    versions: models.JSONField[Any, Any] = models.JSONField(default=dict)  # guideline -> version of the filing
    release = models.CharField(max_length=100)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["inventory", "number"], name="one_inventory_run_a_number"),)


class Cell(models.Model):
    """A category's mass of a gas in a compilation: an exact decimal string, or a notation; equivalents are derived."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="cells")
    category = models.CharField(max_length=20)
    gas = models.CharField(max_length=10)
    mass = models.CharField(max_length=80, null=True)  # t of the gas, removals negative
    notation = models.CharField(max_length=2, blank=True)
    result = models.ForeignKey(Result, models.PROTECT, null=True, related_name="+")
    marks: models.JSONField[Any, Any] = models.JSONField(
        default=list
    )  # kinds of reservations: draft, M-low, incomplete

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["run", "category", "gas"], name="one_inventory_cell_a_gas"),)

    @property
    def category_label(self) -> Text:
        return TREE[self.category].label

    @property
    def gas_label(self) -> Text:
        return GASES[self.gas].label

    @property
    def is_confidential(self) -> bool:
        return self.notation == CONFIDENTIAL

    def seen_by(self, actor: Actor) -> bool:
        """With its inventory; what is confidential by the authorities and whoever compiles it, published or not."""
        inventory = self.run.inventory
        if self.is_confidential:
            return actor.oversees(inventory.place) or inventory.region_id in own_regions(actor)
        return inventory.seen_by(actor)
