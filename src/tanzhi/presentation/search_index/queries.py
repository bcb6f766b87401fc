"""What the index answers: records that have a word, and kinds of records among which some have all words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from .model import SearchTerm
from .terms import TermRange, ranges_of

NOTHING = Q(pk__in=[])
Spellings = Sequence[str]  # ways to write one word, of which any will do


def with_word(label: str, spellings: Spellings) -> Q:
    """Records of a model that have a word, as a condition on them."""
    ways = [
        [Q(pk__in=_terms(label, part).values("record")) for part in parts]
        for spelling in spellings
        if (parts := ranges_of(spelling))
    ]
    return reduce(or_, (reduce(and_, way) for way in ways), NOTHING) if ways else NOTHING


def labels_with(labels: Iterable[str], words: Sequence[Spellings]) -> set[str]:
    """The models that have the terms of every word, though maybe not in one record: one query for all of them."""
    ways = [[parts for spelling in word if (parts := ranges_of(spelling))] for word in words]
    codes = list(labels)
    if not codes or not words or not all(ways):
        return set() if words else set(codes)
    # In SQL: to have a look-up of each model and term compiled takes several times as long as to answer it.
    parameters: list[Any] = list(codes)
    conditions = " AND ".join(
        f"({' OR '.join(' AND '.join(_has_term(part, parameters) for part in way) for way in word)})" for word in ways
    )
    rows = ", ".join(["(%s)"] * len(codes))
    statement = f"WITH kinds (label) AS (VALUES {rows}) SELECT label FROM kinds WHERE {conditions}"  # noqa: S608  # own
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {label for (label,) in cursor.fetchall()}


def _has_term(part: TermRange, parameters: list[Any]) -> str:
    """That some record of a kind has a term, as a condition whose values are added to the parameters."""
    field, compared = SearchTerm._meta.get_field("term"), {"term": "=", "term__gte": ">=", "term__lt": "<"}
    parameters += [field.get_db_prep_value(value, connection) for value in part.lookups.values()]
    limits = " AND ".join(f"term {compared[look]} %s" for look in part.lookups)
    table = connection.ops.quote_name(SearchTerm._meta.db_table)
    return f"EXISTS (SELECT 1 FROM {table} t WHERE t.label = kinds.label AND {limits})"  # noqa: S608  # names of our own


def _terms(label: str, part: TermRange) -> QuerySet[SearchTerm]:
    return SearchTerm.objects.filter(label=label, **part.lookups)
