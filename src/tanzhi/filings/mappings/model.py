"""Mappings of a ledger's columns, in versions."""

from __future__ import annotations

from typing import Any

from django.db import models

from tanzhi.actions.actor import Place
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet


class Mapping(models.Model):
    """A plant's own ledger workbook, known by a name; what it maps stands in its versions."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="ledger_mappings")
    form_code = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    revision = models.PositiveIntegerField(default=0)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "form_code", "name"], name="one_mapping_a_name"),
        )

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def latest(self) -> MappingVersion | None:
        return self.versions.order_by("-number").first()


class MappingVersion(models.Model):
    """Sheets, columns and conversions as they were declared on a day; immutable."""

    part_of = "mapping"

    mapping = models.ForeignKey(Mapping, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    parts: models.JSONField[Any, Any] = models.JSONField()
    person_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mapping", "number"], name="one_mapping_version_a_number"),)
