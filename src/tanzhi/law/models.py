"""Entered values, a numbered row that only grows, and comparisons of what an earlier law computed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.references import digest
from tanzhi.actions.visibility import may_see
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text

from .calendar.model import CalendarDay, CalendarYear

__all__ = ["CalendarDay", "CalendarYear", "Comparison", "ParameterEntry"]
LAW_READERS = frozenset({"administrator", "city_officer", "provincial_officer", "provincial_director", "auditor"})
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


COMPARED, APPROVED, DONE = "compared", "approved", "done"
COMPARISON_STATES = {
    COMPARED: Text("已比较", "compared"),
    APPROVED: Text("已批准，正在重新核算", "approved, being computed anew"),
    DONE: Text("已重新核算", "computed anew"),
}
SAME, CHANGED, BARRED, KEPT, MEANWHILE = "same", "changed", "barred", "kept", "meanwhile"
RECORD_STATES = {
    SAME: Text("没有变化", "comes out the same"),
    CHANGED: Text("会改变", "comes out otherwise"),
    BARRED: Text("不能核算", "cannot be computed"),
    KEPT: Text("已重新核算", "computed anew"),
    MEANWHILE: Text("其间有变，未重新核算", "changed meanwhile, not computed anew"),
}


class Comparison(models.Model):
    """What the standing records of a stream and year give by the law in force, beside what is stored; never changed.

    Two people decide on exactly what it says: `digest` is over every difference of every record.
    """

    stream = models.CharField(max_length=40)
    guideline = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    release = models.CharField(max_length=100)  # of the law that it was compared by
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default=COMPARED)
    reason = models.TextField(blank=True)
    person_id = models.BigIntegerField()  # who had it compared
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-pk",)

    @property
    def place(self) -> Place:
        return Place()

    def seen_by(self, actor: Actor) -> bool:
        """Whoever administers the law or works by it."""
        return bool(LAW_READERS & actor.roles)

    @property
    def name(self) -> Text:
        """What it is about and how much comes out otherwise: this is what whoever decides reads first."""
        words = Text(
            "{guideline} {year} 年重新核算前后对照（{n} 份会改变）",
            "{guideline} {year}: before and after re-evaluation ({n} come out otherwise)",
        )
        changed = self.records.exclude(state__in=(SAME, BARRED)).count()
        return words.format(guideline=guidelines()[self.guideline].title, year=self.year, n=changed)

    @property
    def state_label(self) -> Text:
        return COMPARISON_STATES[self.state]

    def get_absolute_url(self) -> str:
        return reverse("law:comparison", args=[self.pk])


class ComparedRecord(models.Model):
    """One record of a comparison: what it gives otherwise, and what became of it."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="records")
    number = models.PositiveIntegerField()
    record = models.CharField(max_length=100)  # its reference
    key = models.BigIntegerField(db_index=True)
    release = models.CharField(max_length=120)  # under which it is stored
    state = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)  # of all differences
    changes: models.JSONField[Any, Any] = models.JSONField(default=list)  # what a reader compares
    problem: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["comparison", "number"], name="one_compared_record_a_number"),)

    def seen_by(self, actor: Actor) -> bool:
        """Whoever may see the record itself."""
        return self.comparison.seen_by(actor) and may_see(actor, self.record)

    @property
    def state_label(self) -> Text:
        return RECORD_STATES[self.state]

    @property
    def problem_text(self) -> Text | None:
        return Text(self.problem["zh"], self.problem["en"]) if self.problem else None
