"""GDP and energy as told by statistics, vintage by vintage; reference series; targets; decompositions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place, ScopeFields, scope
from tanzhi.organisations.models import Region, ScopedQuerySet
from tanzhi.rulebook.intensity.decomposition import CONVERGENCE, METHODS, Bounds, Way
from tanzhi.rulebook.kernel.rounding import plain, shortened
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


class RegionalQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path", published="published")


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


CLEARED = {"provincial_officer", "provincial_director", "auditor"}
"""Roles with clearance for confidential targets of their region."""


class TargetQuerySet(RegionalQuerySet):
    def visible_to(self, actor: Actor) -> TargetQuerySet:
        """Confidential targets only for whoever has clearance over their region (INT-16)."""
        cleared = [grant for grant in actor.grants if grant.role in CLEARED]
        cleared_scope = scope(Actor(actor.person_id, actor.name, cleared), ScopeFields("", "region__path"))
        return self.filter(scope(actor, self.fields)).filter(Q(confidential=False) | cleared_scope)


class Target(Regional):
    """A decline that a region is to reach against a base year (强度下降目标), per cent."""

    base_year = models.PositiveSmallIntegerField()
    end_year = models.PositiveSmallIntegerField()
    decline = models.CharField(max_length=20)
    binding = models.BooleanField(default=True)
    confidential = models.BooleanField(default=False)
    objects: ClassVar[Any] = TargetQuerySet.as_manager()

    class Meta:
        ordering = ("region_id", "end_year", "base_year", "pk")

    def cleared_for(self, actor: Actor | None) -> bool:
        """Whether a reader may know this target: a confidential one only with clearance over its region."""
        if not self.confidential:
            return self.published or bool(actor and actor.sees(self.place))
        return actor is not None and any(actor.reaches(role, self.place) for role in CLEARED)

    @property
    def name(self) -> Text:
        words = Text("{region}：{end} 年较 {base} 年下降 {n} %", "{region}: {n} % down by {end} against {base}")
        return words.format(region=self.region.name, end=self.end_year, base=self.base_year, n=self.decline)

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

    def visible_to(self, actor: Actor) -> DecompositionQuerySet:
        """A signed one is everybody's: a city finds there where its own target comes from."""
        return self.filter(scope(actor, self.fields) | Q(state=SIGNED))


class Decomposition(models.Model):
    """A target shared out to the cities of a region (目标分解); `computed` holds what its last computation gave."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="decompositions")
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    method = models.CharField(max_length=20)
    least = models.CharField(max_length=20, default="0")  # bounds of a city's rate, per cent
    most = models.CharField(max_length=20, default="100")
    common = models.CharField(max_length=30, blank=True)  # intensity to converge to, tCO2 per 10^4 yuan
    state = models.CharField(max_length=20, default=DRAFT)
    computed: models.JSONField[Any, Any] = models.JSONField(default=dict)
    release = models.CharField(max_length=100, blank=True)  # of the rules that gave the cities' emissions
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
    def title_of_source(self) -> str:
        """What the cities' targets name as their document."""
        return f"{self.title_zh} / {self.title_en}"

    @property
    def state_label(self) -> Text:
        return STATES[self.state]

    def get_absolute_url(self) -> str:
        return reverse("intensity:decomposition", args=[self.pk])

    @property
    def method_label(self) -> Text:
        """The method, of convergence with the intensity that was chosen for it."""
        if self.method != CONVERGENCE:
            return METHODS[self.method]
        return METHODS[self.method] + Text("（{words}）", " ({words})").format(words=self.common_label)

    @property
    def common_label(self) -> Text:
        words = Text("趋同目标强度 {n} 吨/万元", "converging to {n} t per 10^4 yuan")
        return words.format(n=self.common)

    @property
    def way(self) -> Way:
        """How its effort is shared, as it was last computed."""
        bounds = Bounds(Decimal(self.least) / 100, Decimal(self.most) / 100)
        return Way(self.method, bounds, Decimal(self.common) if self.common else None)

    @property
    def cap(self) -> Decimal:
        """The province's emission that the target leaves, 10^4 t, for reading."""
        return Decimal(self.computed["cap"]).quantize(Decimal("0.01"))

    @property
    def difference(self) -> Decimal | None:
        """What the cities' base emissions do not add up to of the province's (统计差异), 10^4 t."""
        if "province" not in self.computed:
            return None
        return (Decimal(self.computed["cities"]) - Decimal(self.computed["province"])).quantize(Decimal("0.01"))

    @property
    def outcome(self) -> Text:
        """In a sentence: what the published rates give, beside the target that they keep."""
        words = Text("合成下降{n}%，不低于目标{target}%", "together {n} %, not below the target of {target} %")
        return words.format(n=plain(shortened(Decimal(self.computed["published"]), 4)), target=self.target.decline)

    @property
    def identity(self) -> Text:
        """What the computation says of the whole: cap, decline, excess of the published rates."""
        words = Text(
            "控制总量 {cap} 万吨，公布值合成下降 {published} %（目标 {target} %），恒等残差 {residual}",
            "cap {cap} ×10^4 t, published rates give {published} % (target {target} %), residual {residual}",
        )
        return words.format(target=self.target.decline, **self.computed | {"cap": self.cap})


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
