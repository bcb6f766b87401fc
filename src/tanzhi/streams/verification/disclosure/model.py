"""A disclosure of verified emissions of a region, year and sector, and its rows: one an enterprise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.organisations.sectors import sector_name
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.verification.cases.model import Conclusion

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

PREPARED, CIRCULATED, PUBLISHED, WITHDRAWN = "prepared", "circulated", "published", "withdrawn"
OPEN = (PREPARED, CIRCULATED)
FACILITIES, METHOD = "facilities", "method"
PARTS = {
    FACILITIES: Text("排放设施", "Facilities"),
    METHOD: Text("核算方法", "Accounting method"),
}
"""What may be claimed as a trade secret (商业秘密); the verified result itself is public by article 12."""
ACCEPTED, REJECTED = "accepted", "rejected"
ANSWERS = {
    ACCEPTED: Text("不公开", "Withheld"),
    REJECTED: Text("仍予公开", "Made public all the same"),
}


class EmissionDisclosureQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path")

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """The authority's own; the public's once it was made public."""
        return super().visible_to(actor) | self.filter(state=PUBLISHED)


class EmissionDisclosure(CaseRecord):
    """One act by which verified emissions of a region, year and sector are made public (核查结果公开)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="emission_disclosures")
    year = models.PositiveSmallIntegerField()
    sector = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()  # which of the year and sector it is
    correction = models.TextField(blank=True)  # why it replaces what is public already
    claims_until = models.DateField(null=True)  # last day on which an enterprise claims a secret
    document = models.CharField(max_length=300, blank=True)  # by which it was decided
    published_on = models.DateField(null=True)
    consulted = models.BooleanField(default=False)  # whether the enterprises were shown their rows
    withdrawal = models.TextField(blank=True)  # why it was withdrawn before it was public
    objects = EmissionDisclosureQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "sector", "-number")
        constraints = (
            models.UniqueConstraint(fields=["region", "year", "sector", "number"], name="one_disclosure_a_number"),
        )

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.state == PUBLISHED)

    @property
    def name(self) -> Text:
        named = Text(
            "{region} {year} 年{sector}核查结果公开（第 {n} 次）",
            "{region}: verified emissions of {sector}, {year} (no. {n})",
        )
        return named.format(region=self.region.name, year=self.year, sector=sector_name(self.sector), n=self.number)

    @property
    def sector_name(self) -> Text:
        return sector_name(self.sector)

    def claims_open(self, today: date) -> bool:
        """Whether enterprises may claim a secret on a day."""
        return self.state == CIRCULATED and self.claims_until is not None and today <= self.claims_until

    def get_absolute_url(self) -> str:
        return reverse("verification:disclosure", args=[self.pk])

    def seen_by(self, actor: Actor) -> bool:
        return EmissionDisclosure.objects.visible_to(actor).filter(pk=self.pk).exists()

    def worked_by(self, actor: Actor) -> bool:
        return actor.works_with(self.place)


class DisclosedEmissionQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """With its disclosure; an enterprise its own row once it is shown to the enterprises, also when withdrawn."""
        withdrawn = Q(disclosure__state=WITHDRAWN, disclosure__consulted=True)
        readable = Q(disclosure__state__in=(CIRCULATED, PUBLISHED)) | withdrawn
        own = super().visible_to(actor).filter(readable)
        return self.filter(disclosure__in=EmissionDisclosure.objects.visible_to(actor).order_by().values("pk")) | own


class DisclosedEmission(models.Model):
    """What is made public of one enterprise's year, as it was verified: words of their own, which nothing changes.

    A result that is verified otherwise later is a further version; the earlier one stays beside it.
    """

    disclosure = models.ForeignKey(EmissionDisclosure, models.PROTECT, related_name="rows")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="disclosed_emissions")
    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="disclosed_emissions")
    version = models.PositiveSmallIntegerField()  # of the enterprise's year
    emission = models.CharField(max_length=40)  # t
    body_zh = models.CharField(max_length=200, blank=True)
    body_en = models.CharField(max_length=200, blank=True)
    conforms = models.BooleanField()
    facilities: models.JSONField[Any, Any] = models.JSONField(default=list)  # numbers of the units that were verified
    method = models.CharField(max_length=200)  # the guideline, by its name
    claimed: models.JSONField[Any, Any] = models.JSONField(default=list)  # parts that it claims as a trade secret
    claim = models.TextField(blank=True)
    claimed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True)
    answer_reason = models.TextField(blank=True)
    withdrawn = models.BooleanField(default=False)  # with its disclosure: its result may stand in another one
    revision = models.PositiveIntegerField(default=0)
    objects = DisclosedEmissionQuerySet.as_manager()

    class Meta:
        ordering = ("disclosure_id", "organisation__code")
        constraints = (
            models.UniqueConstraint(fields=["disclosure", "organisation"], name="one_row_a_disclosed_enterprise"),
            models.UniqueConstraint(
                fields=["conclusion"], condition=Q(withdrawn=False), name="one_disclosure_a_conclusion"
            ),
        )

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def name(self) -> Text:
        named = Text("{name} {year} 年排放信息公开", "{name}: emission of {year}, made public")
        return named.format(name=self.organisation.name, year=self.disclosure.year)

    def get_absolute_url(self) -> str:
        return reverse("verification:disclosed_emission", args=[self.pk])

    def seen_by(self, actor: Actor) -> bool:
        return DisclosedEmission.objects.visible_to(actor).filter(pk=self.pk).exists()

    @property
    def tonnes(self) -> Decimal:
        """Verified emission, t."""
        return Decimal(self.emission)

    @property
    def body(self) -> Text:
        return Text(self.body_zh, self.body_en) if self.body_zh else same("—")

    @property
    def waits(self) -> bool:
        """Whether a claim is to be answered."""
        return bool(self.claimed) and not self.answer

    @property
    def withheld(self) -> list[str]:
        """The parts that are not made public: what is claimed, unless it was decided otherwise."""
        return [] if self.answer == REJECTED else list(self.claimed)

    @property
    def public_facilities(self) -> list[str] | None:
        return None if FACILITIES in self.withheld else list(self.facilities)

    @property
    def public_method(self) -> str | None:
        return None if METHOD in self.withheld else self.method


WAITING = Q(claimed_at__isnull=False, answer="")
"""Rows that `waits` says of, for the database."""


def public_rows() -> models.QuerySet[Any]:
    """Every row that is public, each with whether it stands: one that a later version follows does not."""
    rows = DisclosedEmission.objects.filter(disclosure__state=PUBLISHED)
    later = rows.filter(
        organisation=OuterRef("organisation"),
        disclosure__year=OuterRef("disclosure__year"),
        version__gt=OuterRef("version"),
    )
    marked: models.QuerySet[Any] = rows.annotate(stands=~Exists(later))
    return marked.select_related("organisation__region", "disclosure__region")
