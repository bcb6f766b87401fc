"""Who works on a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tanzhi.workflow.dossier.model import OfCaseQuerySet, Written

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


class CaseHandler(Written):
    """The official who works on a case (经办人), as another one named him; the trail has those before him."""

    part_of = ""  # a rule of its own

    handler_id = models.BigIntegerField(db_index=True)
    handler_name = models.CharField(max_length=100)
    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case"], name="one_handler_a_case"),)

    def seen_by(self, actor: Actor) -> bool:
        """By the authorities alone: how an office divides its work is internal."""
        return actor.oversees(self.place)
