"""Verifications of a report, their people, findings' values and conclusions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.roles import VERIFICATION
from tanzhi.actions.state_record import CaseRecord
from tanzhi.filings.months.model import Filing, Version
from tanzhi.organisations.dated import Dated
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import reports_assigned
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.actions.actor import Actor


class VerificationQuerySet(ScopedQuerySet):
    fields = ScopeFields(room=VERIFICATION, body="body_id")


class Verification(CaseRecord):
    """The verification (核查) of one enterprise's annual report; the report stays as it was filed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="verifications")
    year = models.PositiveSmallIntegerField(db_index=True)
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="verifications")
    version = models.ForeignKey(Version, models.PROTECT, related_name="verifications")  # what is verified
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="verifying")
    review = models.TextField(blank=True)  # document review (文件评审)
    site_list = models.TextField(blank=True)  # what to look at on site (现场核查清单)
    visited_on = models.DateField(null=True)
    visit = models.TextField(blank=True)
    waived = models.TextField(blank=True)  # why no visit was needed
    objection = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    archive_number = models.CharField(max_length=100, blank=True)
    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "organisation__code")
        constraints = (models.UniqueConstraint(fields=["organisation", "year"], name="one_verification_a_year"),)

    @property
    def place(self) -> Place:
        path = self.organisation.region.path
        return Place(self.organisation_id, path, room=VERIFICATION, year=self.year, body_id=self.body_id)

    @property
    def name(self) -> Text:
        named = Text("{name} {year} 年度核查", "{name}, verification of {year}")
        return named.format(name=self.organisation.name, year=self.year)

    def get_absolute_url(self) -> str:
        return reverse("verification:case", args=[self.pk])

    @property
    def latest(self) -> Conclusion | None:
        """The conclusion that stands."""
        conclusion: Conclusion | None = self.conclusions.order_by("-number").first()
        return conclusion


class Member(models.Model):
    """Somebody in the group (核查组) of a case."""

    part_of = "case"

    case = models.ForeignKey(Verification, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="verifications")
    leader = models.BooleanField(default=False)

    class Meta:
        ordering = ("-leader", "pk")
        constraints = (models.UniqueConstraint(fields=["case", "person"], name="one_seat_a_person"),)


CONFLICTS = {
    "consulting": Text("提供咨询服务", "Consulting"),
    "report_writing": Text("代编排放报告", "Prepared the report"),
    "trading": Text("参与其配额交易", "Trades on its behalf"),
    "interest": Text("股权或其他利益关系", "Shareholding or other interest"),
    "family": Text("近亲属任职", "Close relative employed there"),
}


class Conflict(Dated):
    """A declared conflict of interest (利益冲突) of a body or a person with an enterprise."""

    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="conflicts_as_body")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="conflicts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=20)
    basis = models.CharField(max_length=300)
    revision = models.PositiveIntegerField(default=0)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("since", "pk")

    def get_absolute_url(self) -> str:
        return reverse("verification:conflicts")

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def kind_label(self) -> Text:
        return CONFLICTS[self.kind]


class Redetermination(models.Model):
    """A rejected cell and what takes its place (重新核定); one that was withdrawn counts no more."""

    part_of = "case"

    case = models.ForeignKey(Verification, models.PROTECT, related_name="redeterminations")
    place_in_record = models.CharField(max_length=300)  # units[1].months[2023-06].fuels[bituminous]
    field = models.CharField(max_length=60)
    filed = models.CharField(max_length=80)
    value = models.CharField(max_length=80, blank=True)  # blank: the guideline's default takes its place
    method = models.CharField(max_length=40)
    actual = models.CharField(max_length=40, blank=True)
    required = models.CharField(max_length=40, blank=True)
    basis = models.TextField()
    finding = models.CharField(max_length=100, blank=True)  # reference of the non-conformity
    withdrawn = models.BooleanField(default=False)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    @property
    def path(self) -> str:
        return f"{self.place_in_record}.{self.field}"


class Conclusion(models.Model):
    """A conclusion (核查结论) with its report number; a later one replaces it, none is changed."""

    part_of = "case"

    case = models.ForeignKey(Verification, models.PROTECT, related_name="conclusions")
    number = models.PositiveIntegerField()
    report_number = models.CharField(max_length=100)
    conforms = models.BooleanField()
    opinion = models.TextField()
    swing = models.TextField(blank=True)  # why it differs from the year before
    reported = models.CharField(max_length=40)  # t, as filed
    verified = models.CharField(max_length=40)
    release = models.CharField(max_length=100)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["case", "number"], name="one_conclusion_a_number"),)


class VerifiedResultQuerySet(ScopedQuerySet):
    fields = ScopeFields(
        organisation="conclusion__case__organisation_id",
        region="conclusion__case__organisation__region__path",
        room=VERIFICATION,
        body="conclusion__case__body_id",
    )


class VerifiedResult(models.Model):
    """A quantity of the enterprise or of a unit as it came out of verification, beside what was reported."""

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="results")
    level = models.CharField(max_length=40)
    where = models.CharField(max_length=300, blank=True)
    quantity = models.CharField(max_length=100)
    unit = models.CharField(max_length=40)
    reported = models.CharField(max_length=80, null=True)
    value = models.CharField(max_length=80, null=True)
    objects = VerifiedResultQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["conclusion", "where", "quantity"], name="one_verified"),)


_REPORTS = "SELECT body_id, organisation_id, year FROM verification_verification WHERE body_id = %s"


@reports_assigned
def reports_of_bodies(bodies: Iterable[int]) -> Iterable[tuple[int, int, int]]:
    """Body, organisation and year of the reports that these bodies verify."""
    with connection.cursor() as cursor:  # asked on every page of a body, as `actor_of` says
        for body in bodies:
            cursor.execute(_REPORTS, [body])
            yield from cursor.fetchall()


def visible_cases(actor: Actor) -> models.QuerySet[Any]:
    """Cases that a reader may see, with what their lists show."""
    return Verification.objects.visible_to(actor).select_related("organisation__region", "body")
