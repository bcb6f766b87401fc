"""Rows that know where they belong, read for a person."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from django.db import models

from tanzhi.actions.actor import Actor, ScopeFields, scope


class RegionPath(Protocol):
    """A region, by the path that those below it begin with."""

    @property
    def path(self) -> str: ...


Row = TypeVar("Row", bound=models.Model)


def within(rows: models.QuerySet[Row], region: RegionPath | None, field: str = "region") -> models.QuerySet[Row]:
    """The rows of a region and of what lies below it, `field` leading to it; all of them where none is named."""
    return rows.filter(**{f"{field}__path__startswith": region.path}) if region else rows


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that know where they belong; every read for a person goes through `visible_to`."""

    fields = ScopeFields()

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        return self.filter(scope(actor, self.fields))


class RegionalQuerySet(ScopedQuerySet):
    """Rows of a region that are for whoever reaches it, and for everybody once they are published."""

    fields = ScopeFields(organisation="", region="region__path", published="published")
