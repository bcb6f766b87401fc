"""An import as it was committed: its file, how its columns were read, what it added; undone with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text, same

IMPORTERS: dict[str, Any] = {}
"""Every kind of import by its name; declaring one (`work.py`) puts it here."""
COMMITTED, UNDONE = "committed", "undone"
IMPORT_STATES = {COMMITTED: Text("已导入", "Imported"), UNDONE: Text("已撤销", "Undone")}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is read: the heading of each field's column, and what holds where no cell says it."""

    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)


class ImportQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="organisation_id", region="region_path")


class Import(models.Model):
    """Rows of one file that were taken together."""

    importer = models.CharField(max_length=100, db_index=True)
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    # columns: field -> heading in the file; constants: field -> what holds in every row; unread: headings of columns
    # that nothing was taken from; aside: how many rows were passed over. Of earlier releases: field -> heading alone.
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=0)
    added: models.JSONField[Any, Any] = models.JSONField(default=list)  # references
    organisation_id = models.BigIntegerField(null=True)
    region_path = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, default=COMMITTED)
    reason = models.TextField(blank=True)
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    objects = ImportQuerySet.as_manager()
    answers: Any = ()  # of its rows, while it is committed

    class Meta:
        app_label = "cases"
        ordering = ("-at", "-pk")

    @property
    def place(self) -> Place:
        if self.organisation_id is None and not self.region_path:
            return Place(person_id=0)  # of people's accounts: of whoever keeps them, and nobody's own matter
        return Place(self.organisation_id, self.region_path)

    @property
    def declared(self) -> Any:
        """The kind of import that it was."""
        return IMPORTERS[self.importer]

    @property
    def layout(self) -> Layout:
        """How its file was read."""
        stored = self.mapping
        if isinstance(stored.get("columns"), dict):
            return Layout(stored["columns"], stored.get("constants", {}))
        return Layout(stored)

    @property
    def name(self) -> Text:
        return same(self.file_name)

    @property
    def state_label(self) -> Text:
        return IMPORT_STATES[self.state]

    def get_absolute_url(self) -> str:
        return reverse("cases:import", args=[self.pk])
