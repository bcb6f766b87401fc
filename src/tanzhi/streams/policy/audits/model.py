"""Lists of enterprises that must audit their production, and the audit of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.law.evaluation import evaluate, in_force
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import RegionalQuerySet, ScopedQuerySet
from tanzhi.rulebook.cleaner import cleaner, dates
from tanzhi.rulebook.cleaner.criteria import GROUNDS, must_be_repeated
from tanzhi.rulebook.kernel import RecordNode
from tanzhi.rulebook.kernel.text import Text


class AuditList(models.Model):
    """A year's list of enterprises that must audit (强制性审核名单); the law's clocks count from its publication."""

    year = models.PositiveSmallIntegerField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    published_on = models.DateField()
    published = models.BooleanField(default=True)  # the law makes it public
    revision = models.PositiveIntegerField(default=0)
    objects = RegionalQuerySet.as_manager()

    class Meta:
        ordering = ("-published_on", "-pk")

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.published)

    @property
    def name(self) -> Text:
        return Text(self.title_zh, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("policy:audits")


class AuditQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="organisation_id", region="organisation__region__path")


class Audit(CaseRecord):
    """An enterprise's cleaner-production audit (清洁生产审核)."""

    audit_list = models.ForeignKey(AuditList, models.PROTECT, related_name="audits")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    grounds: models.JSONField[Any, Any] = models.JSONField(default=list)  # codes of the law's grounds
    notified_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    options: models.JSONField[Any, Any] = models.JSONField(default=list)  # rows as the rulebook reads them
    reported_by = models.BigIntegerField(null=True)
    confirmed_on = models.DateField(null=True)
    assessed_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    verdict = models.TextField(blank=True)
    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("audit_list_id", "organisation_id")
        constraints = (models.UniqueConstraint(fields=["audit_list", "organisation"], name="one_audit_a_list"),)

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def name(self) -> Text:
        named = Text("{who} {year} 年清洁生产审核", "{who}: cleaner-production audit {year}")
        return named.format(who=self.organisation.name, year=self.audit_list.year)

    def get_absolute_url(self) -> str:
        return reverse("policy:audit", args=[self.pk])

    @property
    def ground_labels(self) -> list[Text]:
        return [GROUNDS[code] for code in self.grounds if code in GROUNDS]

    @property
    def next_by(self) -> date | None:
        """Until when the next audit is due, where its grounds ask for one."""
        if self.finished_on is None or not must_be_repeated(self.grounds, self.audit_list.published_on):
            return None
        return dates.next_audit_by(self.finished_on, in_force(cleaner).parameters).on

    @property
    def investment(self) -> Decimal | None:
        """Investment of all options, 10^4 yuan; none before there is a report."""
        amounts = [Decimal(row["investment"]) for row in self.options]
        return sum(amounts, Decimal(0)) if amounts else None

    def worth(self) -> RecordNode:
        """What the options cost and bring, by the law of the day on which the audit was finished."""
        on = self.finished_on or self.audit_list.published_on
        return evaluate(cleaner, on, {"options": self.options})

    def seen_by(self, actor: Actor) -> bool:
        return actor.sees(self.place)
