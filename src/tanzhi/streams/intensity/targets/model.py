"""Targets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from tanzhi.actions.actor import Actor, ScopeFields, scope
from tanzhi.organisations.scope import RegionalQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.ledger.model import Regional

CLEARED = {"provincial_officer", "provincial_director", "auditor"}
"""Roles with clearance for confidential targets of their region."""


class TargetQuerySet(RegionalQuerySet):
    def visible_to(self, actor: Actor) -> TargetQuerySet:
        """Confidential targets only for whoever has clearance over their region (INT-16)."""
        cleared = [grant for grant in actor.grants if grant.role in CLEARED]
        cleared_scope = scope(Actor(actor.person_id, actor.name, cleared), ScopeFields("", "region__path"))
        return self.filter(scope(actor, self.fields)).filter(Q(confidential=False) | cleared_scope)


class Target(Regional):
    """A decline that a region is to reach against a base year (强度下降目标), per cent."""

    base_year = models.PositiveSmallIntegerField()
    end_year = models.PositiveSmallIntegerField()
    decline = models.CharField(max_length=20)
    binding = models.BooleanField(default=True)
    confidential = models.BooleanField(default=False)
    objects: ClassVar[Any] = TargetQuerySet.as_manager()

    class Meta:
        ordering = ("region_id", "end_year", "base_year", "pk")

    def cleared_for(self, actor: Actor | None) -> bool:
        """Whether a reader may know this target: a confidential one only with clearance over its region."""
        if not self.confidential:
            return self.published or bool(actor and actor.sees(self.place))
        return actor is not None and any(actor.reaches(role, self.place) for role in CLEARED)

    @property
    def name(self) -> Text:
        words = Text("{region}：{end} 年较 {base} 年下降 {n} %", "{region}: {n} % down by {end} against {base}")
        return words.format(region=self.region.name, end=self.end_year, base=self.base_year, n=self.decline)

    @property
    def fraction(self) -> Decimal:
        return Decimal(self.decline) / 100

    @property
    def years(self) -> int:
        return self.end_year - self.base_year
