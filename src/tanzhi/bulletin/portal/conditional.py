"""Answers that are sent again only once they differ."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date


def unless_seen(request: HttpRequest, answer: HttpResponse, tag: str, modified: datetime | None) -> HttpResponse:
    """The answer with its entity tag and day, or word that the reader has it already; nobody keeps it unasked."""
    since = int(modified.timestamp()) if modified else None
    answer["ETag"], answer["Cache-Control"] = tag, "public, no-cache"
    if since is not None:
        answer["Last-Modified"] = http_date(since)
    return get_conditional_response(request, etag=tag, last_modified=since, response=answer) or answer
