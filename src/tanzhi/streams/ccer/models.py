"""Projects of voluntary reduction, their monitoring reports, and what the public said of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.roles import CREDITS
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.ccer.claims import Crediting
from tanzhi.rulebook.ccer.methodologies import Methodology, methodologies
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

CANDIDATE, LIBRARY, DESIGN, NOTICE, VALIDATING = "candidate", "library", "design", "notice", "validating"
VALIDATED, APPLIED, REGISTERED, WITHDRAWN, DEREGISTERED = (
    "validated", "applied", "registered", "withdrawn", "deregistered",
)  # fmt: skip
STAGES = {
    LIBRARY: Text("已入库储备", "in the library"),
    DESIGN: Text("编制设计文件", "being designed"),
    NOTICE: Text("设计文件公示", "public notice"),
    VALIDATING: Text("审定中", "in validation"),
    VALIDATED: Text("审定通过", "validated"),
    APPLIED: Text("申请登记", "applied for registration"),
    REGISTERED: Text("已登记", "registered"),
}
"""The stages of the library, each with the field that holds its day (see `stage_on`)."""
STAGE_DAYS = {
    LIBRARY: "admitted_on",
    DESIGN: "designed_on",
    NOTICE: "notice_first",
    VALIDATING: "validating_on",
    VALIDATED: "validated_on",
    APPLIED: "applied_on",
    REGISTERED: "registered_on",
}
DRAFT, REPORTED, VERIFYING, VERIFIED, ASKED, ISSUED = "draft", "notice", "verifying", "verified", "applied", "issued"


class CreditProjectQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="owner_id", region="region__path", room=CREDITS)

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach; what stands in public notice or is registered is for everybody."""
        public = self.filter(models.Q(state=NOTICE) | models.Q(state=REGISTERED) | models.Q(notice_first__isnull=False))
        return super().visible_to(actor) | public


class CreditProject(CaseRecord):
    """A project from its first idea to its registration (温室气体自愿减排项目)."""

    number = models.CharField(max_length=40, unique=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="credit_projects")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    methodology = models.CharField(max_length=30)  # a published edition; locked once the design is stated
    scale = models.CharField(max_length=200, blank=True)
    batch = models.CharField(max_length=20, blank=True, db_index=True)
    admitted_on = models.DateField(null=True)
    built_from = models.DateField(null=True)
    credited_from = models.DateField(null=True)
    credited_to = models.DateField(null=True)
    design: models.JSONField[Any, Any] = models.JSONField(default=dict)
    design_year = models.PositiveSmallIntegerField(null=True)
    expected = models.CharField(max_length=30, blank=True)  # t of the design's record, as computed
    release = models.CharField(max_length=120, blank=True)
    designed_on = models.DateField(null=True)
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")  # that validates
    notice_first = models.DateField(null=True)
    notice_last = models.DateField(null=True)
    validating_on = models.DateField(null=True)
    validated_on = models.DateField(null=True)
    applied_on = models.DateField(null=True)
    registered_on = models.DateField(null=True)
    code = models.CharField(max_length=40, blank=True)  # of the national registry
    words = models.TextField(blank=True)
    objects = CreditProjectQuerySet.as_manager()

    class Meta:
        ordering = ("number",)

    @property
    def place(self) -> Place:
        public = self.notice_first is not None
        return Place(self.owner_id, self.region.path, published=public, room=CREDITS)

    @property
    def name(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def edition(self) -> Methodology | None:
        return methodologies().get(self.methodology)

    @property
    def method_name(self) -> Text:
        return self.edition.name if self.edition else same(self.methodology)

    @property
    def crediting(self) -> Crediting | None:
        if self.credited_from is None or self.credited_to is None:
            return None
        return Crediting(self.credited_from, self.credited_to)

    def stage_on(self, day: date) -> str:
        """How far it had come by a day; empty before it entered the library."""
        reached = [stage for stage, name in STAGE_DAYS.items() if (on := getattr(self, name)) is not None and on <= day]
        return reached[-1] if reached else ""

    def get_absolute_url(self) -> str:
        return reverse("ccer:project", args=[self.pk])


class CreditReportQuerySet(ScopedQuerySet):
    fields = ScopeFields("project__owner_id", "project__region__path", room=CREDITS)

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach; what was put to the public is for everybody."""
        return super().visible_to(actor) | self.filter(notice_first__isnull=False)


class CreditReport(CaseRecord):
    """A batch of reductions: monitored, put to the public, verified by another body, issued (减排量)."""

    project = models.ForeignKey(CreditProject, models.PROTECT, related_name="reports")
    batch = models.PositiveSmallIntegerField(default=1)
    first = models.DateField()
    last = models.DateField()
    record: models.JSONField[Any, Any] = models.JSONField(default=dict)
    amount = models.BigIntegerField(null=True)  # t, computed from the monitored record
    release = models.CharField(max_length=120, blank=True)
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")  # that verifies
    notice_first = models.DateField(null=True)
    notice_last = models.DateField(null=True)
    verified = models.BigIntegerField(null=True)  # t
    applied_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    vintages: models.JSONField[Any, Any] = models.JSONField(default=dict)  # year → t, as issued
    words = models.TextField(blank=True)
    objects = CreditReportQuerySet.as_manager()

    class Meta:
        ordering = ("project", "batch")

    @property
    def place(self) -> Place:
        owner, public = self.project.owner_id, self.notice_first is not None
        return Place(owner, self.project.region.path, published=public, room=CREDITS)

    @property
    def name(self) -> Text:
        named = Text("{project}第{n}批减排量", "{project}, batch {n} of reductions")
        return named.format(project=self.project.name, n=self.batch)

    def get_absolute_url(self) -> str:
        return reverse("ccer:report", args=[self.pk])


class PublicComment(models.Model):
    """What somebody said during a public notice (公示意见); the name is told only to the authority and the owner."""

    project = models.ForeignKey(CreditProject, models.PROTECT, related_name="public_comments")
    report = models.ForeignKey(CreditReport, models.PROTECT, null=True, related_name="public_comments")
    who = models.CharField(max_length=100)
    contact = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("at", "pk")

    @property
    def place(self) -> Place:
        return self.project.place

    def seen_by(self, actor: Actor) -> bool:
        """The authorities, the owner and the body of validation: who wrote it is not public."""
        return any(actor.reaches(role, self.place) for role in actor.roles - {"public"})

    def get_absolute_url(self) -> str:
        return self.project.get_absolute_url()
