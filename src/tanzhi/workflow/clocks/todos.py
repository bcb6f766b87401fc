"""Moves that wait and deadlines that run, for whoever must act and whoever follows up."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from tanzhi.actions import clock
from tanzhi.actions.actor import Place
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
NOBODY: frozenset[str] = frozenset()
BY_REGION = {code for code, role in KNOWN_ROLES.items() if role.reach in ("region", "platform")}
"""What they reach is known by the region alone, which no case changes: the case need not be read for it."""
RUNS = Text("{what}：", "{what}: ")
LATE = Text("督办，{what}已逾期：", "Overdue, follow up: {what}: ")


class RunningClock(NamedTuple):
    """What a line of the list needs of a clock; whom it asks as the database has it, read once for all alike."""

    pk: int
    subject: str
    kind: str
    limit: str
    organisation_id: int | None
    region_path: str
    person_id: int | None
    name_zh: str
    name_en: str
    address: str
    due_on: date
    asks: str
    follow: str

    @property
    def noted_place(self) -> Place:
        return Place(self.organisation_id, self.region_path, self.person_id)


@lru_cache(maxsize=1024)
def roles_in(words: str) -> frozenset[str]:
    """Roles as the database keeps them, a list in JSON."""
    return frozenset(json.loads(words))


@register
def deadlines(actor: Actor) -> list[Todo]:
    """Deadlines that ask one of this actor's roles, and late ones that he must follow up."""
    # Most clocks of a province run beside a move, which is a thing to do of its own: these are not read before they
    # are late, and their cases not at all.
    by_moves = {code: kind.asked_by_moves for code, kind in CASE_TYPES.items()}
    beside_moves = reduce(or_, (Q(kind=code, limit__in=limits) for code, limits in by_moves.items() if limits), NONE)
    running = Clock.objects.visible_to(actor).filter(state=Clock.RUNNING)
    roles, today = actor.roles, clock.today()
    lists = {"asks": Cast("who", TextField()), "follow": Cast("escalate", TextField())}
    rows = running.exclude(beside_moves, due_on__gte=today).order_by().annotate(**lists)
    concerned = [
        (row, asks, followed_up)
        for row in map(RunningClock._make, rows.values_list(*RunningClock._fields))
        for asks in [roles & (NOBODY if row.limit in by_moves.get(row.kind, ()) else roles_in(row.asks))]
        for followed_up in [roles & (roles_in(row.follow) if row.due_on < today else NOBODY)]
        if asks or followed_up
    ]
    by_case = {row.pk for row, asks, followed_up in concerned if not (asks | followed_up) <= BY_REGION}
    places = places_of(Clock.objects.filter(pk__in=by_case)) if by_case else {}
    acting: dict[tuple[Any, ...], bool | None] = {}  # None: neither to act nor to follow up
    beginnings: dict[tuple[str, str, bool], Text] = {}
    rows_to_do = []
    for row, asks, followed_up in concerned:
        of_region = row.pk not in by_case
        alike = (row.region_path, frozenset(asks), frozenset(followed_up)) if of_region else (row.pk,)
        if alike not in acting:
            place = places.get(row.pk) or row.noted_place
            acts = any(actor.reaches(role, place) for role in asks)
            follows = any(actor.reaches(role, place) for role in followed_up)
            acting[alike] = acts if acts or follows else None
        acts_here = acting[alike]
        if acts_here is None:
            continue
        key = (row.kind, row.limit, acts_here)
        if key not in beginnings:
            label = Clock(kind=row.kind, limit=row.limit).label
            beginnings[key] = (RUNS if acts_here else LATE).format(what=label)
        words = beginnings[key] + Text(row.name_zh, row.name_en)
        rows_to_do.append(Todo(words, row.subject, row.due_on, row.address, "deadline", DO if acts_here else WATCH))
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
