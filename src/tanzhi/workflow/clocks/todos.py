"""Moves that wait and deadlines that run, for whoever must act and whoever follows up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.states import CASE_TYPES
from tanzhi.actions.visibility import joined_to_place
from tanzhi.presentation.forms.buttons import may
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import DECIDE, DO, WATCH, Todo, register

from .model import Clock, places_of

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

RUNS = Text("{what}：{name}", "{what}: {name}")
LATE = Text("督办，{what}已逾期：{name}", "Overdue, follow up: {what}: {name}")


@register
def deadlines(actor: Actor) -> list[Todo]:
    """Deadlines that ask one of this actor's roles, and late ones that he must follow up."""
    rows = Clock.objects.visible_to(actor).filter(state=Clock.RUNNING)
    concerned = [row for row in rows if actor.roles & {*row.who, *row.escalate}]
    places = places_of(concerned)
    rows_to_do = []
    for row in concerned:
        kind, place = CASE_TYPES.get(row.kind), places[row.pk]
        acts = not (kind and row.limit in kind.asked_by_moves) and any(actor.reaches(role, place) for role in row.who)
        pressed = row.overdue and any(actor.reaches(role, place) for role in row.escalate)
        if acts or pressed:
            words = (RUNS if acts else LATE).format(what=row.label, name=row.name)
            what = DO if acts else WATCH
            rows_to_do.append(Todo(words, row.subject, row.due_on, row.address, "deadline", what))
    return rows_to_do


@register
def moves(actor: Actor) -> list[Todo]:
    """Moves that the table puts among the things to do of whoever may do them, due by the first clock that runs."""
    to_do: list[Todo] = []
    for kind in CASE_TYPES.values():
        awaited = [
            (move, roles) for move in kind.moves if move.todo and (roles := actor.roles & (move.asks or move.by))
        ]
        if not awaited:
            continue
        visible = kind.model._default_manager.visible_to(actor)
        rows = kind.rows_to_do(visible, actor) if kind.rows_to_do else visible
        waiting = joined_to_place(rows).filter(state__in={code for move, _ in awaited for code in move.leaves})
        if any(field.name == "organisation" for field in kind.model._meta.get_fields()):
            waiting = waiting.prefetch_related("organisation__names")  # a case is called after it
        cases = list(waiting)
        # The first day by which one of these moves is due, where a clock runs for it.
        running = Clock.objects.filter(
            subject__in=[case.reference for case in cases], state=Clock.RUNNING, limit__in=kind.asked_by_moves
        )
        due = {row.subject: row.due_on for row in running.order_by("-due_on")}
        to_do += [
            Todo(
                (move.todo_in.get(case.state) or move.todo).format(name=case.name),
                case.reference,
                due.get(case.reference),
                case.get_absolute_url(),
                "move",
                DECIDE if ACTIONS[move.name].decides else DO,
            )
            for case in cases
            for move, roles in awaited
            if move.todo and may(actor, ACTIONS[move.name], case) and any(actor.reaches(r, case.place) for r in roles)
        ]
    return to_do
