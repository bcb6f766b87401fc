"""What inventories ask of a person: compile, review, publish."""

from __future__ import annotations

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .compilation import filers_of
from .models import COMPILED, DRAFT, IN_REVIEW, REVIEWED, Inventory

TITLES = {
    DRAFT: Text("汇总清单：{name}", "Compile: {name}"),
    COMPILED: Text("提交审核：{name}", "Hand in for review: {name}"),
    IN_REVIEW: Text("审核清单：{name}", "Review: {name}"),
    REVIEWED: Text("发布清单：{name}", "Publish: {name}"),
}
WHO = {
    DRAFT: {"provincial_officer"},
    COMPILED: {"provincial_officer"},
    IN_REVIEW: {"provincial_officer", "provincial_director"},
    REVIEWED: {"provincial_director"},
}


@register
def inventories_to_do(actor: Actor) -> list[Todo]:
    """By role and state; nobody is asked to review what he himself entered."""
    states = [state for state, roles in WHO.items() if roles & actor.roles]
    if not states:
        return []
    rows = list(Inventory.objects.visible_to(actor).filter(state__in=states).select_related("region"))
    entered = filers_of([row for row in rows if row.state in (IN_REVIEW, REVIEWED)])
    return [
        Todo(TITLES[row.state].format(name=row.name), row.reference, None, row.get_absolute_url(), "inventory")
        for row in rows
        if actor.person_id not in entered.get(row.pk, ())
    ]
