"""Moves that wait and deadlines that run, for whoever must act and whoever follows up."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from tanzhi.actions import clock
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.roles import KNOWN_ROLES
from tanzhi.actions.states import CASE_TYPES
from tanzhi.actions.visibility import joined_to_place
from tanzhi.presentation.forms.buttons import may
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import DECIDE, DO, WATCH, Todo, register

from .model import Clock, places_of

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

NONE = Q(pk__in=[])
READ = (
    "subject", "case", "kind", "limit", "who", "escalate", "organisation_id", "region_path", "person_id", "name_zh",
    "name_en", "address", "due_on",
)  # fmt: skip
BY_REGION = {code for code, role in KNOWN_ROLES.items() if role.reach in ("region", "platform")}
"""What they reach is known by the region alone, which no case changes: the case need not be read for it."""
RUNS = Text("{what}：{name}", "{what}: {name}")
LATE = Text("督办，{what}已逾期：{name}", "Overdue, follow up: {what}: {name}")


@register
def deadlines(actor: Actor) -> list[Todo]:
    """Deadlines that ask one of this actor's roles, and late ones that he must follow up."""
    # Most clocks of a province run beside a move, which is a thing to do of its own: these are not read before they
    # are late, and their cases not at all.
    by_moves = {code: kind.asked_by_moves for code, kind in CASE_TYPES.items()}
    beside_moves = reduce(or_, (Q(kind=code, limit__in=limits) for code, limits in by_moves.items() if limits), NONE)
    running = Clock.objects.visible_to(actor).filter(state=Clock.RUNNING)
    roles, today = actor.roles, clock.today()
    concerned = [
        (row, asks, followed_up)
        for row in running.exclude(beside_moves, due_on__gte=today).order_by().only(*READ)
        for asks in [roles.intersection(() if row.limit in by_moves.get(row.kind, ()) else row.who)]
        for followed_up in [roles.intersection(row.escalate if row.due_on < today else ())]
        if asks or followed_up
    ]
    places = places_of(row for row, asks, followed_up in concerned if not (asks | followed_up) <= BY_REGION)
    labels: dict[tuple[str, str], Text] = {}
    rows_to_do = []
    for row, asks, followed_up in concerned:
        place = places.get(row.pk) or row.noted_place
        acts = any(actor.reaches(role, place) for role in asks)
        if acts or any(actor.reaches(role, place) for role in followed_up):
            if (row.kind, row.limit) not in labels:
                labels[row.kind, row.limit] = row.label
            words = (RUNS if acts else LATE).format(what=labels[row.kind, row.limit], name=row.name)
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
