"""What other programs are told of acts: rooms above register, and write in the transaction of the act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ActDone:
    """An act as the log names it (`filings.deposit`, `bulletin.publish.proposed`), just before its entry is written."""

    kind: str
    subject: str
    entry: int
    attached: Mapping[str, Any] = field(default_factory=dict)


LISTENERS: list[Callable[[ActDone], None]] = []


def announce(act: ActDone) -> None:
    """Tell whoever registered; what they write stands or falls with the act."""
    for listener in LISTENERS:
        listener(act)
