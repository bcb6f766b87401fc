"""How often something may be done from one address and by everybody together: what strangers may not flood."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text

from .model import Tally

if TYPE_CHECKING:
    from django.http import HttpRequest

NAMES_FROM_AN_ADDRESS = 10  # wrong passwords for so many names within a lock's time: somebody tries names, not his own
WINDOW = timedelta(minutes=15)
FAILURES_FROM_AN_ADDRESS = 60  # an hour
TOO_OFTEN = Text("操作过于频繁，请一小时后再试", "too often: try again in an hour")
# What anybody may do without signing in, an hour: from one address, by everybody together.
ANONYMOUS = {"reset": (5, 100), "comment": (5, 60), "application": (5, 60), "sign_on": (60, 3000)}
HOUR = timedelta(hours=1)


def address_of(request: HttpRequest) -> str:
    """The client's address, as the sign-in lock sees it (behind proxies: AXES_CLIENT_IP_CALLABLE)."""
    return str(get_client_ip_address(request) or "")


def count(key: str, window: timedelta = HOUR) -> int:
    """How often this was done within the window, this time included; the key stands as a digest."""
    name, now = _digest(key), timezone.now()
    with transaction.atomic():
        row, _ = Tally.objects.select_for_update().get_or_create(key=name, defaults={"since": now})
        if row.since <= now - window:
            row.since, row.count = now, 0
        row.count += 1
        row.save(update_fields=["since", "count"])
    return int(row.count)


def counted(key: str, window: timedelta = HOUR) -> int:
    """How often this was done within the window, without doing it."""
    row = Tally.objects.filter(key=_digest(key), since__gt=timezone.now() - window).first()
    return int(row.count) if row else 0


def refuse_flood(request: HttpRequest, what: str) -> None:
    """Refuse an anonymous act that comes too often from its address, or from all addresses together."""
    mine, everybody = ANONYMOUS[what]
    over = count(f"{what}:{address_of(request)}") > mine
    if over or count(f"{what}:*") > everybody:
        raise Refused("ACT-OFTEN", TOO_OFTEN, 429)


def sprays(request: HttpRequest) -> bool:
    """Whether wrong passwords come from this address for many names, or without end."""
    address = address_of(request)
    recent = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=timezone.now() - WINDOW)
    names = recent.values("username").distinct().count()
    return names >= NAMES_FROM_AN_ADDRESS or counted(f"failure:{address}") >= FAILURES_FROM_AN_ADDRESS


def note_failure(request: HttpRequest) -> None:
    """One more wrong password from this address."""
    count(f"failure:{address_of(request)}")


def _digest(key: str) -> str:
    """No address of a visitor is kept in plain sight."""
    return salted_hmac("tanzhi.limits", key).hexdigest()
