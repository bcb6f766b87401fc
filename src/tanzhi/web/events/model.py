"""The outbox: one row for each act that programs are told of."""

from __future__ import annotations

from django.db import models

from tanzhi.actions.actor import Actor
from tanzhi.actions.visibility import may_see
from tanzhi.evidence.models import Entry


class ActEvent(models.Model):
    """An act of which programs are told, written with the act; its place among others is that of its sealed entry."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="events", db_constraint=False)
    kind = models.CharField(max_length=20)
    act = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["entry", "kind", "subject"], name="one_event_of_an_act"),)

    def seen_by(self, actor: Actor) -> bool:
        """Whoever sees the record that it is about."""
        return may_see(actor, self.subject)
