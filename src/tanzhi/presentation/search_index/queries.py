"""What the index answers: records that have a word, and kinds of records among which some have all words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, Q, QuerySet

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
    if not words or not all(ways):
        return set() if words else set(labels)
    codes = list(labels)
    conditions = {f"label_{number}": _has_terms(label, ways) for number, label in enumerate(codes)}
    row = SearchTerm.objects.order_by("pk").annotate(**conditions).values(*conditions).first() or {}
    return {label for number, label in enumerate(codes) if row.get(f"label_{number}")}


def _has_terms(label: str, ways: list[list[list[TermRange]]]) -> Q:
    """Every word in any of its ways, a way with all its terms."""
    condition = Q()
    for word in ways:
        condition &= reduce(or_, (reduce(and_, (Q(Exists(_terms(label, part))) for part in way)) for way in word))
    return condition


def _terms(label: str, part: TermRange) -> QuerySet[SearchTerm]:
    return SearchTerm.objects.filter(label=label, **part.lookups)
