"""A year's energy as other books state it: a plant's form 205-1 and grid bills, a region's energy statistics."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.roles import REPORTS
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.checks.cross.energy import ITEMS, UNITS
from tanzhi.rulebook.checks.cross.year_books import FORM_205_1, GRID_BILL
from tanzhi.rulebook.kernel.text import Text

BOOKS = {
    FORM_205_1: Text("能源统计报表（205-1）", "Energy statistics (form 205-1)"),
    GRID_BILL: Text("电网结算单", "Bills of the grid"),
}


class StatedEnergy(models.Model):
    """An amount of one kind of energy in a year, with its source; of several rows the newest counts."""

    year = models.PositiveSmallIntegerField(db_index=True)
    item = models.CharField(max_length=40)
    quantity = models.CharField(max_length=40)  # in the unit of the item
    source = models.CharField(max_length=300)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def item_label(self) -> Text:
        return ITEMS[self.item].label

    @property
    def unit_label(self) -> Text:
        return UNITS[ITEMS[self.item].unit]

    @property
    def amount(self) -> Decimal:
        return Decimal(self.quantity)


class EnergyStatementQuerySet(ScopedQuerySet):
    fields = ScopeFields(room=REPORTS, year="year")


class EnergyStatement(StatedEnergy):
    """What a plant's other books say that it used of one kind of energy in a year (企业能源统计)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="energy_statements")
    book = models.CharField(max_length=20)
    objects = EnergyStatementQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "organisation__code", "book", "item", "pk")

    @property
    def place(self) -> Place:
        return Place(self.organisation_id, self.organisation.region.path, room=REPORTS, year=self.year)

    @property
    def book_label(self) -> Text:
        return BOOKS[self.book]


class EnergyStatisticQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path")


class EnergyStatistic(StatedEnergy):
    """What a region's energy statistics say of one kind of energy in a year (地区能源统计)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="energy_statistics")
    objects = EnergyStatisticQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "region__path", "item", "pk")

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path)
