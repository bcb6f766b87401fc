"""What time it is for an action: the wall clock, an example's day, or the moment of an example's record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The moment by which deadlines count. The evidence log, sessions and jobs keep the wall clock all the same."""
    moment = _moment.get()
    if moment is None:
        moment = timezone.now()
        if day := example_day():
            moment = timezone.localtime(moment).replace(year=day.year, month=day.month, day=day.day)
    return moment


def today() -> date:
    """The day of `now` at the place of the installation."""
    return now().astimezone(timezone.get_default_timezone()).date()


def example_day() -> date | None:
    """The day on which an example stands still (`TANZHI_TODAY`), so that what is due in its records is due today."""
    return date.fromisoformat(settings.TANZHI_TODAY) if settings.TANZHI_TODAY else None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Act as of a moment; only examples and replays do."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
