"""The worker's round: lists what happened for each hook, sends what waits, waits longer after each failure."""

from __future__ import annotations

import json
import logging
import threading
import time
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.visibility import seen
from tanzhi.web.events.reading import as_data, leaf_of, sealed_after
from tanzhi.web.services.access import actor_of_account

from .model import ACTIVE, DELIVERED, FAILED, WAITING, Delivery, WebHook
from .sending import HookAnswer, send
from .signing import signed_headers

ROUND_SECONDS = 2.0
AT_ONCE = 50  # deliveries of one hook in one round, and events listed for it
WAITS_SECONDS = (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800)
"""After the first failure in a row, the second, …; about fifteen hours until the hook is disabled."""
MOST_FAILURES = 10
MOST_ATTEMPTS = 5
"""Of one event, which then stands aside so that the others go on; whoever looks after the hook sends it again."""
log = logging.getLogger("tanzhi.worker")


def deliver_until(stopping: threading.Event) -> None:
    """For a thread of its own in the worker: a receiver that is slow holds up nothing else."""
    faults = 0
    while not stopping.wait(min(ROUND_SECONDS * 2**faults, 60.0)):
        try:
            deliver_due()
            faults = 0
        except Exception as fault:
            faults = min(faults + 1, 5)
            log.error("duty failed: hooks: %s", type(fault).__name__)  # its words may quote a receiver
            connection.close()
    connection.close()


def deliver_due() -> int:
    """One round over all hooks; how many events were taken by their receivers."""
    now, taken = timezone.now(), 0
    hooks = WebHook.objects.filter(state=ACTIVE, account__state=ACTIVE).select_related("account__organisation")
    for hook in hooks:
        list_events(hook)
        if hook.retry_at is None or hook.retry_at <= now:
            taken += deliver_waiting(hook)
    return taken


def list_events(hook: WebHook) -> None:
    """A waiting delivery for each new event that the program sees now and asked for."""
    rows = list(sealed_after(hook.position, hook.kinds)[:AT_ONCE])
    if not rows:
        return
    if len(rows) == AT_ONCE and leaf_of(rows[0]) != leaf_of(rows[-1]):  # the last place may go on behind it
        rows = [row for row in rows if leaf_of(row) != leaf_of(rows[-1])]
    visible = seen(actor_of_account(hook.account), {row.subject for row in rows})
    with transaction.atomic():
        Delivery.objects.bulk_create(
            [Delivery(hook=hook, event=row) for row in rows if row.subject in visible], ignore_conflicts=True
        )
        hook.position = leaf_of(rows[-1]) + 1
        WebHook.objects.filter(pk=hook.pk).update(position=hook.position)


def deliver_waiting(hook: WebHook) -> int:
    """What waits for a hook, in order, until one fails."""
    taken = 0
    waiting = (
        hook.deliveries.filter(state=WAITING).select_related("event__entry").order_by("event__entry__leaf_index", "pk")
    )
    for delivery in waiting[:AT_ONCE]:
        answer = attempt(hook, delivery)
        if answer.fault:
            note_failure(hook, answer)
            break
        taken += 1
        if hook.failures:
            hook.failures = 0
            WebHook.objects.filter(pk=hook.pk).update(failures=0, retry_at=None)
    return taken


def body_of(delivery: Delivery) -> str:
    """The event as `GET /api/events` tells it, in the envelope of the specification."""
    (event,) = as_data([delivery.event])
    envelope = {"type": event["kind"], "timestamp": event["at"], "data": event}
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))


def attempt(hook: WebHook, delivery: Delivery) -> HookAnswer:
    """Send one event once, and note what came of it."""
    body, begun, now = body_of(delivery), time.monotonic(), timezone.now()
    answer = send(hook.url, body.encode(), signed_headers(hook, f"evt_{delivery.event_id}", now, body))
    attempts = delivery.attempts + 1
    state = DELIVERED if not answer.fault else FAILED if attempts >= MOST_ATTEMPTS else WAITING
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state,
        attempts=F("attempts") + 1,
        last_at=now,
        status=answer.status,
        fault=answer.fault,
        milliseconds=int((time.monotonic() - begun) * 1000),
    )
    return answer


def note_failure(hook: WebHook, answer: HookAnswer) -> None:
    """Wait longer after each failure in a row; after the tenth, or where nothing is wanted any more, disable it."""
    hook.failures += 1
    WebHook.objects.filter(pk=hook.pk).update(failures=hook.failures, retry_at=retry_at(hook.failures))
    if hook.failures >= MOST_FAILURES or answer.fault == "HOOK-GONE":
        perform("web.disable_hook", Actor.platform(), hook.pk, {"fault": answer.fault})


def retry_at(failures: int) -> datetime:
    seconds = WAITS_SECONDS[min(failures, len(WAITS_SECONDS)) - 1]
    return timezone.now() + timedelta(seconds=seconds)
