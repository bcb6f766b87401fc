"""A finding in a case: raised, answered, sent back or closed."""

from __future__ import annotations

from django.db import models

from tanzhi.actions.state_record import CaseRecord
from tanzhi.actions.states import Kind, case_type
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.dossier.model import OfCase, OfCaseQuerySet


class CaseFinding(OfCase, CaseRecord):
    """Something found wrong in a case (不符合项, 问题): raised, answered, sent back or closed."""

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    where = models.CharField(max_length=300, blank=True)
    law = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)
    verdict = models.TextField(blank=True)  # why it was closed or sent back
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["case", "number"], name="one_finding_a_number"),)

    @property
    def name(self) -> Text:
        named = Text("{n}. {title}（{case}）", "{n}. {title} ({case})")
        return named.format(n=self.number, title=self.title, case=self.owner.name)

    @property
    def kind(self) -> Kind:
        """The kind of work that it was found in, which says who answers."""
        return case_type(self.owner)
