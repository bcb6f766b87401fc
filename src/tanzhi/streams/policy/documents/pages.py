"""The library."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from tanzhi.presentation.request import actor_of

from . import lists
from .model import Document


def documents(request: HttpRequest) -> HttpResponse:
    """The library: what the public may see, and for authorities all of their region."""
    rows = Document.objects.visible_to(actor_of(request)).annotate(task_count=Count("tasks"))
    rows = rows.prefetch_related("issuers__organisation__names")
    return lists.DOCUMENTS.respond(request, rows, "policy/documents.html")
