"""A version of the bulletin's rows and wording: drafted, adopted by two people, in force from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.state_record import CaseRecord
from tanzhi.rulebook.kernel.text import Text

from .overlay import Overlay
from .rows import BulletinPlan, plan

DRAFTED, ADOPTED, WITHDRAWN = "drafted", "adopted", "withdrawn"
READERS = frozenset({"administrator", "provincial_officer", "provincial_director", "auditor"})


class RowsVersionQuerySet(models.QuerySet["RowsVersion"]):
    def visible_to(self, actor: Actor) -> RowsVersionQuerySet:
        return self if READERS & actor.roles else self.none()


class RowsVersion(CaseRecord):
    """What an installation says otherwise than the program's own rows (`overlay`), from `since` on if adopted."""

    number = models.PositiveIntegerField(unique=True)
    since = models.DateField(null=True)
    overlay: models.JSONField[Any, Any] = models.JSONField(default=dict)
    remark = models.CharField(max_length=2000, blank=True)
    drafted_by = models.CharField(max_length=100)
    proposed_by = models.CharField(max_length=100, blank=True)
    signed_by = models.CharField(max_length=100, blank=True)
    objects: ClassVar[Any] = RowsVersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)

    @property
    def place(self) -> Place:
        return Place()

    def seen_by(self, actor: Actor) -> bool:
        """Whoever administers the installation or prepares, signs or audits bulletins."""
        return bool(READERS & actor.roles)

    @property
    def name(self) -> Text:
        return Text("发布稿行文，第{n}版", "Rows and wording of the bulletin, version {n}").format(n=self.number)

    @property
    def wording(self) -> Overlay:
        return Overlay.model_validate(self.overlay)

    @property
    def plan(self) -> BulletinPlan:
        return self.wording.over(plan())

    def get_absolute_url(self) -> str:
        return reverse("bulletin:rows_version", args=[self.pk])


def version_on(day: date) -> RowsVersion | None:
    """The version in force on a day; none where the program's own rows are."""
    adopted = RowsVersion.objects.filter(state=ADOPTED, since__lte=day)
    version: RowsVersion | None = adopted.order_by("-since", "-number").first()
    return version


def plan_on(day: date) -> tuple[int, BulletinPlan]:
    """The number of the version in force on a day, and its rows; 0: the program's own."""
    version = version_on(day)
    return (version.number, version.plan) if version else (0, plan())
