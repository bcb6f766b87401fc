"""A version of an installation's own data: what differs from what the program brings, from a day on if adopted."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.state_record import CaseRecord
from tanzhi.rulebook.kernel.text import Text

from .roles import READERS

DRAFTED, ADOPTED, WITHDRAWN = "drafted", "adopted", "withdrawn"


class DatedVersionQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self if READERS & actor.roles else self.none()


class DatedVersion(CaseRecord):
    """A room adds `title`, `content` and its page; an empty overlay is what the program brings."""

    title: ClassVar[Text]  # what is versioned, in words

    number = models.PositiveIntegerField(unique=True)
    since = models.DateField(null=True)
    overlay: models.JSONField[Any, Any] = models.JSONField(default=dict)
    remark = models.CharField(max_length=2000, blank=True)
    drafted_by = models.CharField(max_length=100)
    proposed_by = models.CharField(max_length=100, blank=True)
    signed_by = models.CharField(max_length=100, blank=True)
    objects: ClassVar[Any] = DatedVersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-number",)

    @property
    def content(self) -> Any:
        """All that it says, what the program brings included."""
        raise NotImplementedError(f"{type(self).__name__} has no content")

    def says_as(self, other: Self) -> bool:
        """Whether both say the same."""
        return bool(self.content == other.content)

    def taken_again(self, overlay: dict[str, Any]) -> dict[str, Any]:
        """What a draft says when an earlier version is taken again."""
        return overlay

    @property
    def place(self) -> Place:
        return Place()

    def seen_by(self, actor: Actor) -> bool:
        """Whoever administers the installation, or prepares, signs or audits what is made of it."""
        return bool(READERS & actor.roles)

    @property
    def name(self) -> Text:
        return Text("{title}，第{n}版", "{title}, version {n}").format(title=self.title, n=self.number)

    @classmethod
    def on(cls, day: date) -> Self:
        """The version in force on a day; number 0: what the program brings."""
        adopted = cls.objects.filter(state=ADOPTED, since__lte=day).order_by("-since", "-number").first()
        return adopted or cls(number=0)

    @classmethod
    def latest(cls) -> Self:
        """The version adopted last, be it in force or to come; number 0: what the program brings."""
        return cls.objects.filter(state=ADOPTED).order_by("-since", "-number").first() or cls(number=0)
