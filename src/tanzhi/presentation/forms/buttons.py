"""Which of some actions this reader could do now with this record: a button that would only refuse is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.roles import PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tanzhi.actions.registry import Action, Actor
    from tanzhi.rulebook.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Button:
    """A link to an action's form."""

    name: str
    label: Text
    address: str
    primary: bool = False  # the one that a page stresses


def buttons(
    actor: Actor, names: Iterable[str], subject: Any = None, onward: str = "", filled: Mapping[str, Any] | None = None
) -> list[Button]:
    """The buttons of the actions that may be done; `onward` is where the form leads back to, `filled` its fields."""
    return [
        Button(name, ACTIONS[name].label, address_of(name, subject, onward, filled))
        for name in names
        if may(actor, ACTIONS[name], subject)
    ]


def may(actor: Actor, action: Action, subject: Any = None) -> bool:
    """Whether role, reach, state and what else the record says permit; the action itself asks again."""
    place = subject.place if subject is not None and action.subject is not None else None
    roles = action.by & actor.roles
    if place is None:
        roles -= {PERSON.code} if action.subject is not None else set()
        return bool(roles)
    state = str(getattr(subject, "state", ""))
    fits = (not action.leaves or state in action.leaves) and (action.offered is None or action.offered(subject))
    limits = action.limits or (lambda *_of: True)
    return fits and any(actor.reaches(role, place) and limits(actor, role, subject, None) for role in roles)


def address_of(name: str, subject: Any = None, onward: str = "", filled: Mapping[str, Any] | None = None) -> str:
    """Where an action's form stands, its fields filled in as far as the page that leads there knows them."""
    keys = [name, subject.pk] if subject is not None and ACTIONS[name].subject is not None else [name]
    address = reverse("presentation:act", args=keys)
    query = {**(filled or {}), **({"next": onward} if onward else {})}
    return f"{address}?{urlencode(query)}" if query else address
