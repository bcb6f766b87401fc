"""What time it is for an action: the wall clock, or the moment at which an example's record was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    return _moment.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Act as of a moment; only examples and replays do. The evidence log keeps the wall clock all the same."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
