"""Tasks with their indicators and milestones; rounds of dispatching with the reports that they ask for."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, ScopeFields, scope
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import RegionalQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.documents.model import Clause, Document
from tanzhi.streams.policy.shared.codes import LIGHTS, TONES
from tanzhi.streams.policy.shared.model import Titled

RUNNING, CLAIMED, DONE, CANCELLED = "running", "claimed", "done", "cancelled"
LEAD, CO, REPORTS = "lead", "co", "reports"


class TaskQuerySet(RegionalQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Tasks of the actor's region, and those in which an authority of his takes part."""
        own = scope(actor, ScopeFields(organisation="organisation_id", region="organisation__region__path"))
        parts = TaskPart.objects.filter(own).values("task_id")
        return self.filter(Q(scope(actor, self.fields)) | Q(pk__in=parts))


class Task(Titled):
    """A task (任务): who leads, who supports, who reports, by when; light and score come from the last round."""

    PAGE = "task"

    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="tasks")
    pilot = models.ForeignKey("policy.Pilot", models.PROTECT, null=True, related_name="tasks")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    number = models.CharField(max_length=20)
    starts_on = models.DateField()
    due_on = models.DateField(db_index=True)
    weight = models.CharField(max_length=20, blank=True)
    light = models.CharField(max_length=10, blank=True, db_index=True)
    score = models.CharField(max_length=20, blank=True)
    lit_on = models.DateField(null=True)  # the day that light and score speak of
    claimed_by = models.BigIntegerField(null=True)  # the person who says that it is done
    done_on = models.DateField(null=True)
    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")

    @property
    def short(self) -> Text:
        """Number and title, where its list is known."""
        return Text("{n} {title}", "{n} {title}").format(n=self.number, title=self.title)

    @property
    def name(self) -> Text:
        """With the pilot that it belongs to: several pilots may have the same list."""
        if self.pilot is None:
            return self.short
        return Text("{pilot}：{short}", "{pilot}: {short}").format(pilot=self.pilot.title, short=self.short)

    @property
    def owner(self) -> Any:
        """The document or the pilot that it belongs to."""
        return self.document or self.pilot

    @property
    def lead(self) -> Organisation | None:
        return next((part.organisation for part in self.parts.all() if part.part == LEAD), None)

    def organisations(self, *parts: str) -> list[Organisation]:
        return [part.organisation for part in self.parts.all() if part.part in parts]

    def days_late(self, day: date) -> int:
        """Days by which it has passed its deadline without being done."""
        end = self.done_on or (clock.today() if self.state == CANCELLED else day)
        return max(0, (min(end, day) - self.due_on).days)

    @property
    def late(self) -> bool:
        return self.state in (RUNNING, CLAIMED) and self.due_on < clock.today()

    @property
    def light_label(self) -> Text:
        return LIGHTS[self.light]

    @property
    def light_tone(self) -> str:
        return TONES[self.light]

    def seen_by(self, actor: Actor) -> bool:
        return actor.sees(self.place) or any(actor.sees(part.organisation.place) for part in self.parts.all())


class TaskPart(models.Model):
    """An authority's part in a task."""

    part_of = "task"

    task = models.ForeignKey(Task, models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["task", "organisation", "part"], name="one_part_once"),)


class Indicator(models.Model):
    """What a task is measured by: from a value at its start to a target, in its own unit (exact decimal strings)."""

    part_of = "task"

    task = models.ForeignKey(Task, models.CASCADE, related_name="indicators")
    number = models.CharField(max_length=10)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    unit = models.CharField(max_length=30)
    direction = models.CharField(max_length=10, default="rise")
    start = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30)
    weight = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["task", "number"], name="one_indicator_a_number"),)

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)


class Milestone(models.Model):
    """A step of a task with its own day (节点)."""

    part_of = "task"

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones")
    number = models.CharField(max_length=10)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    due_on = models.DateField()

    class Meta:
        ordering = ("due_on", "number")
        constraints = (models.UniqueConstraint(fields=["task", "number"], name="one_milestone_a_number"),)

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)
