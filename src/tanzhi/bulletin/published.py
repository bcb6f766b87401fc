"""What was published of a figure: the newest public edition that states it for the same question."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from tanzhi.evidence.files import open_stored
from tanzhi.figures import Question
from tanzhi.figures.places import region_of
from tanzhi.figures.publication import publishes
from tanzhi.law.publication import publishes_about
from tanzhi.rulebook.kernel import Text

from .models import PUBLIC, Edition

Key = tuple[str, str, tuple[tuple[str, str], ...]]


@publishes
def statement_of(code: str, question: Question) -> dict[str, Any] | None:
    """The figure's statement as the newest public edition of the region prints it."""
    key = (code, question.period, tuple(sorted(question.filters.items())))
    public = Edition.objects.filter(region=region_of(question), public=True).order_by("-published_at", "-pk")
    for digest in public.values_list("digest", flat=True):
        if key in (statements := statements_in(digest)):
            return statements[key]
    return None


@lru_cache(maxsize=64)
def statements_in(digest: str) -> dict[Key, dict[str, Any]]:
    """Every statement of an edition's content, which never changes, by figure, period and filters."""
    with open_stored(digest) as stored:
        content = orjson.loads(stored.read())
    statements = (statement for row in content["rows"] for statement in row["figures"])
    return {
        (statement["figure"], statement["period"], tuple(sorted(statement["filters"].items()))): statement
        for statement in statements
    }


@publishes_about
def editions_about(_guideline: str, since: date, until: date) -> list[Text]:
    """Editions that were published about these days, the newest first: a bulletin rests on every guideline."""
    editions = Edition.objects.filter(state__in=PUBLIC).select_related("region").order_by("-pk")
    return [edition.name for edition in editions if edition.span.first <= until and since <= edition.span.last]
