"""A hook that the platform disabled waits for whoever answers for its program."""

from __future__ import annotations

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.services.work import HEADS, is_head_of_account
from tanzhi.workflow.todos.todo import Todo, register

from .model import DISABLED, WebHook

MEND = Text("事件推送已停用，请检查接收方：{name}", "A web hook was disabled, look after its receiver: {name}")


@register
def disabled_hooks(actor: Actor) -> list[Todo]:
    """One line a hook; it goes when the hook is resumed or stopped."""
    roles = HEADS & actor.roles
    if not roles:
        return []
    hooks = WebHook.objects.visible_to(actor).filter(state=DISABLED).select_related("account")
    return [
        Todo(MEND.format(name=hook.account.name), f"web.webhook:{hook.pk}", None, hook.get_absolute_url(), "hook")
        for hook in hooks
        if any(is_head_of_account(actor, role, hook.account, None) for role in roles)
    ]
