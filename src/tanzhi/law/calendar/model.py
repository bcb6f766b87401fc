"""The calendar's days, announced by the State Council for each year, where an administrator entered them."""

from __future__ import annotations

from django.db import models


class CalendarDay(models.Model):
    """A weekday that is a holiday, or a weekend day that is worked in exchange (调休)."""

    audience = "everybody"  # announced by the State Council

    day = models.DateField(unique=True)
    working = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "cases"  # whose tables they are
        ordering = ("day",)


class CalendarYear(models.Model):
    """A year that an administrator entered in full; it overrides what the installed package says of that year."""

    audience = "everybody"  # announced by the State Council

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "cases"
