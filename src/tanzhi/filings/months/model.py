"""What was stated for a subject and a period: filings, versions, answers, results."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.retrieval import one_of
from tanzhi.actions.roles import REPORTS
from tanzhi.actions.state_record import CaseRecord
from tanzhi.filings.mappings.model import MappingVersion
from tanzhi.filings.shared.forms import is_regional
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text

DRAFT, CHECKED, DEPOSITED = "draft", "checked", "deposited"
IN_CORRECTION, RETURNED = "in_correction", "returned"
PLANT_LEVEL, CITY_LEVEL, PROVINCE_LEVEL = "plant", "city", "province"
LEVELS = {
    PLANT_LEVEL: Text("企业审批人", "the plant's approver"),
    CITY_LEVEL: Text("市级生态环境部门", "the city's bureau"),
    PROVINCE_LEVEL: Text("省级生态环境部门", "the province"),
}
"""Who reads a month before it stands: the plant itself, then the city, then the province (国家—省—市三级联审)."""


class FilingQuerySet(ScopedQuerySet):
    fields = ScopeFields(room=REPORTS, year="period__startswith")


class Filing(CaseRecord):
    """What an organisation states by one form for one period: a month ("2023-06") or a year ("2023")."""

    form_code = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="filings")
    subject = models.CharField(max_length=100)
    period = models.CharField(max_length=10, db_index=True)
    due_on = models.DateField()
    inner_due_on = models.DateField(null=True)  # a province's earlier deadline, which is no law
    late = models.BooleanField(default=False)
    deposited_at = models.DateTimeField(null=True)
    correction_reason = models.TextField(blank=True)
    returned_by = models.CharField(max_length=10, blank=True)  # the authority that waits for an amended deposit
    reviewed_by = models.CharField(max_length=10, blank=True)  # the authority that has read what is deposited
    objects = FilingQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "organisation_id", "pk")
        constraints = (
            models.UniqueConstraint(fields=["form_code", "subject", "period"], name="one_filing_for_a_period"),
        )

    @property
    def place(self) -> Place:
        return Place(self.organisation_id, self.organisation.region.path, room=REPORTS, year=self.year)

    @property
    def guideline_name(self) -> str:
        return self.form_code.split(".")[0]

    @property
    def year(self) -> int:
        return int(self.period[:4])

    @property
    def is_annual(self) -> bool:
        return len(self.period) == 4

    @property
    def latest(self) -> Version | None:
        return self._version(newest)

    @property
    def deposited_version(self) -> Version | None:
        """The version that stands: the last one that was deposited, also while a correction is under way."""
        return self._version(newest_deposited)

    def _version(self, question: Callable[[int], models.QuerySet[Version]]) -> Version | None:
        version = one_of(question, self.pk)
        if version is not None:
            version.filing = self
        return version

    @property
    def name(self) -> Text:
        return Text("{period}：{title}", "{period}: {title}").format(period=self.period, title=self.title)

    def get_absolute_url(self) -> str:
        return reverse("filings:filing", args=[self.pk])

    @property
    def is_regional(self) -> bool:
        """Whether it is about a region, which an authority states."""
        return is_regional(self.form_code)

    @property
    def title(self) -> Text:
        """Of whom and what it is: a plant's period, or the form by its name where it is about a region."""
        if not self.is_regional:
            return self.organisation.name
        form = guidelines()[self.guideline_name].title
        return Text("{form}（{name}）", "{form} ({name})").format(form=form, name=self.organisation.region.name)


class Version(models.Model):
    """The values of a filing as they stood at one moment; the database refuses to change or delete one."""

    part_of = "filing"

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.TextField()  # canonical JSON: exact decimal strings
    digest = models.CharField(max_length=64)
    places: models.JSONField[Any, Any] = models.JSONField(default=dict)  # field path -> sheet!cell
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    mapping_version = models.ForeignKey(MappingVersion, models.PROTECT, null=True)
    reason = models.TextField(blank=True)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    deposited = models.BooleanField(default=False)  # the only thing that may be set later, once

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["filing", "number"], name="one_version_a_number"),)

    @property
    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self.values)
        return record


def newest(filing: int) -> models.QuerySet[Version]:
    return Version.objects.filter(filing=filing).order_by("-number")[:1]


def newest_deposited(filing: int) -> models.QuerySet[Version]:
    return Version.objects.filter(filing=filing, deposited=True).order_by("-number")[:1]


class Answer(models.Model):
    """What somebody answered to a question of the checks."""

    part_of = "filing"

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="answers")
    code = models.CharField(max_length=40)
    where = models.CharField(max_length=300)
    question = models.CharField(max_length=200)  # the words that it was given to, for which alone it holds
    text = models.TextField()
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()


class Remark(models.Model):
    """What somebody who returned a month wrote to a cell of a version, to a row, or to the month as a whole."""

    part_of = "filing"

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="remarks")
    version = models.ForeignKey(Version, models.PROTECT, related_name="remarks")
    level = models.CharField(max_length=10)
    where = models.CharField(max_length=300, blank=True)  # units[1].months[2023-06]; empty is the month as a whole
    field = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    @property
    def level_label(self) -> Text:
        return LEVELS[self.level]


class RemarkAnswer(models.Model):
    """What the plant answered to a remark."""

    part_of = "filing"

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="remark_answers")
    remark = models.ForeignKey(Remark, models.PROTECT, related_name="answers")
    text = models.TextField()
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)


class EvidenceFile(models.Model):
    """A test report, a meter log, a settlement slip: attached to a filing, at a place or a field."""

    part_of = "filing"

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="evidence_files")
    kind = models.CharField(max_length=100)
    where = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    person_id = models.BigIntegerField()
    at = models.DateTimeField()


class ResultQuerySet(ScopedQuerySet):
    fields = ScopeFields(room=REPORTS, year="period__startswith")


class Result(models.Model):
    """One computed quantity of a deposited version, under the rules release that computed it."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="results")
    # found by the constraint of one result, which begins with it
    version = models.ForeignKey(Version, models.PROTECT, related_name="results", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="results")
    period = models.CharField(max_length=10)
    level = models.CharField(max_length=40)
    where = models.CharField(max_length=300, blank=True)  # units[1].months[2023-06]; empty is the whole enterprise
    quantity = models.CharField(max_length=100)
    value = models.CharField(max_length=80, null=True)  # exact decimal string, or a code
    unit = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    release = models.CharField(max_length=100)
    objects = ResultQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["quantity", "period", "level"]),)
        constraints = (models.UniqueConstraint(fields=["version", "where", "quantity", "release"], name="one_result"),)


class Reminder(models.Model):
    """An authority's reminder of a month that was past its day and not deposited."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="filing_reminders")
    form_code = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    due_on = models.DateField()
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    on = models.DateField()
    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "form_code", "period", "on"], name="one_reminder_a_day"),
        )

    @property
    def place(self) -> Place:
        whose = self.organisation
        return Place(whose.pk, whose.region.path, room=REPORTS, year=int(self.period[:4]))


class InnerDeadline(models.Model):
    """A province's or city's own earlier deadline for the monthly deposit, in natural days after the month's end."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="inner_deadlines")
    form_code = models.CharField(max_length=60)
    days = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)

    def holds_on(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)

    @property
    def place(self) -> Place:
        return self.region.place
