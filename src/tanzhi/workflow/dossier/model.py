"""What hangs on a case: comments, attached files, findings with their answers, letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields, scope
from tanzhi.actions.roles import KNOWN_ROLES
from tanzhi.actions.state_record import CaseRecord, assigned_cases, case_of, untold_cases
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

LONGEST = 300
"""Characters of a file's title: as many as the title of a document has, under which its text is handed in."""


class OfCaseQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="organisation_id", region="region_path", person="holder_id")

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach, or in a case that an assignment opens."""
        return self.filter(scope(actor, self.fields) | models.Q(case__in=assigned_cases(actor)))


class OfCase(models.Model):
    """Something of a case: it belongs where the case belongs, and moves along with it."""

    part_of = "owner"

    case = models.CharField(max_length=100, db_index=True)
    organisation_id = models.BigIntegerField(null=True, db_index=True)
    region_path = models.CharField(max_length=200, blank=True)
    holder_id = models.BigIntegerField(null=True)  # the person concerned, where the case is about one

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        """Where the case is; what was noted here serves lists, and a case that is gone."""
        case = self.__dict__.get("_owner") or case_of(self.case)
        return case.place if case is not None else Place(self.organisation_id, self.region_path, self.holder_id)

    @property
    def owner(self) -> CaseRecord:
        """The case it belongs to, fetched once."""
        case: CaseRecord | None = self.__dict__.get("_owner") or case_of(self.case)
        if case is None:
            raise LookupError(f"{self.case} is gone")
        self.__dict__["_owner"] = case
        return case

    def of(self, case: CaseRecord) -> Self:
        """The same thing, told whose it is by a page that knows."""
        self.__dict__["_owner"] = case
        return self

    def get_absolute_url(self) -> str:
        return self.owner.get_absolute_url()


class Written(OfCase):
    """Something that a person added, and when."""

    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class CommentQuerySet(OfCaseQuerySet):
    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """With their cases, as far as these are told; internal ones to the authorities alone."""
        rows = super().visible_to(actor).exclude(case__in=untold_cases(actor))
        offices = [grant for grant in actor.grants if KNOWN_ROLES[grant.role].reach in ("region", "platform")]
        of_authorities = scope(replace(actor, person_id=None, grants=offices), self.fields)
        return rows.filter(models.Q(internal=False) | of_authorities)


class Comment(Written):
    """A remark; one that is internal is for the authorities alone."""

    part_of = ""  # a rule of its own

    text = models.TextField()
    internal = models.BooleanField(default=False)
    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")

    def seen_by(self, actor: Actor) -> bool:
        """With its case; an internal one by the authorities alone."""
        return actor.oversees(self.place) if self.internal else self.owner.seen_by(actor)


class Attachment(Written):
    """A stored file beside the case, or beside one of its findings."""

    subject = models.CharField(max_length=100, db_index=True)
    title = models.CharField(max_length=LONGEST)
    title_en = models.CharField(max_length=LONGEST, default="")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")

    @property
    def label(self) -> Text:
        return Text(self.title, self.title_en or self.title)

    @property
    def address(self) -> str:
        return reverse("cases:attachment", args=[self.pk])

    def opened_by(self, actor: Actor) -> bool:
        """By whoever works with its case; one that is public along with the case by whoever sees that."""
        case = self.owner
        return case.worked_by(actor) or (case.publishes(self.title) and case.seen_by(actor))
