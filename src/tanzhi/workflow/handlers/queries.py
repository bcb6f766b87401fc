"""What others ask about who works on what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.evidence.until_next_act import UntilNextAct
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Person
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.workflow.todos.todo import READERS, WATCH, Todo, todos

from .model import CaseHandler

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

OFFICE = AUTHORITY - {"auditor"}
WORK = ("move", "deadline")  # kinds of to-dos that somebody of an office is named for


def handlers(references: Iterable[str]) -> dict[str, CaseHandler]:
    """By case, for those that one is named for; whoever has left his office works on none."""
    rows = {row.case: row for row in CaseHandler.objects.filter(case__in=set(references))}
    keys = {row.handler_id for row in rows.values()}
    in_office = in_force(clock.today(), "grants__")
    active = Person.objects.filter(in_office, pk__in=keys, state="active", grants__role__in=OFFICE)
    present = set(active.values_list("pk", flat=True)) if keys else set()
    return {case: row for case, row in rows.items() if row.handler_id in present}


_OWN: UntilNextAct[tuple[Todo, ...]] = UntilNextAct(READERS)


def own_todos(actor: Actor) -> list[Todo]:
    """Everything that waits for this actor, as it is divided among colleagues."""
    return list(_OWN.of((actor.known_by, clock.today()), lambda: tuple(divided(todos(actor), actor))))


def divided(own: list[Todo], actor: Actor) -> list[Todo]:
    """What a colleague works on stands among what is watched, with his name; for who is in no office as it was."""
    if not actor.roles & OFFICE:
        return own
    by_case = handlers(todo.subject for todo in own if todo.kind in WORK)
    rows = []
    for todo in own:
        row = by_case.get(todo.subject) if todo.kind in WORK else None
        if row is None:
            rows.append(todo)
        elif row.handler_id == actor.person_id:
            rows.append(replace(todo, handler=row.handler_name))
        else:
            rows.append(replace(todo, handler=row.handler_name, section=WATCH))
    return rows
