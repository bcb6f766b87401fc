"""Pilots: cities and parks named by a ministry or the province."""

from __future__ import annotations

from typing import Any

from django.db import models

from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import RegionalQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.documents.model import Document
from tanzhi.streams.policy.shared.codes import PILOT_KINDS, TOPICS
from tanzhi.streams.policy.shared.model import Titled


class Pilot(Titled):
    """A city or a park that was named a pilot (试点): first its task list, then its implementation plan."""

    PAGE = "pilot"

    kind = models.CharField(max_length=10)
    topic = models.CharField(max_length=20)
    programme_zh = models.CharField(max_length=200)
    programme_en = models.CharField(max_length=200)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="pilots")  # that named it
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # answers for it
    named_on = models.DateField()
    told_tasks: models.JSONField[Any, Any] = models.JSONField(default=list)  # the list as it was handed in
    submitted_by = models.BigIntegerField(null=True)
    list_approved_on = models.DateField(null=True)
    plan_title = models.CharField(max_length=300, blank=True)
    plan_issued_on = models.DateField(null=True)
    progress = models.TextField(blank=True)
    verdict = models.TextField(blank=True)
    objects = RegionalQuerySet.as_manager()

    class Meta:
        ordering = ("topic", "kind", "region__path")

    @property
    def kind_label(self) -> Text:
        return PILOT_KINDS[self.kind]

    @property
    def topic_label(self) -> Text:
        return TOPICS[self.topic]

    @property
    def programme(self) -> Text:
        return Text(self.programme_zh, self.programme_en)
