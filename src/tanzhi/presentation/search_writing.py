"""The index follows the records: what is saved is indexed in the same transaction, and all of it can be made anew."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save

from tanzhi.actions.retrieval import retrieved_columns, stored_values
from tanzhi.presentation.search import RecordSearch, kinds

from .search_index.model import SearchTerm
from .search_index.terms import terms_of

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

BATCH = 500
UNCHANGING = (str, int, type(None))
"""Values that only another one in their place can change."""
_INSERT_TERM = (
    'INSERT INTO "presentation_searchterm" ("label", "term", "record") VALUES (%s, %s, %s) ON CONFLICT DO NOTHING'
)


@dataclass(frozen=True, slots=True)
class TextSource:
    """Fields of a model in which texts of searched records stand, or that lead to them."""

    searched: type[Model]
    way: str  # from the searched record; empty where it is the record itself
    fields: frozenset[str]
    is_before: bool  # a record of it is there before the searched ones that lead to it


@cache
def searched_paths() -> dict[type[Model], tuple[str, ...]]:
    """The texts of every searched model; several kinds of one model share them."""
    paths: dict[type[Model], list[str]] = defaultdict(list)
    for kind in kinds():
        if isinstance(kind, RecordSearch):
            paths[kind.model] += kind.look
    return {model: tuple(dict.fromkeys(looks)) for model, looks in paths.items()}


@cache
def text_sources() -> dict[type[Model], list[TextSource]]:
    """By model, for which searched records its fields count."""
    sources: dict[type[Model], list[TextSource]] = defaultdict(list)
    for searched, paths in searched_paths().items():
        fields: dict[str, set[str]] = defaultdict(set)
        for path in paths:
            steps = path.split("__")
            for at, step in enumerate(steps):
                fields["__".join(steps[:at])].add(step)
        for way, names in fields.items():
            model, is_before = searched, True
            for step in filter(None, way.split("__")):
                relation: Any = model._meta.get_field(step)
                model, is_before = relation.related_model, is_before and bool(relation.many_to_one)
            sources[model].append(TextSource(searched, way, frozenset(names), is_before))
    return dict(sources)


def index(model: type[Model], keys: Iterable[int], *, are_new: bool = False) -> int:
    """Write the terms of some records anew; gives how many changed. Of records that are new none is stored."""
    numbers, changed = list(dict.fromkeys(keys)), 0
    label = model._meta.label_lower
    for first in range(0, len(numbers), BATCH):
        part = numbers[first : first + BATCH]
        present = _terms_of(model, part)
        stored: dict[int, set[bytes]] = defaultdict(set)
        rows = SearchTerm.objects.filter(label=label, record__in=part)
        for record, term in rows.values_list("record", "term") if not are_new else ():
            stored[record].add(bytes(term))
        outdated = [key for key in part if stored[key] - present[key]]
        new = [
            (label, term, key)
            for key in part
            for term in sorted(present[key] - (set() if key in outdated else stored[key]))
        ]
        with transaction.atomic() if outdated else nullcontext():
            if outdated:
                rows.filter(record__in=outdated).delete()
            if new:
                with connection.cursor() as cursor:  # as rows: a model for each term takes three times as long
                    cursor.executemany(_INSERT_TERM, new)
        changed += sum(stored[key] != present[key] for key in part)
    return changed


def texts_of(keys: Sequence[int], model: type[Model]) -> QuerySet[Any]:
    """All texts of records, beside their keys."""
    return model._base_manager.filter(pk__in=keys).order_by().values_list("pk", *searched_paths()[model])


def texts_of_one(key: int, model: type[Model]) -> QuerySet[Any]:
    return texts_of([key], model)


def _terms_of(model: type[Model], keys: Sequence[int]) -> dict[int, set[bytes]]:
    """Under which terms records are found, by their keys, from all their texts."""
    terms: dict[int, set[bytes]] = {key: set() for key in keys}
    rows: Iterable[Sequence[Any]] = texts_of(keys, model)
    if len(keys) == 1:
        rows = retrieved_columns(texts_of_one, keys[0], about=(model,))
    for key, *values in rows:
        for value in values:
            if value not in (None, ""):
                terms[key] |= terms_of(str(value))
    return terms


def index_all() -> int:
    """Make the whole index anew; gives how many records had other terms."""
    changed = 0
    for model in searched_paths():
        keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
        changed += index(model, list(keys))
        own = SearchTerm.objects.filter(label=model._meta.label_lower)
        own.exclude(record__in=model._base_manager.order_by().values("pk")).delete()
    return changed


class _Waiting(threading.local):
    """Records of this thread whose terms are written at the end of what is done together; None where nothing is."""

    records: dict[type[Model], dict[int, None]] | None = None


_WAITING = _Waiting()


@contextmanager
def indexed_together() -> Iterator[None]:
    """Write the terms of what is saved within once, at the end; inside the transaction that saves it."""
    _WAITING.records = {}
    try:
        yield
        records, _WAITING.records = _WAITING.records, None
        for model, keys in records.items():
            index(model, keys)
    finally:
        _WAITING.records = None


def _index_in_turn(model: type[Model], keys: Iterable[int], *, are_new: bool = False) -> None:
    if _WAITING.records is None:
        index(model, keys, are_new=are_new)
    else:
        _WAITING.records.setdefault(model, {}).update(dict.fromkeys(keys))


def says_the_same(instance: Model, names: Iterable[str]) -> bool:
    """Whether what was saved holds the texts that its row held when it was retrieved: most moves change none.

    Once one is another it counts as changed ever after: it may be put back, or what was saved taken back.
    """
    stored, changed = stored_values(instance), False
    for name in names:
        column = getattr(instance._meta.get_field(name), "attname", "")  # none of rows that are saved by themselves
        value = getattr(instance, column) if column else None
        if column and (column not in stored or not isinstance(value, UNCHANGING) or stored[column] != value):
            stored.pop(column, None)
            changed = True
    return not changed


def index_saved(sender: type[Model], instance: Model, created: bool, **context: Any) -> None:
    """What was saved, and the records that are also found by its texts."""
    written = context.get("update_fields")
    for source in text_sources().get(sender, ()):
        if written is not None and not source.fields & set(written):
            continue
        if not created and says_the_same(instance, source.fields):
            continue
        if not source.way:
            _index_in_turn(sender, [instance.pk], are_new=created)
        elif not (created and source.is_before):
            rows = source.searched._base_manager.filter(**{source.way: instance.pk}).order_by()
            _index_in_turn(source.searched, rows.values_list("pk", flat=True).distinct())


def leave_out_deleted(sender: type[Model], instance: Model, **_context: Any) -> None:
    if sender in searched_paths():
        SearchTerm.objects.filter(label=sender._meta.label_lower, record=instance.pk).delete()


def index_first(plan: Sequence[tuple[Any, bool]] = (), **_context: Any) -> None:
    """An installation that had no index yet: once, after the migration that makes its table."""
    if any(migration.app_label == "presentation" and not backwards for migration, backwards in plan):
        index_all()


post_save.connect(index_saved, dispatch_uid="presentation.index_saved")
post_delete.connect(leave_out_deleted, dispatch_uid="presentation.leave_out_deleted")
