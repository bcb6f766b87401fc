"""A problem clue (问题线索): received from the national inspection, handed to a city, put right, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

SOURCES = {
    "national_inspection": Text("国家数据质量检查", "National quality inspection"),
    "monthly_review": Text("月度存证审核", "Review of monthly deposits"),
    "complaint": Text("举报投诉", "Complaint"),
    "transferred": Text("移交案件", "Case handed over"),
    "supervision": Text("日常监管", "Daily supervision"),
}
RISKS = {"high": Text("高", "High"), "medium": Text("中", "Medium"), "low": Text("低", "Low")}
RECEIVED, DISPATCHED, RECTIFYING, RECTIFIED = "received", "dispatched", "rectifying", "rectified"
CONFIRMED, UNFOUNDED, CLOSED = "confirmed", "unfounded", "closed"
# An enterprise learns of a clue when it is asked to put something right, a city when it is asked to look.
BEFORE_ENTERPRISE = (RECEIVED, DISPATCHED, UNFOUNDED)
PROVINCE = frozenset({"provincial_officer", "provincial_director", "auditor", "administrator"})


class ClueQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach, and already told to that level."""
        reached = super().visible_to(actor)
        if PROVINCE & actor.roles:
            return reached
        if "city_officer" in actor.roles:
            return reached.exclude(state=RECEIVED)
        return reached.exclude(state__in=BEFORE_ENTERPRISE)


class Clue(CaseRecord):
    """One problem in one enterprise's data, to be looked at and closed."""

    number = models.CharField(max_length=60, unique=True)  # of the list that it came with
    source = models.CharField(max_length=30, db_index=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="clues")
    unit = models.CharField(max_length=60, blank=True)
    parameter = models.CharField(max_length=200)
    period = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    risk = models.CharField(max_length=10, default="medium")
    requirement = models.TextField(blank=True)  # what the province asks of the city
    check_result = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    confirmation = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    withdrawn = models.BooleanField(default=False)  # its import was undone
    objects = ClueQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "number")

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def name(self) -> Text:
        named = Text("线索 {number}：{name} {parameter}", "Clue {number}: {name}, {parameter}")
        return named.format(number=self.number, name=self.organisation.name, parameter=self.parameter)

    def get_absolute_url(self) -> str:
        return reverse("verification:clue", args=[self.pk])

    def seen_by(self, actor: Actor) -> bool:
        return Clue.objects.visible_to(actor).filter(pk=self.pk).exists()
