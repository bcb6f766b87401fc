"""What the ledger asks of a person: to accept a transfer."""

from __future__ import annotations

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .model import ACTIVE, PENDING, Incoming

ACCEPT = Text("确认接收划转：{name}", "Accept a transfer: {name}")


@register
def transfers_to_do(actor: Actor) -> list[Todo]:
    """What is on its way to an account of mine."""
    roles = ("enterprise_approver", "project_owner")
    own = {g.organisation_id for g in actor.grants if g.role in roles and g.organisation_id is not None}
    if not own:
        return []
    rows = Incoming.objects.filter(receiver__organisation__in=own, state=ACTIVE, part__kind=PENDING)
    return [
        Todo(ACCEPT.format(name=hold.name), f"registry.hold:{hold.pk}", None, hold.get_absolute_url(), "transfer")
        for hold in rows.select_related("unit", "receiver")
    ]
