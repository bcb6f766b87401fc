"""A hook: where it leads, how it fares, what was sent; its secret is shown once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from tanzhi.actions.forms import takes_form
from tanzhi.presentation.forms.pages import after
from tanzhi.presentation.forms.submission import answer
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.audit.pages import label_of
from tanzhi.web.events.outbox import KINDS
from tanzhi.web.middleware import actor_for

from .model import DELIVERED, DELIVERY_STATES, FAILED, WAITING, Delivery, WebHook
from .sending import FAULTS
from .work import HookSecret

TONES = {WAITING: "due", DELIVERED: "ok", FAILED: "late"}
AGAIN = Text("重新推送", "Send again")
REPLACE = Text("更换", "Replace it")


def hook_for(request: HttpRequest, pk: int) -> WebHook:
    rows = WebHook.objects.visible_to(actor_for(request)).select_related("account__organisation")
    row: WebHook = get_object_or_404(rows, pk=pk)
    return row


def again(row: Delivery) -> str:
    """The form that sends it again; nothing where it still waits."""
    if row.state == WAITING:
        return ""
    onward = reverse("web:hook", args=[row.hook_id])
    address = reverse("presentation:act", args=["web.replay_delivery", row.hook_id])
    return f"{address}?{urlencode({'delivery': row.pk, 'next': onward})}"


DELIVERIES = Listing(
    "web.deliveries",
    title=Text("推送记录", "Deliveries"),
    noun=Text("次", "deliveries"),
    order="-pk",
    empty=Text(
        "还没有推送；此后发生的事件会在封存后送出", "Nothing yet: what happens from now on is sent once it is sealed"
    ),
    columns=(
        ListColumn("pk", Text("编号", "Number"), value=lambda row: f"evt_{row.event_id}", sort="event_id"),
        ListColumn("kind", Text("种类", "Kind"), value=lambda row: KINDS[row.event.kind]),
        ListColumn("act", Text("事项", "Act"), value=lambda row: label_of(row.event.act)),
        ListColumn("state", Text("状态", "State"), kind="state", words=DELIVERY_STATES, tone=TONES, sort="state"),
        ListColumn("attempts", Text("次数", "Tries"), sort="attempts"),
        ListColumn("last_at", Text("时间", "Time"), sort="last_at"),
        ListColumn("fault", Text("原因", "Reason"), value=lambda row: FAULTS.get(row.fault)),
        ListColumn("again", AGAIN, kind="link", value=lambda row: AGAIN, link=again),
    ),
    filters=(Filter("state", Text("状态", "State"), DELIVERY_STATES),),
)


@login_required
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    """One hook with what was sent through it, the newest first."""
    row = hook_for(request, pk)
    rows = row.deliveries.select_related("event")
    context = {"hook": row, "kinds": [KINDS[kind] for kind in row.kinds if kind in KINDS]}
    return DELIVERIES.respond(request, rows, "web/hook.html", context)


@login_required
@never_cache
@takes_form
def hook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret, shown this once."""
    row = hook_for(request, pk)
    answered = answer(request, actor_for(request), "web.rotate_hook_secret", row)
    issued: HookSecret | None = answered.outcome.result if answered.outcome else None
    context = {"hook": row, "form": answered.form, "issued": issued, "submit": REPLACE}
    return render(request, "web/hook_secret.html", context, status=200 if issued else answered.form.status)


@after(HookSecret)
def replaced_elsewhere(request: HttpRequest, secret: HookSecret) -> HttpResponse:
    """Wherever a secret is replaced from, it is shown on its own page."""
    return render(request, "web/hook_secret.html", {"hook": secret.hook, "issued": secret})
