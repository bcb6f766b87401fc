"""Laboratory reports (检测报告) as records: what was measured in whose sample of which month, by whom, and when."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.roles import REPORTS
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text

ON_RECORD, WITHDRAWN = "on_record", "withdrawn"


class LaboratoryReportQuerySet(ScopedQuerySet):
    fields = ScopeFields(room=REPORTS, year="month__startswith")


class LaboratoryReport(CaseRecord):
    """One report of a laboratory; what it says is never changed, a wrong record is withdrawn and recorded anew."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="laboratory_reports")
    guideline = models.CharField(max_length=60)
    number = models.CharField(max_length=100)
    month = models.CharField(max_length=10)  # of which the sample is: 2023-06
    unit = models.CharField(max_length=100, blank=True)  # blank: of the whole plant
    material = models.CharField(max_length=100)
    sampled_on = models.DateField()
    reported_on = models.DateField()
    laboratory = models.CharField(max_length=500)
    laboratory_mark = models.CharField(max_length=20)
    values = models.TextField()  # canonical JSON: every column as it was recorded, numbers as exact strings
    digest = models.CharField(max_length=64)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    withdrawn_because = models.TextField(blank=True)
    objects = LaboratoryReportQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "organisation_id", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "number"], condition=Q(state=ON_RECORD), name="one_report_a_number"
            ),
        )

    @property
    def place(self) -> Place:
        return Place(self.organisation_id, self.organisation.region.path, room=REPORTS, year=int(self.month[:4]))

    @property
    def name(self) -> Text:
        return Text("检测报告 {n}（{m}）", "Laboratory report {n} ({m})").format(n=self.number, m=self.month)

    def get_absolute_url(self) -> str:
        return reverse("filings:laboratory_report", args=[self.pk])

    @property
    def row(self) -> dict[str, Any]:
        """What was recorded, by the columns of the form."""
        row: dict[str, Any] = json.loads(self.values)
        return row
