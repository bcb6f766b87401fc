"""Rows that know where they belong, read for a person."""

from __future__ import annotations

from typing import Any

from django.db import models

from tanzhi.actions.actor import Actor, ScopeFields, scope


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that know where they belong; every read for a person goes through `visible_to`."""

    fields = ScopeFields()

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        return self.filter(scope(actor, self.fields))


class RegionalQuerySet(ScopedQuerySet):
    """Rows of a region that are for whoever reaches it, and for everybody once they are published."""

    fields = ScopeFields(organisation="", region="region__path", published="published")
