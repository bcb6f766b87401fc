"""Who may see a record, given its reference: one rule for receipts, files, the walk and whatever names a record.

Every model answers in one of these ways, the first that it states:

    audience = EVERYBODY | NOBODY    a law of nature of the table: days of the calendar, secrets
    part_of = "filing"               it has no place of its own: whoever sees that record sees this one
    def seen_by(self, actor)         a rule of its own
    objects.visible_to(actor)        the rule of its lists
    place                            the reach of the actor's roles
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from .actor import Actor
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
        return bool(whole.seen_by(reader))
    if rule == "visible_to":
        return bool(_lists_of(type(record)).visible_to(reader).filter(pk=record.pk).exists())
    return reader.sees(whole.place)


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
