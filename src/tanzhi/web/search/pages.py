"""One page that finds what somebody may see: a few of each kind, or one kind alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.presentation.request import actor_of
from tanzhi.presentation.search import search, words_of

FIRST, MOST = 5, 100  # of each kind beside the others; of one kind alone


def search_page(request: HttpRequest) -> HttpResponse:
    """What is found for the words in the address."""
    question, only = request.GET.get("q", ""), request.GET.get("kind", "")
    hits = search(actor_of(request), question, MOST if only else FIRST, only)
    context = {
        "question": " ".join(words_of(question)),
        "only": only,
        "kinds": hits,
        "count": sum(kind.count for kind in hits),
        "more": any(kind.more for kind in hits),
    }
    return render(request, "web/search.html", context)
