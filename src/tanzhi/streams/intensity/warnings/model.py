"""A formal early warning to a region that is behind its target: what stood when it was given, and what was answered."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.intensity.schedule import LIGHTS
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.targets.model import Target


class EarlyWarningQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path")


class EarlyWarning(CaseRecord):
    """An early warning (预警提醒); its numbers are those of the day on which it was given, in per cent."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    light = models.CharField(max_length=10)
    change = models.CharField(max_length=20)
    due = models.CharField(max_length=20)
    completion = models.CharField(max_length=20)
    release = models.CharField(max_length=100, blank=True)  # of the rules that gave the numbers
    request = models.CharField(max_length=2000)
    measures = models.CharField(max_length=4000, blank=True)
    remark = models.CharField(max_length=2000, blank=True)
    objects = EarlyWarningQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path)

    @property
    def name(self) -> Text:
        words = Text("{region} {year} 年碳强度预警", "Intensity warning to {region} for {year}")
        return words.format(region=self.region.name, year=self.year)

    @property
    def light_label(self) -> Text:
        return LIGHTS[self.light]

    def get_absolute_url(self) -> str:
        return reverse("intensity:warning", args=[self.pk])
