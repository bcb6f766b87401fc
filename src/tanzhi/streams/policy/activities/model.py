"""Pilots, consultations, visits, events and recommendations."""

from __future__ import annotations

from django.db import models

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import RegionalQuerySet, ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import EVENT_KINDS, RECOMMENDED
from tanzhi.streams.policy.shared.model import Titled


class ConsultationQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path")


class Consultation(Titled):
    """A draft on which we are asked for comments (征求意见): received, collected, returned in time.

    It is its author's to make public, never ours: authorities alone see it.
    """

    PAGE = "consultation"

    topic = models.CharField(max_length=20)
    asked_by_zh = models.CharField(max_length=200)
    asked_by_en = models.CharField(max_length=200)
    received_on = models.DateField()
    due_on = models.DateField()
    comments = models.PositiveSmallIntegerField(null=True)  # how many were returned
    returned_on = models.DateField(null=True)
    summary = models.TextField(blank=True)
    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ("-received_on", "-pk")

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path)

    @property
    def asked_by(self) -> Text:
        return Text(self.asked_by_zh, self.asked_by_en)


class PartQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="organisation_id", region="organisation__region__path")


class Opinion(models.Model):
    """What an authority says of a draft; it belongs to the consultation."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="opinions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField()
    on = models.DateField()
    person_name = models.CharField(max_length=100)
    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ("on", "pk")

    @property
    def place(self) -> Place:
        return self.organisation.place

    def get_absolute_url(self) -> str:
        return self.consultation.get_absolute_url()


class VisitQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="organisation_id", region="region__path", published="published")


class Visit(Titled):
    """A visit of guidance to an enterprise (帮扶指导): what was looked at, what was advised, what came of it."""

    PAGE = "visit"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    planned_on = models.DateField()
    held_on = models.DateField(null=True)
    team = models.CharField(max_length=300, blank=True)
    advice = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("-planned_on", "-pk")

    @property
    def place(self) -> Place:
        """The enterprise sees the visit to itself."""
        return Place(self.organisation_id, self.region.path, published=self.published)


class Event(Titled):
    """A meeting, a training, a day of publicity: theme, day, place, who took part."""

    PAGE = "event"

    kind = models.CharField(max_length=20)
    theme_zh = models.CharField(max_length=200, blank=True)
    theme_en = models.CharField(max_length=200, blank=True)
    on = models.DateField(db_index=True)
    until = models.DateField(null=True)
    host = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")  # the city where the main venue is
    venue_zh = models.CharField(max_length=200, blank=True)
    venue_en = models.CharField(max_length=200, blank=True)
    attended = models.PositiveIntegerField(null=True)
    outcome = models.TextField(blank=True)
    objects = RegionalQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-pk")

    @property
    def kind_label(self) -> Text:
        return EVENT_KINDS[self.kind]

    @property
    def theme(self) -> Text | None:
        return Text(self.theme_zh, self.theme_en) if self.theme_zh else None

    @property
    def venue(self) -> Text | None:
        return Text(self.venue_zh, self.venue_en) if self.venue_zh and self.venue_en else None


class ParticipationQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path", published="event__published")


class Participation(models.Model):
    """What a region did on the occasion of an event, told by its own authority."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="participations")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    activities = models.PositiveIntegerField()
    people = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)
    person_name = models.CharField(max_length=100)
    on = models.DateField()
    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ("region__path",)
        constraints = (models.UniqueConstraint(fields=["event", "region"], name="one_participation_a_region"),)

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.event.published)

    @property
    def name(self) -> Text:
        return Text("{region}：{event}", "{region}: {event}").format(region=self.region.name, event=self.event.title)

    def get_absolute_url(self) -> str:
        return self.event.get_absolute_url()


class Recommendation(Titled):
    """A model that a city nominates and the province recommends (典型推荐)."""

    PAGE = "recommendation"

    kind = models.CharField(max_length=20)
    to_zh = models.CharField(max_length=200)
    to_en = models.CharField(max_length=200)
    nominated_by = models.BigIntegerField()
    grounds = models.TextField()
    recommended_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    objects = RegionalQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    @property
    def kind_label(self) -> Text:
        return RECOMMENDED[self.kind]

    @property
    def to(self) -> Text:
        return Text(self.to_zh, self.to_en)
