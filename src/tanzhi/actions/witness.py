"""The evidence entry of an action; the one place where this room speaks to the log."""

from __future__ import annotations

from typing import Any


def witness(kind: str, subject: str, body: dict[str, Any], private: dict[str, str]) -> Any:
    """Record an entry inside the caller's transaction."""
    from tanzhi.evidence.log import record

    return record(kind, subject, body, private)
