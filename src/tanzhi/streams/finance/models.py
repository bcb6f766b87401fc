"""Programmes, the projects of the library, what experts said of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.finance.base import KINDS
from tanzhi.rulebook.kernel.text import Text

from .money import wan_of

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

PROGRAMME_KINDS = {
    "library": Text("省级项目库", "Provincial library"),
    "pilot": Text("国家试点项目库", "National pilot's library"),
    "bond": Text("专项债券与国债申报", "Applications for bonds"),
}
CATEGORIES = {
    "M1": Text("低碳产业体系", "Low-carbon industry"),
    "M2": Text("低碳能源", "Low-carbon energy"),
    "M3": Text("碳捕集利用与封存", "Carbon capture"),
    "M4": Text("控制非能源活动温室气体", "Other greenhouse gases"),
    "M5": Text("增加碳汇", "Carbon sinks"),
    "A1": Text("监测预警与防灾减灾", "Monitoring and early warning"),
    "A2": Text("农业适应", "Agriculture"),
    "A3": Text("水资源与设施", "Water"),
    "A4": Text("生态系统与林草", "Ecosystems"),
    "A5": Text("城乡基础设施韧性", "Resilient infrastructure"),
    "A6": Text("健康及其他", "Health and other"),
}
STAGES = {
    "planned": Text("前期", "Planned"),
    "building": Text("在建", "Being built"),
    "running": Text("运营", "Running"),
}
DRAFT, SUBMITTED, REVIEWED, EXPERTS = "draft", "submitted", "reviewed", "experts"
LIBRARY, RETURNED, REJECTED, EXITED, VETOED = "library", "returned", "rejected", "exited", "vetoed"


class Programme(models.Model):
    """Why a project is collected (批次来源): a province's library, a pilot city's, an application for bonds."""

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    zh = models.CharField(max_length=100)
    en = models.CharField(max_length=100)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("code",)

    @property
    def name(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=True)


class ProjectQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="owner_id", region="region__path")

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach; a bank sees the projects assigned to it, an expert those that he is asked about."""
        reached = super().visible_to(actor)
        banks = [g.organisation_id for g in actor.grants if g.role == "bank" and g.organisation_id is not None]
        invited = Opinion.objects.filter(person_id=actor.person_id or 0).values("project_id")
        return (reached | self.filter(Q(pk__in=invited) | Q(links__bank_id__in=banks))).distinct()


class Project(CaseRecord):
    """A project that looks for finance, from application to its exit from the library."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="projects")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="climate_projects")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, blank=True, db_index=True)  # of the library, given at entry
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=4)
    stage = models.CharField(max_length=20)
    about = models.TextField(blank=True)
    investment_fen = models.BigIntegerField()
    demand_fen = models.BigIntegerField()
    credit_code = models.CharField(max_length=40, blank=True)  # of its CCER project, where it has one
    benefit: models.JSONField[Any, Any] = models.JSONField(default=dict)  # inputs of the rulebook's form
    benefit_year = models.PositiveSmallIntegerField(null=True)
    reduction = models.CharField(max_length=30, blank=True)  # t a year, as computed; blank: adaptation or not stated
    release = models.CharField(max_length=120, blank=True)
    submitted_on = models.DateField(null=True)
    entered_on = models.DateField(null=True)
    batch = models.CharField(max_length=20, blank=True, db_index=True)  # quarter of entry, or round of signing
    exit_reason = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)  # of whoever decided last
    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "pk")

    @property
    def place(self) -> Place:
        return Place(organisation_id=self.owner_id, region_path=self.region.path)

    @property
    def name(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def kind_label(self) -> Text:
        return KINDS[self.kind]

    @property
    def category_label(self) -> Text:
        return CATEGORIES[self.category]

    @property
    def stage_label(self) -> Text:
        return STAGES[self.stage]

    @property
    def investment(self) -> Decimal:
        return wan_of(self.investment_fen)

    @property
    def demand(self) -> Decimal:
        return wan_of(self.demand_fen)

    def get_absolute_url(self) -> str:
        return reverse("finance:project", args=[self.pk])

    def seen_by(self, actor: Actor) -> bool:
        return actor.sees(self.place) or Project.objects.visible_to(actor).filter(pk=self.pk).exists()


class Opinion(models.Model):
    """What one expert is asked about a project, and what he says (专家评审意见)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="opinions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, default="asked")  # asked, given
    points: models.JSONField[Any, Any] = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("round", "pk")
        constraints = (models.UniqueConstraint(fields=["project", "person"], name="an_expert_speaks_once"),)

    @property
    def name(self) -> Text:
        return self.project.name

    @property
    def place(self) -> Place:
        return Place(person_id=self.person_id)

    def seen_by(self, actor: Actor) -> bool:
        """The expert himself, and the authorities of the project's region."""
        return actor.sees(self.place) or actor.oversees(self.project.place)

    def get_absolute_url(self) -> str:
        return self.project.get_absolute_url()
