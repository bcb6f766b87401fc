"""Which roles held by people a reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.actor import ScopeFields, scope

from .model import Grant

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def grants_in_reach(actor: Actor) -> Any:
    """One's own and those within reach; who looks after accounts looks after what their people hold."""
    if "security_administrator" in actor.roles:
        return Grant.objects.all()
    return Grant.objects.filter(scope(actor, ScopeFields(person="person_id")))
