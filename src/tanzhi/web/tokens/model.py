"""Tokens for programs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from tanzhi.actions.actor import Place


class ApiToken(models.Model):
    """A program's key to the API, in a person's name; only its digest is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes: models.JSONField[Any, Any] = models.JSONField(default=list)  # "read", a room, an action's name
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @property
    def place(self) -> Place:
        return Place(person_id=self.person_id)
