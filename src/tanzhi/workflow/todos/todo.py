"""The task list of a person, by deadline: every room adds its part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.evidence.until_next_act import UntilNextAct

if TYPE_CHECKING:
    from collections.abc import Callable

    from tanzhi.actions.actor import Actor
    from tanzhi.rulebook.kernel.text import Text


DECIDE, DO, WATCH = "decide", "do", "watch"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits for this person: to decide, to do, or to watch while others do it."""

    title: Text
    subject: str
    due: date | None
    url: str
    kind: str
    section: str = DO
    alike: Text | None = None  # what several of its kind are called where they stand together in one line
    handler: str = ""  # the official who was named for it

    def days_left(self, today: date) -> int | None:
        """Days until it is due, negative once it is late; None without a deadline."""
        return None if self.due is None else (self.due - today).days


_SOURCES: list[Callable[[Actor], list[Todo]]] = []


def register(source: Callable[[Actor], list[Todo]]) -> Callable[[Actor], list[Todo]]:
    """Add a source of things to do; usable as a decorator."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


READERS = 300  # whose lists a process keeps
_TODOS: UntilNextAct[tuple[Todo, ...]] = UntilNextAct(READERS)


def todos(actor: Actor) -> list[Todo]:
    """Everything that waits for this actor: what is due first stands first, what has no deadline last."""

    def by_deadline() -> tuple[Todo, ...]:
        rows = [todo for source in _SOURCES for todo in source(actor)]
        return tuple(sorted(rows, key=lambda todo: (todo.due or date.max, todo.kind, todo.subject)))

    return list(_TODOS.of((actor.known_by, clock.today()), by_deadline))
