"""Regions, organisations, facilities and units: dated, so that any day can be asked about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.retrieval import parts_of
from tanzhi.actions.roles import REGISTER
from tanzhi.organisations.dated import Dated
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.organisations.sectors import sector_name
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable


class Region(Dated):
    """A province, a city, or an area inside a city; `counted` is false for what must never be added to a total."""

    code = models.CharField(max_length=12, unique=True)
    path = models.CharField(max_length=200, unique=True)  # codes from the root, each with a slash: 990000/990100/
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)  # province, city, county, area
    row = models.PositiveSmallIntegerField(null=True)
    column = models.PositiveSmallIntegerField(null=True)
    counted = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("path",)

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("organisations:regions")

    @property
    def place(self) -> Place:
        return Place(region_path=self.path, published=True)


class OrganisationQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="pk", region="region__path", room=REGISTER)

    def named(self, words: str) -> OrganisationQuerySet:
        """Organisations whose code or any name they ever had contains the words."""
        condition = Q(code__icontains=words) | Q(names__zh__icontains=words) | Q(names__en__icontains=words)
        return self.filter(condition).distinct()


class Organisation(models.Model):
    """Whoever has duties or rights here: an enterprise, an authority, a verifier, a bank."""

    code = models.CharField(max_length=40, unique=True)
    credit_code = models.CharField(max_length=18, unique=True, null=True)
    kind = models.CharField(max_length=20)
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations")
    sector = models.CharField(max_length=40, blank=True)
    guideline = models.CharField(max_length=40, blank=True)  # by which it accounts, where its sector has several
    state = models.CharField(max_length=20, default="active")
    revision = models.PositiveIntegerField(default=0)
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("code",)

    def name_on(self, on: date) -> Text:
        """The name it had on a day; before its first name, the first one."""
        names = sorted(parts_of(self, "names", every_name), key=lambda name: name.since)
        valid = [name for name in names if name.since <= on] or names[:1]
        return Text(valid[-1].zh, valid[-1].en) if valid else Text(self.code, self.code)

    @property
    def name(self) -> Text:
        return self.name_on(clock.today())

    def attributes_on(self, on: date) -> dict[str, Any]:
        """What the register said of it on a day; empty before the first statement."""
        stated = parts_of(self, "attribute_versions", every_statement)
        versions = [version for version in stated if version.since <= on]
        return dict(max(versions, key=lambda version: (version.since, version.pk)).attributes) if versions else {}

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.pk])

    @property
    def place(self) -> Place:
        return Place(organisation_id=self.pk, region_path=self.region.path)


class OrganisationAttributes(models.Model):
    """What the register says of an enterprise from a day on (海拔等): the fields of its guideline's register form."""

    part_of = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="attribute_versions")
    since = models.DateField()
    attributes: models.JSONField[Any, Any] = models.JSONField(default=dict)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("since", "pk")

    @property
    def name(self) -> Text:
        return self.organisation.name + same(f" {self.since.isoformat()}")


class OrganisationName(Dated):
    part_of = "organisation"
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200)

    class Meta:
        ordering = ("since",)


def every_name(organisation: int) -> models.QuerySet[OrganisationName]:
    return OrganisationName.objects.filter(organisation=organisation)


def every_statement(organisation: int) -> models.QuerySet[OrganisationAttributes]:
    return OrganisationAttributes.objects.filter(organisation=organisation)


class KeyUnitStatus(Dated):
    """An organisation on the list of key emission units (重点排放单位名录) for a sector."""

    audience = "everybody"  # the list is public by law

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="key_unit_statuses")
    sector = models.CharField(max_length=40)
    basis = models.CharField(max_length=300)  # the threshold or decision that put it on the list

    class Meta:
        ordering = ("since",)

    @property
    def sector_name(self) -> Text:
        return sector_name(self.sector)


class Membership(models.Model):
    """A decision on whether an enterprise belongs to a market in a year (年度纳入); the last one of a year stands.

    Whoever asks goes through `membership`: obligation, allocation, verification, duties and denominators follow it.
    """

    audience = "everybody"  # the list of a year is public by law, with what changed in it

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    market = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=20)  # member, excluded, left
    reason = models.CharField(max_length=40, blank=True)  # why excluded or left; of a member nothing
    document = models.CharField(max_length=300)  # the decision by its title and number
    source = models.CharField(max_length=300)  # where it can be read
    decided_on = models.DateField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    at = models.DateTimeField()

    class Meta:
        ordering = ("year", "market", "pk")
        indexes = (models.Index(fields=["market", "year"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "market", "year"],
                condition=Q(replaces=None),
                name="one_first_decision_a_year",
            ),
        )

    @property
    def late(self) -> bool:
        """Whether it changes what stood already."""
        return self.replaces_id is not None

    @property
    def name(self) -> Text:
        words = Text("{year} 年度（{code}）", "{year} ({code})")
        return self.organisation.name + words.format(year=self.year, code=self.market)

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.organisation_id])

    @property
    def place(self) -> Place:
        return self.organisation.place


