"""The ledger: GDP, energy and reference points, by vintage."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from tanzhi.actions.actor import Place
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.scope import RegionalQuerySet
from tanzhi.rulebook.kernel.text import Text

FLASH = "flash"
VINTAGES = {
    FLASH: Text("快报", "flash"),
    "annual": Text("年报", "annual"),
    "verified": Text("核定", "verified"),
    "census": Text("普查修订", "census revision"),
}
"""How settled a datum is, the least settled first (数据口径)."""
RANK = {code: rank for rank, code in enumerate(VINTAGES)}
SETTLED = tuple(code for code in VINTAGES if code != FLASH)
SCOPES = {
    "official": Text("能源活动，含净调入电力（国家考核口径）", "energy and net imported electricity (official scope)"),
    "fuels": Text("能源活动，不含电力调入调出", "energy without transfers of electricity"),
    "process": Text("能源活动与工业过程", "energy and industrial processes"),
}
"""What a balance counts (核算口径); only balances of one scope are compared (INT-06)."""
OFFICIAL = "official"


class Regional(models.Model):
    """Something told of a region; never changed: a later vintage or a correction is another row."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    published = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # the import that told it was undone: it stays and counts no longer

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.published)


class GdpLevel(Regional):
    """Gross domestic product of a year at the prices of a base year (不变价地区生产总值), 10^8 yuan."""

    year = models.PositiveSmallIntegerField()
    price_base = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=60)
    index = models.CharField(max_length=20, blank=True)  # as told, the year before = 100; `value` then follows from it
    vintage = models.CharField(max_length=10)
    objects: ClassVar[Any] = RegionalQuerySet.as_manager()

    class Meta:
        ordering = ("region_id", "price_base", "year", "pk")


class EnergyBalance(Regional):
    """Energy consumed in a year by fuel (能源消费), 10^4 tce; electricity transfers stand in `transfers`."""

    year = models.PositiveSmallIntegerField()
    coal = models.CharField(max_length=30)
    oil = models.CharField(max_length=30)
    gas = models.CharField(max_length=30)
    transfers: models.JSONField[Any, Any] = models.JSONField(default=list)
    scope = models.CharField(max_length=10, default=OFFICIAL)
    vintage = models.CharField(max_length=10)
    objects: ClassVar[Any] = RegionalQuerySet.as_manager()

    class Meta:
        ordering = ("region_id", "year", "pk")


class ReferencePoint(models.Model):
    """A published change of intensity that we quote and do not compute, for example the nation's (参考序列)."""

    audience = "everybody"  # quoted from what was published

    series = models.CharField(max_length=40)
    zh = models.CharField(max_length=100)
    en = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    base_year = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=20)  # per cent, a decline is negative
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=10, blank=True)
    correction = models.CharField(max_length=300, blank=True)  # why it differs from what was told of the year before

    class Meta:
        ordering = ("series", "base_year", "year", "pk")

    @property
    def name(self) -> Text:
        return Text(self.zh, self.en)
