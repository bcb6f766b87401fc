"""The clocks of cases: legal deadlines that run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, Place, ScopeFields, scope
from tanzhi.actions.references import reference
from tanzhi.actions.state_record import assigned_cases, case_of, untold_cases
from tanzhi.actions.states import CASE_TYPES, DeadlineRule
from tanzhi.actions.visibility import with_place
from tanzhi.law.calendar.days import days_left
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text

ORGANISATION = "organisations.organisation:"


class ClockQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="organisation_id", region="region_path", person="person_id")

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach, or of a case that an assignment opens; not of one that is not told yet."""
        reached = self.filter(scope(actor, self.fields) | models.Q(case__in=assigned_cases(actor)))
        return reached.exclude(case__in=untold_cases(actor))

    def next_of(self, subjects: Iterable[str]) -> dict[str, Clock]:
        """Of each record the running clock that ends next, all in one query."""
        running = self.filter(subject__in=list(subjects), state=Clock.RUNNING).order_by("-due_on", "-pk")
        return {row.subject: row for row in running}


class Clock(models.Model):
    """A deadline that runs for a case, or for something in it; it knows whom it asks and what it is called."""

    RUNNING, PAUSED, STOPPED = "running", "paused", "stopped"
    OPEN = (RUNNING, PAUSED)

    subject = models.CharField(max_length=100, db_index=True)  # the case, or a finding in it
    case = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(max_length=60)  # the case type's name
    limit = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    who: models.JSONField[Any, Any] = models.JSONField(default=list)
    escalate: models.JSONField[Any, Any] = models.JSONField(default=list)
    organisation_id = models.BigIntegerField(null=True, db_index=True)
    region_path = models.CharField(max_length=200, blank=True)
    person_id = models.BigIntegerField(null=True)
    name_zh = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    address = models.CharField(max_length=300)
    started_on = models.DateField()
    due_on = models.DateField(db_index=True)
    state = models.CharField(max_length=20, default=RUNNING, db_index=True)
    paused_on = models.DateField(null=True)
    left = models.IntegerField(null=True)  # days that remained when it was paused
    stopped_on = models.DateField(null=True)
    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")

    @property
    def about_organisation(self) -> bool:
        """Whether it runs for one organisation of a case that concerns many."""
        return self.subject.startswith(ORGANISATION)

    @property
    def place(self) -> Place:
        """Where the case is, which knows whom it was assigned to; else as it was noted at the start."""
        case = None if self.about_organisation else case_of(self.case)
        return case.place if case is not None else self.noted_place

    @property
    def noted_place(self) -> Place:
        """Where the case was when the clock started."""
        return Place(self.organisation_id, self.region_path, self.person_id)

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)

    @property
    def rule(self) -> DeadlineRule | None:
        """The deadline as the table of its kind of work has it; None where the table has it no more."""
        kind = CASE_TYPES.get(self.kind)
        return kind.limits.get(self.limit) if kind else None

    @property
    def label(self) -> Text:
        """What must be done by then."""
        return self.rule.label if self.rule else Text(self.limit, self.limit)

    @property
    def law(self) -> str:
        return self.rule.law if self.rule else ""

    def reminder(self, today: date) -> str:
        """The notice that is due to who must act: the second replaces a first that was never sent."""
        if self.due_on < today:
            return "late"
        left = days_left(today, self.due_on, self.unit)
        passed = [number for number, before in enumerate(self.rule.remind if self.rule else ()) if left <= before]
        return ("first", "second")[min(passed[-1], 1)] if passed else ""

    @property
    def overdue(self) -> bool:
        return self.state == self.RUNNING and self.due_on < clock.today()

    @property
    def in_time(self) -> bool:
        """Stopped in time."""
        return self.stopped_on is not None and self.stopped_on <= self.due_on

    def days_left(self, today: date) -> int:
        return (self.due_on - today).days


def places_of(rows: Iterable[Clock]) -> dict[int, Place]:
    """Where each of many clocks belongs, by its key: the cases of a kind are read in one query."""
    clocks = list(rows)
    keys: dict[str, set[int]] = defaultdict(set)
    for row in clocks:
        if not row.about_organisation:
            label, _, key = row.case.partition(":")
            keys[label].add(int(key))
    places = {
        reference(case): case.place
        for label, pks in keys.items()
        for case in with_place(apps.get_model(label)).filter(pk__in=pks)
    }
    return {row.pk: places.get(row.case) or row.noted_place for row in clocks}
