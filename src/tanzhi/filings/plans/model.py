"""Data quality control plans (数据质量控制方案): one a year, in versions, with everything that happened to it."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.roles import REPORTS
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text

PLAN_DRAFT, SUBMITTED, APPROVED, IN_REVISION = "draft", "submitted", "approved", "in_revision"


class PlanQuerySet(ScopedQuerySet):
    fields = ScopeFields(room=REPORTS, year="year")


class Plan(CaseRecord):
    """How an organisation obtains each datum that it will file for a year."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="control_plans")
    guideline = models.CharField(max_length=60)
    year = models.PositiveIntegerField()
    due_on = models.DateField()
    submitted_at = models.DateTimeField(null=True)  # the first time: what decides whether it came in time
    revision_reason = models.TextField(blank=True)
    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "organisation_id")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "guideline", "year"], name="one_plan_for_a_year"),
        )

    @property
    def place(self) -> Place:
        return Place(self.organisation_id, self.organisation.region.path, room=REPORTS, year=self.year)

    @property
    def name(self) -> Text:
        words = Text("{name} {year} 年数据质量控制方案", "{name}: quality control plan {year}")
        return words.format(name=self.organisation.name, year=self.year)

    def get_absolute_url(self) -> str:
        return reverse("filings:plan", kwargs={"pk": self.pk})

    @property
    def latest(self) -> PlanVersion | None:
        return self.versions.order_by("-number").first()

    @property
    def approved_version(self) -> PlanVersion | None:
        """The version in force: the last one that was approved, also while it is revised."""
        return self.versions.filter(approved=True).order_by("-number").first()


class PlanVersion(models.Model):
    """A plan as it stood at one moment; the database refuses to change or delete one."""

    part_of = "plan"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.TextField()  # canonical JSON
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    approved = models.BooleanField(default=False)  # the only thing that may be set later, once

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_a_number"),)

    @property
    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self.values)
        return record


EVENTS: dict[str, Text] = {
    "draft": Text("编制", "Drafted"),
    "submit": Text("提交审定", "Submitted"),
    "approve": Text("审定通过", "Approved"),
    "return": Text("退回修改", "Sent back"),
    "revise": Text("发起修订", "Revision begun"),
}


class PlanEvent(models.Model):
    """A line of the plan's change log: who did what with which version, and why."""

    part_of = "plan"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="events")
    version = models.ForeignKey(PlanVersion, models.PROTECT, null=True)
    kind = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    @property
    def label(self) -> Text:
        return EVENTS[self.kind]
