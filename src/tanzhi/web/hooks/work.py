"""Hooks are added, given a secret, stopped, sent again; the platform itself disables one that fails and fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.evidence.models import Entry
from tanzhi.organisations.register.queries import misfit
from tanzhi.presentation.forms.fields import Choices, Help, Hidden
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.events.outbox import KINDS
from tanzhi.web.services.model import ACTIVE as OPEN
from tanzhi.web.services.model import ServiceAccount
from tanzhi.web.services.work import HEADS, is_head_of_account

from .address import checked
from .model import ACTIVE, DISABLED, STOPPED, WAITING, Delivery, WebHook
from .signing import secret_of

MOST_HOOKS = 5  # of one account


class NewHook(Input):
    """Where a program listens, and for what."""

    url: Annotated[
        str,
        Field(min_length=1, max_length=500),
        Label("网址", "Address"),
        Help("https，公网地址；不跟随转向", "https, a public address; redirects are not followed"),
    ]
    kinds: Annotated[
        list[str],
        Field(min_length=1),
        Label("事件种类", "Kinds of events"),
        Choices(lambda _actor: list(KINDS.items())),
    ] = Field(default_factory=lambda: list(KINDS))


class HookFault(Input):
    """Why the platform disables a hook: the code of its last failure."""

    fault: Annotated[str, Field(max_length=20), Label("原因", "Reason")]


class DeliveryNumber(Input):
    """Which delivery is to be sent again."""

    delivery: Annotated[int, Label("编号", "Number"), Hidden()]


def is_head_of_hook(actor: Actor, role: str, hook: WebHook, data: object) -> bool:
    return is_head_of_account(actor, role, hook.account, data)


@action(
    "web.add_hook",
    label=Text("添加事件推送", "Add a web hook"),
    by=HEADS,
    subject=ServiceAccount,
    leaves={OPEN},
    input=NewHook,
    limits=is_head_of_account,
)
def add_hook(call: Call, account: ServiceAccount) -> WebHook:
    """From now on; what happened before is read by `GET /api/events`."""
    data: NewHook = call.data
    for kind in data.kinds:
        if kind not in KINDS:
            raise misfit("kinds", Text("事件种类", "Kinds of events"), kind, Text("事件种类", "a kind of event"))
    checked(data.url)
    if account.hooks.exclude(state=STOPPED).count() >= MOST_HOOKS:
        message = Text("一个程序账户最多 {n} 个事件推送", "a service account has at most {n} web hooks")
        raise Refused("HOOK-MOST", message.format(n=MOST_HOOKS), 409)
    sealed = Entry.objects.filter(leaf_index__isnull=False).order_by("-leaf_index").first()
    position = 0 if sealed is None else (sealed.leaf_index or 0) + 1
    return WebHook.objects.create(
        account=account, url=data.url, kinds=sorted(set(data.kinds)), added_at=call.now, position=position
    )


@dataclass(frozen=True, slots=True)
class HookSecret:
    """The secret itself, which is shown this once; printed, it shows its hook only."""

    hook: WebHook
    secret: str = field(repr=False)

    def __str__(self) -> str:
        return f"secret of hook {self.hook.pk}"


@action(
    "web.rotate_hook_secret",
    label=Text("更换推送密钥", "Replace the secret of a web hook"),
    by=HEADS,
    subject=WebHook,
    limits=is_head_of_hook,
    sensitive=True,
)
def rotate_hook_secret(_call: Call, hook: WebHook) -> HookSecret:
    """What is sent from now on is signed with the new one."""
    hook.generation += 1
    hook.save(update_fields=["generation"])
    return HookSecret(hook, secret_of(hook))


@action(
    "web.stop_hook",
    label=Text("停止事件推送", "Stop a web hook"),
    by=HEADS,
    subject=WebHook,
    leaves={ACTIVE, DISABLED},
    enters=STOPPED,
    limits=is_head_of_hook,
)
def stop_hook(_call: Call, hook: WebHook) -> WebHook:
    return hook


@action(
    "web.resume_hook",
    label=Text("恢复事件推送", "Resume a web hook"),
    by=HEADS,
    subject=WebHook,
    leaves={STOPPED, DISABLED},
    enters=ACTIVE,
    limits=is_head_of_hook,
)
def resume_hook(_call: Call, hook: WebHook) -> WebHook:
    """Its address is checked again; what happened meanwhile is sent."""
    checked(hook.url)
    hook.failures, hook.retry_at = 0, None
    hook.save(update_fields=["failures", "retry_at"])
    return hook


@action(
    "web.disable_hook",
    label=Text("停用失败的事件推送", "Disable a failing web hook"),
    by={"administrator"},
    subject=WebHook,
    leaves={ACTIVE},
    enters=DISABLED,
    input=HookFault,
)
def disable_hook(call: Call, hook: WebHook) -> WebHook:
    """After the last of so many failures in a row, by the platform; its people find it among their things to do."""
    call.attach("fault", call.data.fault)
    return hook


@action(
    "web.replay_delivery",
    label=Text("重新推送", "Send again"),
    by=HEADS,
    subject=WebHook,
    leaves={ACTIVE},
    input=DeliveryNumber,
    limits=is_head_of_hook,
)
def replay_delivery(call: Call, hook: WebHook) -> WebHook:
    """The same event under the same number, so that a receiver who has it already knows it again."""
    number: int = call.data.delivery
    count = Delivery.objects.filter(hook=hook, pk=number).update(state=WAITING, attempts=0)
    if not count:
        raise misfit(
            "delivery", Text("编号", "Number"), str(number), Text("本推送的一次送达", "a delivery of this hook")
        )
    hook.retry_at = None
    hook.save(update_fields=["retry_at"])
    return hook
