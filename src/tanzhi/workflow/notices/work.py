"""Sending what is due to be told, reading it, and the secret address of one's calendar."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.registry import Call, action, anywhere, perform
from tanzhi.actions.roles import PERSON
from tanzhi.rulebook.kernel.text import Text

from .delivery import due_notices, tell
from .model import CalendarAddress, Notice


@action("cases.remind", label=Text("发出期限提醒", "Send reminders"), by={"administrator"}, place=anywhere)
def remind(call: Call) -> int:
    """Tell what is due to be told; what was told before is not told again."""
    sent = tell(due_notices(call.today), call.now)
    call.attach("notices", len(sent))
    return len(sent)


def remind_if_due() -> int:
    """The worker's daily round: an act, and evidence, only where there is something to tell."""
    if not due_notices(clock.today()):
        return 0
    return int(perform("cases.remind", Actor.platform()).result)


@action("cases.read_notices", label=Text("全部标为已读", "Mark all as read"), by={PERSON.code}, place=anywhere)
def read_notices(call: Call) -> int:
    """Everything told to me so far is read."""
    return Notice.objects.filter(person_id=call.actor.person_id or 0, read_at=None).update(read_at=call.now)


@dataclass(frozen=True, slots=True, repr=False)
class CalendarSecret:
    """The secret of a calendar address, shown once: what is kept of the act does not say it."""

    secret: str

    def __str__(self) -> str:
        return "calendar address"

    def shown_once(self) -> list[str]:
        return [self.secret]

    __repr__ = __str__


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@action(
    "cases.calendar_address", label=Text("生成日历地址", "Make a calendar address"), by={PERSON.code}, place=anywhere
)
def calendar_address(call: Call) -> CalendarSecret:
    """A new secret address of my deadlines for a calendar program; the one before stops working."""
    secret = secrets.token_urlsafe(32)
    CalendarAddress.objects.update_or_create(
        person_id=call.actor.person_id or 0, defaults={"digest": digest_of(secret), "made_at": call.now}
    )
    return CalendarSecret(secret)


@action(
    "cases.drop_calendar", label=Text("停用日历地址", "Stop the calendar address"), by={PERSON.code}, place=anywhere
)
def drop_calendar(call: Call) -> int:
    """Nobody reads my deadlines by the address any more."""
    count, _ = CalendarAddress.objects.filter(person_id=call.actor.person_id or 0).delete()
    return count
