"""The evidence entry of an action; the one place where this room speaks to the log."""

from __future__ import annotations

from typing import Any

from .refusal import Refused


def witness(kind: str, subject: str, body: dict[str, Any], private: dict[str, Any]) -> Any:
    """Record an entry inside the caller's transaction."""
    from tanzhi.evidence.faults import LogFault
    from tanzhi.evidence.log import record

    try:
        return record(kind, subject, body, private)
    except LogFault as fault:  # nothing is done that cannot be witnessed
        raise Refused(fault.code, fault.message, 503) from fault
