"""An application for an account with its papers, for whoever decides on it and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place
from tanzhi.actions.roles import ADMINISTRATORS, HEAD, ROLES
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

SUBMITTED, ACCEPTED, REFUSED, ERASED = "submitted", "accepted", "refused", "erased"


class ApplicationQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """Administrators see all; the head of an organisation those who want to join it."""
        if actor.roles & ADMINISTRATORS:
            return self
        heads = [grant.organisation_id for grant in actor.grants if grant.role == HEAD and grant.organisation_id]
        return self.filter(organisation__in=heads)


class AccountApplication(CaseRecord):
    """Who asks for an account, in which role and organisation; what is personal in it can be erased."""

    applicant = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    role = models.CharField(max_length=40)
    # An organisation of the register, or one that is not there yet by its name and code.
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    organisation_name = models.CharField(max_length=200, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    remark = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # the account that came of it
    reason = models.CharField(max_length=300, blank=True)  # of a refusal
    objects = ApplicationQuerySet.as_manager()

    class Meta:
        app_label = "organisations"
        ordering = ("-opened_at", "-pk")

    @property
    def place(self) -> Place:
        """Of whoever keeps accounts (a person who is nobody yet), and of the organisation that it names."""
        return Place(organisation_id=self.organisation_id or 0, person_id=0)

    def seen_by(self, actor: Actor) -> bool:
        """No colleague and no authority reads who applies: administrators and the head do."""
        return bool(actor.roles & ADMINISTRATORS) or actor.reaches(HEAD, self.place)

    def worked_by(self, actor: Actor) -> bool:
        return self.seen_by(actor)

    @property
    def number(self) -> str:
        """By which the applicant and the office speak of it."""
        return f"SQ{self.pk:06d}"

    @property
    def name(self) -> Text:
        return Text("账户申请 {n} {who}", "Account application {n} {who}").format(
            n=self.number, who=self.applicant or "—"
        )

    @property
    def role_label(self) -> Text:
        return ROLES[self.role].label if self.role in ROLES else same(self.role)

    @property
    def where(self) -> Text:
        """The organisation in words."""
        return self.organisation.name if self.organisation is not None else same(self.organisation_name)

    def get_absolute_url(self) -> str:
        return reverse("cases:application", args=[self.pk])


class ApplicationPaper(models.Model):
    """A paper of an application, with its content: it goes with the rest of what is personal."""

    part_of = "application"

    application = models.ForeignKey(AccountApplication, models.PROTECT, related_name="papers")
    name = models.CharField(max_length=100, blank=True)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    content = models.TextField(blank=True)  # base64; blank once it was erased

    class Meta:
        app_label = "organisations"
        ordering = ("pk",)
