"""Rounds of dispatching and the reports of each authority in them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import RegionalQuerySet, ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.documents.model import Document
from tanzhi.streams.policy.shared.codes import LIGHTS, TONES
from tanzhi.streams.policy.shared.model import Titled
from tanzhi.streams.policy.tasks.model import Task


class Round(Titled):
    """A round of dispatching (调度): every authority that reports on a running task of the plan is asked once."""

    PAGE = "round"

    document = models.ForeignKey(Document, models.PROTECT, related_name="rounds")
    as_of = models.DateField()
    due_on = models.DateField()
    score = models.CharField(max_length=20, blank=True)  # kept when it is closed
    release = models.CharField(max_length=100, blank=True)  # of the rules that gave the score
    closing_words = models.TextField(blank=True)
    objects = RegionalQuerySet.as_manager()

    class Meta:
        ordering = ("-as_of", "-pk")


class ProgressReportQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="organisation_id", region="organisation__region__path")


class Report(CaseRecord):
    """What one authority tells of one task in one round; somebody else confirms it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    actuals: models.JSONField[Any, Any] = models.JSONField(default=dict)  # indicator number → exact decimal string
    reached: models.JSONField[Any, Any] = models.JSONField(default=list)  # numbers of milestones
    text = models.TextField(blank=True)
    verdict = models.TextField(blank=True)
    reported_by = models.BigIntegerField(null=True)
    reported_at = models.DateTimeField(null=True)
    light = models.CharField(max_length=10, blank=True)
    score = models.CharField(max_length=20, blank=True)
    release = models.CharField(max_length=100, blank=True)  # of the rules that gave light and score
    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        ordering = ("task_id", "organisation_id")
        constraints = (
            models.UniqueConstraint(fields=["round", "task", "organisation"], name="one_report_a_round_and_task"),
        )

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def name(self) -> Text:
        named = Text("{task}（{who}，截至 {day}）", "{task} ({who}, as of {day})")
        return named.format(task=self.task.name, who=self.organisation.name, day=self.round.as_of)

    def get_absolute_url(self) -> str:
        return reverse("policy:report", args=[self.pk])

    @property
    def light_label(self) -> Text:
        return LIGHTS[self.light]

    @property
    def light_tone(self) -> str:
        return TONES[self.light]
