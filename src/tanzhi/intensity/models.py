"""GDP and energy as told by statistics, vintage by vintage; reference series; targets; decompositions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.organisations.models import Region, ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text

VINTAGES = {
    "flash": Text("快报", "flash"),
    "annual": Text("年报", "annual"),
    "verified": Text("核定", "verified"),
    "census": Text("普查修订", "census revision"),
}
"""How settled a datum is, the least settled first (数据口径)."""
RANK = {code: rank for rank, code in enumerate(VINTAGES)}
SETTLED = tuple(code for code in VINTAGES if code != "flash")


class RegionalQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path", published="published")


class Regional(models.Model):
    """Something told of a region; never changed: a later vintage or a correction is another row."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    published = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    objects = RegionalQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.published)


class GdpLevel(Regional):
    """Gross domestic product of a year at the prices of a base year (不变价地区生产总值), 10^8 yuan."""

    year = models.PositiveSmallIntegerField()
    price_base = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=30)
    vintage = models.CharField(max_length=10)

    class Meta:
        ordering = ("region_id", "price_base", "year", "pk")


class EnergyBalance(Regional):
    """Energy consumed in a year by fuel (能源消费), 10^4 tce; electricity transfers stand in `transfers`."""

    year = models.PositiveSmallIntegerField()
    coal = models.CharField(max_length=30)
    oil = models.CharField(max_length=30)
    gas = models.CharField(max_length=30)
    transfers: models.JSONField[Any, Any] = models.JSONField(default=list)
    vintage = models.CharField(max_length=10)

    class Meta:
        ordering = ("region_id", "year", "pk")


class ReferencePoint(models.Model):
    """A published change of intensity that we quote and do not compute, for example the nation's (参考序列)."""

    series = models.CharField(max_length=40)
    zh = models.CharField(max_length=100)
    en = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    base_year = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=20)  # per cent, a decline is negative
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ("series", "base_year", "year", "pk")

    @property
    def name(self) -> Text:
        return Text(self.zh, self.en)


class Target(Regional):
    """A decline that a region is to reach against a base year (强度下降目标), per cent."""

    base_year = models.PositiveSmallIntegerField()
    end_year = models.PositiveSmallIntegerField()
    decline = models.CharField(max_length=20)
    binding = models.BooleanField(default=True)

    class Meta:
        ordering = ("region_id", "end_year", "base_year", "pk")

    @property
    def fraction(self) -> Decimal:
        return Decimal(self.decline) / 100

    @property
    def years(self) -> int:
        return self.end_year - self.base_year


DRAFT, COMPUTED, SIGNED = "draft", "computed", "signed"
STATES = {
    DRAFT: Text("编制中", "draft"),
    COMPUTED: Text("已测算，待签批", "computed, to be signed off"),
    SIGNED: Text("已签批", "signed off"),
}


class DecompositionQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="target__region__path")


class Decomposition(models.Model):
    """A target shared out to the cities of a region (目标分解); `computed` holds what its last computation gave."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="decompositions")
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    method = models.CharField(max_length=20)
    least = models.CharField(max_length=20, default="0")  # bounds of a city's rate, per cent
    most = models.CharField(max_length=20, default="100")
    state = models.CharField(max_length=20, default=DRAFT)
    computed: models.JSONField[Any, Any] = models.JSONField(default=dict)
    signed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    objects = DecompositionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    @property
    def place(self) -> Place:
        return Place(region_path=self.target.region.path, published=self.state == SIGNED)

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def state_label(self) -> Text:
        return STATES[self.state]

    @property
    def identity(self) -> Text:
        """What the computation says of the whole: cap, decline, excess of the published rates."""
        words = Text(
            "控制总量 {cap} 万吨，公布值合成下降 {published} %（目标 {target} %），恒等残差 {residual}",
            "cap {cap} ×10^4 t, published rates give {published} % (target {target} %), residual {residual}",
        )
        return words.format(target=self.target.decline, **self.computed)


class Share(models.Model):
    """One city of a decomposition: where it starts, what is assumed, what it is given."""

    decomposition = models.ForeignKey(Decomposition, models.CASCADE, related_name="shares")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    emission = models.CharField(max_length=40)  # base year, 10^4 tCO2, exact
    gdp = models.CharField(max_length=30)  # base year at its own prices, 10^8 yuan
    growth = models.CharField(max_length=20)  # assumed for each year, per cent
    weight = models.CharField(max_length=20, default="1")
    exact = models.CharField(max_length=60, blank=True)  # the rate as a fraction, all digits
    published = models.CharField(max_length=20, blank=True)  # as a fraction, to 0.1 point

    class Meta:
        ordering = ("region__path",)
        constraints = (models.UniqueConstraint(fields=["decomposition", "region"], name="one_share_a_city"),)

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.decomposition.state == SIGNED)

    @property
    def published_percent(self) -> Decimal | None:
        return Decimal(self.published).scaleb(2) if self.published else None

    @property
    def exact_percent(self) -> Decimal | None:
        return Decimal(self.exact).scaleb(2).quantize(Decimal("0.000001")) if self.exact else None
