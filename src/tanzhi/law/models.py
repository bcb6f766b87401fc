"""Values of parameters that administrators entered: a numbered row of entries that only grows."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models

from tanzhi.actions.actor import Place
from tanzhi.actions.references import digest

CHAINED = (
    "guideline", "parameter", "keys", "value", "unit", "since", "until", "supersedes", "after_publication", "source",
    "note", "entered_by", "approved_by", "entered_at",
)  # fmt: skip


class ParameterEntry(models.Model):
    """A value of a parameter, entered by one person and approved by another; never changed, only superseded.

    `chain` is a digest over this entry and all before it: who reads the last one knows which values are in force, in
    whatever process or transaction he reads it.
    """

    number = models.PositiveIntegerField(unique=True)
    guideline = models.CharField(max_length=60)
    parameter = models.CharField(max_length=100)
    keys: models.JSONField[Any, Any] = models.JSONField(default=dict)
    value = models.CharField(max_length=60)
    unit = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)
    supersedes = models.BooleanField(default=False)
    after_publication = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    entered_by = models.BigIntegerField()
    approved_by = models.BigIntegerField()
    entered_at = models.DateTimeField()
    chain = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("number",)

    @property
    def place(self) -> Place:
        return Place(published=True)

    def link(self, before: ParameterEntry | None) -> None:
        """Take the place after `before`; two who do so at once get the same number, which the database refuses one."""
        self.number = before.number + 1 if before else 1
        own = digest(*(getattr(self, name) for name in CHAINED))
        self.chain = hashlib.sha256(f"{before.chain if before else ''}{own}".encode()).hexdigest()

    def as_entry(self) -> dict[str, Any]:
        """As the rulebook reads it."""
        names = ("parameter", "keys", "value", "since", "until", "supersedes", "source", "note", "entered_by")
        return {name: getattr(self, name) for name in names} | {"entered_at": self.entered_at.isoformat()}
