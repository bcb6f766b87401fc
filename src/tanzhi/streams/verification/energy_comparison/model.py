"""A part of the difference between a region's statistics and its plants' reports that somebody explained."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.checks.cross.energy import ITEMS, UNITS
from tanzhi.rulebook.kernel.text import Text

KINDS = {
    "unlisted": Text("名录外单位", "Units not on the list"),
    "coverage": Text("统计口径不同", "Coverage differs"),
    "conversion": Text("加工转换", "Conversion of energy"),
    "captive": Text("自备电厂", "Captive power"),
    "timing": Text("时间差", "Timing"),
    "other": Text("其他", "Other"),
}


class EnergyExplanationQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path")


class EnergyExplanation(models.Model):
    """So much of one kind of energy is in the statistics and not in the reports (below zero: the other way round)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="energy_explanations")
    year = models.PositiveSmallIntegerField(db_index=True)
    item = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    quantity = models.CharField(max_length=40)
    reason = models.TextField()
    basis = models.CharField(max_length=300)  # the paper: its title and number
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    objects = EnergyExplanationQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "region__path", "item", "pk")

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path)

    @property
    def name(self) -> Text:
        named = Text("{year} 年{item}：{kind}", "{item} of {year}: {kind}")
        return named.format(year=self.year, item=self.item_label, kind=KINDS[self.kind])

    @property
    def item_label(self) -> Text:
        return ITEMS[self.item].label

    @property
    def unit_label(self) -> Text:
        return UNITS[ITEMS[self.item].unit]

    @property
    def amount(self) -> Decimal:
        return Decimal(self.quantity)

    def get_absolute_url(self) -> str:
        return f"{reverse('verification:energy')}?year={self.year}&region={self.region.code}"
