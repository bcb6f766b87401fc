"""What is kept of every action: what was done, what waits for a second person, what runs as a job."""

from __future__ import annotations

from typing import Any

from django.db import models

from .actor import Actor, Place, ScopeFields, scope
from .state_record import untold_cases


class Performed(models.Model):
    """One action that was done: the audit trail, and the memory that makes a repeated call harmless."""

    action = models.CharField(max_length=100)
    subject = models.CharField(max_length=100, db_index=True)
    actor = models.BigIntegerField(default=0)  # person's id; 0 is the platform itself
    role = models.CharField(max_length=40)
    key = models.CharField(max_length=100, null=True)
    digest = models.CharField(max_length=64)
    state_before = models.CharField(max_length=40, blank=True)
    state_after = models.CharField(max_length=40, blank=True)
    revision = models.PositiveIntegerField(default=0)  # of the subject, after the action
    outcome: models.JSONField[Any, Any] = models.JSONField(default=dict)
    organisation_id = models.BigIntegerField(
        null=True, db_index=True
    )  # where it was done, so that the trail has a scope
    region_path = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["actor", "key"], name="one_outcome_for_a_key"),)
        indexes = (
            models.Index(fields=["actor", "at"]),
            # the newest of a reader's reach stand first, and all of it is counted: by the index alone
            models.Index(
                fields=["at", "id", "region_path", "organisation_id", "actor", "subject"], name="trail_within_reach"
            ),
        )

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Performed]:
        """What was done within the reader's reach, and what he did himself; nothing of what is not told yet."""
        reached = cls.objects.filter(scope(actor, ScopeFields("organisation_id", "region_path", "actor")))
        return reached.exclude(subject__in=untold_cases(actor))


class Proposal(models.Model):
    """An action that waits for a second person; it binds the digest of what was proposed."""

    OPEN, APPROVED, REJECTED, WITHDRAWN = "open", "approved", "rejected", "withdrawn"

    action = models.CharField(max_length=100)
    subject = models.CharField(max_length=100, blank=True, db_index=True)
    subject_id = models.BigIntegerField(null=True)
    subject_revision = models.PositiveIntegerField(default=0)
    organisation_id = models.BigIntegerField(null=True, db_index=True)  # whose record it concerns
    region_path = models.CharField(max_length=200, blank=True)
    data: models.JSONField[Any, Any] = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    proposer = models.BigIntegerField()
    role = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=OPEN, db_index=True)
    decider = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Proposal]:
        """What waits or waited within the reader's reach, and what he proposed or decided himself."""
        decided = models.Q(decider=actor.person_id) if actor.person_id is not None else models.Q(pk__in=[])
        own = scope(actor, ScopeFields("organisation_id", "region_path", "proposer"))
        return cls.objects.filter(own | decided)


class Job(models.Model):
    """A piece of long work, with how far it is."""

    QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"

    kind = models.CharField(max_length=100)
    actor = models.BigIntegerField()
    arguments: models.JSONField[Any, Any] = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=QUEUED, db_index=True)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message: models.JSONField[Any, Any] = models.JSONField(default=dict)
    result: models.JSONField[Any, Any] = models.JSONField(null=True)
    cancel_asked = models.BooleanField(default=False)
    worker = models.CharField(max_length=100, blank=True)  # the process that has it, by the name of its beat
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    @property
    def place(self) -> Place:
        return Place(person_id=self.actor or None)


class WorkerBeat(models.Model):
    """A sign of life of a process of the worker: its sealer, or one that runs jobs."""

    audience = "nobody"  # health tells how old it is

    SEALER, JOBS = "sealer", "jobs"

    worker = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    at = models.DateTimeField()
    fault = models.CharField(max_length=20, blank=True)  # the code of what stops the sealer