EVENTS = {
    "entry": Text("登记", "Registered"),
    "rename": Text("更名", "Renamed"),
    "listed": Text("列入名录", "Entered the list"),
    "delisted": Text("移出名录", "Removed from the list"),
    "merge": Text("并入他单位", "Merged into another"),
    "absorb": Text("吸收他单位", "Absorbed another"),
    "split": Text("分立", "Split"),
    "exit": Text("关闭", "Closed"),
}


class ListDisclosure(models.Model):
    """A year's list of key emission units as it was made public: who stood on it, when, and by what document."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="disclosures")
    year = models.PositiveIntegerField()
    on = models.DateField()
    basis = models.CharField(max_length=300)
    codes: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        ordering = ("-year", "-on", "-pk")

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=True)


class OrganisationEvent(models.Model):
    """What happened to an organisation: entry, exit, rename, merge, split, closure."""

    part_of = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    related = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("on", "pk")

    @property
    def label(self) -> Text:
        return EVENTS[self.kind]


class FacilityQuerySet(ScopedQuerySet):
    fields = ScopeFields(room=REGISTER)


class Facility(models.Model):
    """A plant: it stays where it is while organisations merge and split around it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="facilities")  # today's operator
    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="facilities")
    revision = models.PositiveIntegerField(default=0)
    objects = FacilityQuerySet.as_manager()

    class Meta:
        ordering = ("code",)

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.organisation_id])

    @property
    def place(self) -> Place:
        return self.organisation.place


class FacilityOperator(Dated):
    """Who ran a facility, and when."""

    part_of = "facility"

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="operators")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="operated")

    class Meta:
        ordering = ("since",)


class UnitQuerySet(ScopedQuerySet):
    fields = ScopeFields("facility__organisation_id", "facility__organisation__region__path", room=REGISTER)


class Unit(Dated):
    """A generating unit (机组), production line (生产线) or process (工序) of a facility."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="units")
    number = models.CharField(max_length=40)
    attributes: models.JSONField[Any, Any] = models.JSONField(default=dict)  # as they are today; strings, as filed
    revision = models.PositiveIntegerField(default=0)
    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("facility", "number")
        constraints = (models.UniqueConstraint(fields=["facility", "number"], name="unit_number_once_in_a_facility"),)

    @property
    def name(self) -> Text:
        """Its facility and its number in it, which alone says little."""
        return Text(f"{self.facility.name.zh} · {self.number}", f"{self.facility.name.en} · {self.number}")

    def attributes_on(self, on: date) -> dict[str, Any]:
        """The attributes as they were on a day; empty before the first ones."""
        valid = [version for version in self.versions.all() if version.since <= on]
        return dict(max(valid, key=lambda version: (version.since, version.pk)).attributes) if valid else {}

    def get_absolute_url(self) -> str:
        return reverse("organisations:unit", args=[self.pk])

    @property
    def place(self) -> Place:
        return self.facility.place


class UnitAttributes(models.Model):
    """Attributes of a unit from a day on."""

    part_of = "unit"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    since = models.DateField()
    attributes: models.JSONField[Any, Any] = models.JSONField(default=dict)
    basis = models.CharField(max_length=300, blank=True)


def names_of(organisations: Iterable[Organisation | int], on: date) -> dict[int, Text]:
    """Names of many organisations, or of their keys, with one query."""
    rows = OrganisationName.objects.filter(organisation__in=organisations).order_by("since")
    names: dict[int, Text] = {}
    for key, since, zh, en in rows.values_list("organisation_id", "since", "zh", "en"):
        if since <= on or key not in names:
            names[key] = Text(zh, en)
    return names


def of_organisation(look: str) -> tuple[str, ...]:
    """For a search: records whose organisation has or had a name, or a code, with the word in it."""
    return tuple(f"{look}__{name}" for name in ("code", "names__zh", "names__en"))
