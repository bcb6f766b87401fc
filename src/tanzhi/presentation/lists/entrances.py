"""Ways from a list to what fills it: rooms above register them, and the list shows them to whoever may go there."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from django.urls import reverse

from tanzhi.rulebook.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Entrance:
    """A page that fills a list, and for whom it is."""

    listing: str
    title: Text
    view: str
    name: str
    roles: frozenset[str]

    def register(self) -> None:
        """Show it with its list; the same name again replaces it."""
        ENTRANCES.setdefault(self.listing, {})[self.name] = self

    @property
    def address(self) -> str:
        return reverse(self.view, args=[self.name])


ENTRANCES: dict[str, dict[str, Entrance]] = {}


def entrances_of(listing: str, roles: Set[str]) -> list[Entrance]:
    """What fills a list and is for one of these roles, in the order in which it was registered."""
    return [entrance for entrance in ENTRANCES.get(listing, {}).values() if entrance.roles & roles]
