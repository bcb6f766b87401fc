"""Letters and the running numbers of their series."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.dossier.model import Written


class LetterSeries(models.Model):
    """The running numbers of one kind of letter of one issuer in one year."""

    audience = "nobody"  # a counter

    issuer_id = models.BigIntegerField(default=0)  # 0: the platform itself
    series = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["issuer_id", "series", "year"], name="one_series_a_year"),)


LETTER_STATES = {
    "sent": Text("已送达，待签收", "Sent"),
    "acknowledged": Text("已签收", "Acknowledged"),
    "withdrawn": Text("已撤回", "Withdrawn"),
}


class LetterQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="to_id", region="to__region__path")


class Letter(Written):
    """An official letter about a case: numbered, to one organisation, acknowledged by it."""

    part_of = ""  # the receiver's and its authorities', not whoever's the case is

    code = models.CharField(max_length=100)  # the template, room.name
    issuer = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="letters")
    number_zh = models.CharField(max_length=100)
    number_en = models.CharField(max_length=100)
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    wording_version = models.PositiveIntegerField(default=0)  # the installation's wording of letters; 0: the program's
    blocks: models.JSONField[Any, Any] = models.JSONField(default=list)  # both languages, as it was written
    state = models.CharField(max_length=20, default="sent", db_index=True)
    acknowledged_by = models.CharField(max_length=100, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_for = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    objects = LetterQuerySet.as_manager()

    class Meta:
        app_label = "cases"
        ordering = ("-at", "-pk")

    @property
    def place(self) -> Place:
        """It is the receiver's to acknowledge."""
        return self.to.place

    @property
    def number(self) -> Text:
        return Text(self.number_zh, self.number_en)

    @property
    def name(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def state_label(self) -> Text:
        return LETTER_STATES[self.state]

    @property
    def tone(self) -> str:
        return {"acknowledged": "ok", "withdrawn": ""}.get(self.state, "due")

    def get_absolute_url(self) -> str:
        return reverse("cases:letter", args=[self.pk])
