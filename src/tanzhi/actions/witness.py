"""The evidence entry of an action; the one place where this room speaks to the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from .refusal import Refused


def witness(kind: str, subject: str, body: dict[str, Any], private: dict[str, Any], number: int | None = None) -> Any:
    """Record an entry inside the caller's transaction, after all rows of the act are written: it answers for them."""
    from tanzhi.evidence.faults import LogFault
    from tanzhi.evidence.log import record

    try:
        return record(kind, subject, body, private, number=number)
    except LogFault as fault:  # nothing is done that cannot be witnessed
        raise Refused(fault.code, fault.message, 503) from fault


def writes_alone() -> bool:
    """Whether nobody else writes before this transaction ends, so that what it looked up stays so."""
    from tanzhi.evidence.log import ONE_WRITER

    return transaction.get_connection().vendor in ONE_WRITER


def next_entry() -> int:
    """The number of the entry that comes next, for a row that names it and for which it answers."""
    from tanzhi.evidence.log import next_number

    return next_number()


@contextmanager
def witnessed(kind: str, subject: str) -> Iterator[None]:
    """For what the platform writes beside all actions: an entry of this kind, if anything was written."""
    from tanzhi.evidence.tracking import noted

    with transaction.atomic():
        yield
        if noted().unrecorded:
            witness(kind, subject, {}, {})
