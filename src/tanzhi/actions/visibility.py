"""Who may see a record, given its reference: one rule for receipts, files, the walk and whatever names a record.

Every model answers in one of these ways, the first that it states:

    audience = EVERYBODY | NOBODY    a law of nature of the table: days of the calendar, secrets
    part_of = "filing"               it has no place of its own: whoever sees that record sees this one
    def seen_by(self, actor)         a rule of its own, within its lists where it has some
    objects.visible_to(actor)        the rule of its lists
    place                            the reach of the actor's roles
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from .actor import Actor, ScopeFields
from .references import resolve

EVERYBODY, NOBODY = "everybody", "nobody"
PUBLIC = Actor(None, "public")
"""Whoever has not signed in, where no other actor is named."""


class NoAudience(TypeError):
    """A model that does not say who sees its rows: a fault of the code, which a test over all models finds."""


def may_see(actor: Actor | None, ref: str) -> bool:
    """Whether the record behind `app.model:pk` is for this actor (no actor is the public); what is gone is nobody's."""
    try:
        record = resolve(ref)
    except (LookupError, ValueError):
        return False
    return record is not None and sees(actor, record)


def sees(actor: Actor | None, record: Model) -> bool:
    """Whether a record is for this actor."""
    reader, rule = actor or PUBLIC, audience_of(type(record))
    whole: Any = record
    if rule in (EVERYBODY, NOBODY):
        return rule == EVERYBODY
    if rule == "part_of":
        try:
            owner = getattr(whole, whole.part_of)
        except LookupError:
            return False
        return owner is not None and sees(actor, owner)
    if rule == "seen_by":
        return bool(whole.seen_by(reader)) and _listed(reader, type(record), [record.pk]) != []
    if rule == "visible_to":
        return _listed(reader, type(record), [record.pk]) != []
    return reader.sees(whole.place)


def seen(actor: Actor | None, refs: Iterable[str]) -> set[str]:
    """Those of the references that are for this actor: `may_see` of many, with few queries a kind."""
    by_label: dict[str, set[str]] = defaultdict(set)
    for ref in refs:
        label, _, key = ref.partition(":")
        if key.isascii() and key.isdecimal():
            by_label[label].add(key)
    visible: set[str] = set()
    for label, keys in by_label.items():
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError):
            continue
        visible |= {f"{label}:{key}" for key in _seen_of(actor or PUBLIC, model, sorted(map(int, keys)))}
    return visible


def _seen_of(reader: Actor, model: type[Model], keys: list[int]) -> set[int]:
    """The keys of one model's rows that a reader sees."""
    rule = audience_of(model)
    if rule == NOBODY:
        return set()
    if rule in ("visible_to", "seen_by"):
        keys = _listed(reader, model, keys)
    if rule == "visible_to":
        return set(keys)
    rows: list[Any] = list(with_place(model).filter(pk__in=keys))
    if rule == "seen_by":
        return {row.pk for row in rows if row.seen_by(reader)}  # the lists were asked above, once for all
    if rule == EVERYBODY:
        return {row.pk for row in rows}
    name = model.part_of if rule == "part_of" else ""  # type: ignore[attr-defined]  # what `audience_of` found there
    owners: dict[str, Any] = {field.name: field.related_model for field in model._meta.get_fields()}
    if name not in owners:
        return {row.pk for row in rows if sees(reader, row)}
    # Rows that are seen with the record they are part of, which are asked for together.
    keys_above = {row.pk: getattr(row, f"{name}_id") for row in rows}
    opened = _seen_of(reader, owners[name], sorted({key for key in keys_above.values() if key is not None}))
    return {pk for pk, key in keys_above.items() if key in opened}


def _listed(reader: Actor, model: type[Model], keys: list[int]) -> list[int]:
    """Those of the keys that the model's lists offer to a reader; all, where it has no list."""
    lists = _lists_of(model)
    if not hasattr(lists, "visible_to"):
        return keys
    return list(lists.visible_to(reader).filter(pk__in=keys).values_list("pk", flat=True))


def visible_rows(actor: Actor | None, model: type[Model]) -> QuerySet[Any]:
    """The rows of a model that a reader's lists offer, as a filter; `NoAudience` where its rule is none."""
    reader, rule = actor or PUBLIC, audience_of(model)
    if rule in (EVERYBODY, NOBODY):
        return model._base_manager.all() if rule == EVERYBODY else model._base_manager.none()
    if rule == "part_of":
        name = str(getattr(model, rule))
        owners: dict[str, Any] = {field.name: field.related_model for field in model._meta.get_fields()}
        if name in owners:
            above = visible_rows(reader, owners[name])
            return model._base_manager.filter(**{f"{name}__in": above.order_by().values("pk")})
    lists = _lists_of(model)
    if hasattr(lists, "visible_to"):
        rows: QuerySet[Any] = lists.visible_to(reader)
        return rows
    raise NoAudience(f"{model._meta.label} has no list that says who sees its rows")


def audience_of(model: type[Model]) -> str:
    """How a model says who sees its rows; `NoAudience` where it does not."""
    stated = getattr(model, "audience", "")
    if stated:
        return str(stated)
    if getattr(model, "part_of", ""):
        return "part_of"
    if hasattr(model, "seen_by"):
        return "seen_by"
    if hasattr(_lists_of(model), "visible_to"):
        return "visible_to"
    if hasattr(model, "place"):
        return "place"
    raise NoAudience(
        f"{model._meta.label} does not say who sees its rows: audience, part_of, seen_by, visible_to, place"
    )


def _lists_of(model: type[Model]) -> Any:
    """The manager, or the class itself, which offers `visible_to`."""
    return model if hasattr(model, "visible_to") else model._default_manager


def with_place(model: type[Model]) -> QuerySet[Any]:
    """Records of a model, each with the rows that say where it belongs: in one query, not in one a step."""
    return joined_to_place(model._base_manager.all())


def joined_to_place(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same records with the rows that say where each belongs."""
    fields: ScopeFields | None = getattr(rows.model._default_manager.all(), "fields", None)
    way, _, last = fields.region.rpartition("__") if fields else ("", "", "")
    return rows.select_related(way) if way and last == "path" else rows
