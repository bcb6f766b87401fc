"""The open work of an office on one page: what is ticked goes to one official, each case an act of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.perform import perform
from tanzhi.actions.references import resolve
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.states import CASE_TYPES
from tanzhi.actions.visibility import seen
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.batch import BatchResult, each
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import WATCH, Todo, todos

from .queries import OFFICE, WORK, handlers
from .work import colleagues

if TYPE_CHECKING:
    from collections.abc import Iterable

NOBODY = Text("未选择经办人", "no officer was chosen")
NONE_TICKED = Text("未勾选任何事项", "no case was ticked")
PROVINCE = OFFICE - {"city_officer"}


@login_required
@takes_form
def assign(request: HttpRequest) -> HttpResponse:
    """By deadline, what nobody is named for first; nothing is ticked beforehand."""
    actor = actor_of_request(request)
    if not actor.roles & OFFICE:
        raise out_of_scope()
    result, refusal, ticked = None, None, set(request.POST.getlist("case"))
    handler = request.POST.get("handler", "")
    if request.method == "POST":
        try:
            result = divided_up((todo for todo in open_work(actor) if todo.subject in ticked), actor, handler)
        except Refused as refused:
            refusal = refused
    rows = open_work(actor)
    by_case, today = handlers(todo.subject for todo in rows), clock.today()
    context = {
        "rows": sorted(
            (
                {
                    "todo": todo,
                    "days": todo.days_left(today),
                    "handler": by_case[todo.subject].handler_name if todo.subject in by_case else "",
                    "ticked": refusal is not None and todo.subject in ticked,
                }
                for todo in rows
            ),
            key=lambda row: bool(row["handler"]),
        ),
        "free": sum(todo.subject not in by_case for todo in rows),
        "people": colleagues(actor),
        "handler": handler,
        "result": result,
        "refusal": refusal,
    }
    return render(request, "cases/assign.html", context, status=refusal.status if refusal else 200)


def divided_up(rows: Iterable[Todo], actor: Actor, handler: str) -> BatchResult:
    """What came of naming one official for several cases; without him or without a case nothing is done."""
    chosen_rows = list(rows)
    if handler not in dict(colleagues(actor)):
        raise Refused("ACT-OUTCOME", NOBODY, 422)
    if not chosen_rows:
        raise Refused("ACT-OUTCOME", NONE_TICKED, 422)

    def act(todo: Todo) -> Any:
        perform("cases.assign", actor, data={"case": todo.subject, "handler": handler})
        return resolve(todo.subject)

    return each((todo.title, partial(act, todo)) for todo in chosen_rows)


def open_work(actor: Actor) -> list[Todo]:
    """What the offices of this reader's region are asked to do: each case once, if the reader sees it."""
    grants = [
        replace(grant, role=role)
        for grant in actor.grants
        if grant.role in OFFICE
        for role in (PROVINCE if grant.role in PROVINCE else {grant.role})
    ]
    labels = {kind.model._meta.label_lower for kind in CASE_TYPES.values()}
    first: dict[str, Todo] = {}
    for todo in todos(Actor(None, actor.name, grants, actor.on)):
        if todo.kind in WORK and todo.section != WATCH and todo.subject.partition(":")[0] in labels:
            first.setdefault(todo.subject, todo)
    visible = seen(actor, list(first))
    return [todo for subject, todo in first.items() if subject in visible]
