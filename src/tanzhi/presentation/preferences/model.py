"""What a person keeps of pages: views of a list, and what need not be shown again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tanzhi.actions.actor import Place


class SavedView(models.Model):
    """A list as somebody wants to see it again: filters, order and words, under a name."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    listing = models.CharField(max_length=100)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["person", "listing", "name"], name="one_view_of_a_name"),)

    @property
    def place(self) -> Place:
        return Place(person_id=self.person_id)


class Seen(models.Model):
    """Something a person need not be shown again, such as a tour."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seen")
    what = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "what"], name="seen_once"),)

    @property
    def place(self) -> Place:
        return Place(person_id=self.person_id)
