"""The library: documents with their issuers, and their clauses as a tree."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, Place, ScopeFields, scope
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import RegionalQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import KINDS, LEVELS, TOPICS
from tanzhi.streams.policy.shared.model import Titled

DRAFT, IN_FORCE, REPEALED = "draft", "in_force", "repealed"
STANDINGS = {
    "draft": Text("录入中", "being entered"),
    "later": Text("尚未施行", "not yet in force"),
    "in_force": Text("现行有效", "in force"),
    "expired": Text("已到期", "expired"),
    "repealed": Text("已废止", "repealed"),
}
STANDING_TONES = {"draft": "due", "later": "info", "in_force": "ok", "expired": "", "repealed": ""}


class DocumentQuerySet(RegionalQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """In reach; for everybody once it is entered in full."""
        return self.filter(scope(actor, ScopeFields("", "region__path")) | Q(Q(published=True), ~Q(state=DRAFT)))


class Document(Titled):
    """A policy document (政策文件); its full text hangs on it as a file, its clauses stand below it."""

    PAGE = "document"

    number = models.CharField(max_length=100, blank=True)  # 文号
    level = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    topic = models.CharField(max_length=20)
    issued_on = models.DateField()
    effective_on = models.DateField()
    valid_until = models.DateField(null=True)  # its last day
    repealed_on = models.DateField(null=True)  # the first day on which it holds no more
    repeal_reason = models.TextField(blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")
    source = models.CharField(max_length=300, blank=True)
    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_on", "-pk")

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.published and self.state != DRAFT)

    def publishes(self, title: str) -> bool:
        """The full text, which was handed in under the document's own title."""
        return title == self.title_zh

    @property
    def level_label(self) -> Text:
        return LEVELS[self.level]

    @property
    def kind_label(self) -> Text:
        return KINDS[self.kind]

    @property
    def topic_label(self) -> Text:
        return TOPICS[self.topic]

    def standing_on(self, day: date) -> str:
        """Whether it holds on a day: its own state, and its dates."""
        if self.state == DRAFT:
            return "draft"
        if self.repealed_on is not None and self.repealed_on <= day:
            return "repealed"
        if day < self.effective_on:
            return "later"
        return "expired" if self.valid_until is not None and self.valid_until < day else "in_force"

    @property
    def standing(self) -> str:
        return self.standing_on(clock.today())

    @property
    def standing_label(self) -> Text:
        return STANDINGS[self.standing]

    @property
    def standing_tone(self) -> str:
        return STANDING_TONES[self.standing]

    @property
    def issuer_names(self) -> list[Text]:
        return [issuer.name for issuer in self.issuers.all()]

    @property
    def issued_by(self) -> Text | None:
        """The lead, and how many others issued it with him."""
        names = self.issuer_names
        if len(names) < 2:
            return names[0] if names else None
        others = Text("{lead}等{n}个单位", "{lead} and {others} more")
        return others.format(lead=names[0], n=len(names), others=len(names) - 1)


class Issuer(models.Model):
    """Who issued a document; the first one leads. An authority of the platform, or a name from outside."""

    part_of = "document"

    document = models.ForeignKey(Document, models.CASCADE, related_name="issuers")
    order = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    outside_zh = models.CharField(max_length=200, blank=True)
    outside_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("order",)

    @property
    def name(self) -> Text:
        return self.organisation.name if self.organisation else Text(self.outside_zh, self.outside_en)


class Clause(models.Model):
    """A clause (条款); its number places it in the tree: 2.1 stands below 2."""

    part_of = "document"

    document = models.ForeignKey(Document, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20)
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    assigns = models.BooleanField(default=True)  # whether it asks for a task; a heading or a definition does not

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["document", "number"], name="one_clause_a_number"),)

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def name(self) -> Text:
        return Text("{n} {title}", "{n} {title}").format(n=self.number, title=self.title)

    @property
    def depth(self) -> int:
        return self.number.count(".")

    @property
    def place(self) -> Any:
        return self.document.place
