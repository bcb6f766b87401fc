"""What holds from a day on, until another."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose since ≤ `on` < until; an open until lasts."""
    begun = Q(**{f"{prefix}since__lte": on})
    return begun & (Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gt": on}))


class Dated(models.Model):
    """Something that holds from a day on, until the day before another one."""

    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        abstract = True

    def holds_on(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)
