"""Editions of the bulletin: drafted from the figures, published by two people, frozen by their content's digest."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.evidence.files import open_stored
from tanzhi.figures import Span
from tanzhi.figures.spans import SpanFault
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text, same

from .content import BulletinContent
from .rows_version import RowsVersion

__all__ = ["Edition", "RowsVersion"]
DRAFTED, PUBLISHED, SUPERSEDED = "drafted", "published", "superseded"
WITHDRAWN = "withdrawn"
PUBLIC = (PUBLISHED, SUPERSEDED)


class EditionQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path", published="public")


class Edition(CaseRecord):
    """One edition (一期发布稿的一版): its content is canonical JSON in the file store, `digest` its SHA-256."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    english = models.BooleanField(default=True)  # whether it is published in English, too
    remark = models.CharField(max_length=2000, blank=True)  # on what is absent or provisional, or why it is corrected
    drafted_by = models.CharField(max_length=100)
    proposed_by = models.CharField(max_length=100, blank=True)
    signed_by = models.CharField(max_length=100, blank=True)
    published_at = models.DateTimeField(null=True)
    public = models.BooleanField(default=False)
    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=["region", "period", "number"], name="one_edition_a_number"),)

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.public)

    @property
    def span(self) -> Span:
        return Span.parse(self.period)

    @property
    def name(self) -> Text:
        words = Text("{region}{period}发布稿，第{n}版", "Bulletin of {region}, {period}, edition {n}")
        return words.format(region=self.region.name, period=self.period_title, n=self.number)

    @property
    def period_title(self) -> Text:
        """The period in words; a code that names none stays as it is."""
        try:
            return self.span.title
        except SpanFault:
            return same(self.period)

    @property
    def content(self) -> BulletinContent:
        with open_stored(self.digest) as file:
            return BulletinContent.model_validate_json(file.read())

    def get_absolute_url(self) -> str:
        return reverse("bulletin:edition", args=[self.pk])
