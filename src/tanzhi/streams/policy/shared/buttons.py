"""Buttons that pages of this stream share."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from tanzhi.actions.registry import ACTIONS
from tanzhi.office.imports.model import IMPORTERS
from tanzhi.presentation.forms.buttons import Button, may
from tanzhi.presentation.request import actor_of


def may_import(request: HttpRequest, name: str) -> bool:
    """Whether the reader's role may import a sheet of this kind."""
    return may(actor_of(request), ACTIONS[IMPORTERS[name].commit_name])


def linked(request: HttpRequest, name: str, **words: Any) -> list[Button]:
    """The button of an action that names its case in its input, for whoever may."""
    if not may(actor_of(request), ACTIONS[name]):
        return []
    query = urlencode({**words, "next": request.path})
    return [Button(name, ACTIONS[name].label, f"{reverse('presentation:act', args=[name])}?{query}")]
