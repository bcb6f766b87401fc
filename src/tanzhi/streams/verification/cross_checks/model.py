"""A hit of a cross-check (交叉核对疑点): a question to a plant about one cell, with the numbers behind it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.roles import REPORTS
from tanzhi.actions.state_record import CaseRecord
from tanzhi.filings.months.model import Filing, Version
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.presentation.sheets.sheet import anchor_of
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.clues.model import Clue

OPEN, ANSWERED, ASIDE, TO_CLUE, GONE = "open", "answered", "aside", "clue", "gone"


class CheckHitQuerySet(ScopedQuerySet):
    fields = ScopeFields(room=REPORTS, year="year")


class CheckHit(CaseRecord):
    """One question of a cross-check; it is about the version in which the number stands."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="check_hits")
    year = models.PositiveSmallIntegerField(db_index=True)
    code = models.CharField(max_length=40, db_index=True)
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="check_hits")
    version = models.ForeignKey(Version, models.PROTECT, related_name="check_hits")
    where = models.CharField(max_length=300, blank=True)  # the row of the cell, as the rulebook writes it
    field = models.CharField(max_length=100)
    value = models.CharField(max_length=100)  # what stands in the cell
    words: models.JSONField[Any, Any] = models.JSONField()  # of the field, what was found, what was expected
    compared: models.JSONField[Any, Any] = models.JSONField(default=list)  # the numbers, with their cells
    release = models.CharField(max_length=100)  # of the limits
    answer = models.TextField(blank=True)
    opinion = models.TextField(blank=True)  # why it is asked again, or set aside
    clue = models.ForeignKey(Clue, models.PROTECT, null=True, related_name="check_hits")
    objects = CheckHitQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "organisation__code", "code", "pk")
        constraints = (
            models.UniqueConstraint(fields=["version", "code", "where", "field"], name="one_hit_of_a_check_at_a_cell"),
        )

    @property
    def place(self) -> Place:
        return Place(self.organisation_id, self.organisation.region.path, room=REPORTS, year=self.year)

    @property
    def name(self) -> Text:
        named = Text("疑点 {code}：{name} {field}", "Hit {code}: {name}, {field}")
        return named.format(code=self.code, name=self.organisation.name, field=self.part("field"))

    def part(self, name: str) -> Text:
        """Its words about the field, what was found (`actual`) or what was expected, in both languages."""
        return Text(**self.words[name])

    @property
    def cell_address(self) -> str:
        """The deposited version, opened at the cell."""
        page = reverse("filings:version", args=[self.filing_id, self.version.number])
        return f"{page}#{anchor_of(self.where, self.field)}"

    def get_absolute_url(self) -> str:
        return reverse("verification:hit", args=[self.pk])
