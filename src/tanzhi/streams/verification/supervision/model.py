"""The yearly evaluation (评估) of a verification body, frozen as it was proposed, public once it is published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.body_evaluation import GRADES
from tanzhi.rulebook.kernel.text import Text

PROPOSED, STATED, DECIDED, PUBLISHED = "proposed", "stated", "decided", "published"


class BodyEvaluationQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="body_id", region="region__path", published="published")


class BodyEvaluation(CaseRecord):
    """How a body's verifications of a year are judged."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="body_evaluations")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="evaluations")
    year = models.PositiveSmallIntegerField()
    measures: models.JSONField[Any, Any] = models.JSONField(default=dict)  # criterion → above, below, weight, points
    rows: models.JSONField[Any, Any] = models.JSONField(default=list)  # enterprise by enterprise: in time, stood
    score = models.CharField(max_length=10)  # of 100
    proposed = models.CharField(max_length=10)  # grade by the score
    grade = models.CharField(max_length=10, blank=True)  # as decided
    opinion = models.TextField(blank=True)
    statement = models.TextField(blank=True)  # of the body
    document = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True)
    published = models.BooleanField(default=False)
    objects = BodyEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "body__code")
        constraints = (models.UniqueConstraint(fields=["region", "body", "year"], name="one_evaluation_a_year"),)

    @property
    def place(self) -> Place:
        return Place(self.body_id, self.region.path, published=self.published)

    @property
    def name(self) -> Text:
        named = Text("{name} {year} 年度核查评估", "{name}: evaluation of the verifications of {year}")
        return named.format(name=self.body.name, year=self.year)

    def get_absolute_url(self) -> str:
        return reverse("verification:evaluation", args=[self.pk])

    def worked_by(self, actor: Any) -> bool:
        """By the authority and the body: what the body hands in is nobody else's, whoever reads the result."""
        return bool(actor.works_with(self.place))

    @property
    def points(self) -> Decimal:
        return Decimal(self.score)

    @property
    def grade_label(self) -> Text | None:
        return GRADES.get(self.grade)

    @property
    def proposed_label(self) -> Text:
        return GRADES[self.proposed]
