"""Decompositions of a target and their shares."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place, ScopeFields, scope
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.intensity.decomposition import CONVERGENCE, METHODS, Bounds, Way
from tanzhi.rulebook.kernel.rounding import plain, shortened
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.targets.model import Target

DRAFT, COMPUTED, SIGNED = "draft", "computed", "signed"


class DecompositionQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="target__region__path")

    def visible_to(self, actor: Actor) -> DecompositionQuerySet:
        """A signed one is everybody's: a city finds there where its own target comes from."""
        return self.filter(scope(actor, self.fields) | Q(state=SIGNED))


class Decomposition(CaseRecord):
    """A target shared out to the cities of a region (目标分解); `computed` holds what its last computation gave."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="decompositions")
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    method = models.CharField(max_length=20)
    least = models.CharField(max_length=20, default="0")  # bounds of a city's rate, per cent
    most = models.CharField(max_length=20, default="100")
    common = models.CharField(max_length=30, blank=True)  # intensity to converge to, tCO2 per 10^4 yuan
    computed: models.JSONField[Any, Any] = models.JSONField(default=dict)
    release = models.CharField(max_length=100, blank=True)  # of the rules that gave the cities' emissions
    signed_at = models.DateTimeField(null=True)
    objects = DecompositionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    @property
    def place(self) -> Place:
        return Place(region_path=self.target.region.path, published=self.state == SIGNED)

    @property
    def name(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def title_of_source(self) -> str:
        """What the cities' targets name as their document."""
        return f"{self.title_zh} / {self.title_en}"

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
        words = Text("趋同目标强度 {n} 吨/万元", "converging to {n} t per 10⁴ yuan")
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
            "cap {cap} ×10⁴ t, published rates give {published} % (target {target} %), residual {residual}",
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
