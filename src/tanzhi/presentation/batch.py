"""Many acts of one kind from one page: each an act of its own; what is refused stops none of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What was done, and what was refused with its reason: `presentation/batch.html` draws it."""

    done: list[tuple[Text, str]] = field(default_factory=list)  # what it is called, and its page where it has one
    refused: list[tuple[Text, Refused]] = field(default_factory=list)


def each(acts: Iterable[tuple[Text, Callable[[], Any]]]) -> BatchResult:
    """Do one after the other; the result of an act says where it is read."""
    result = BatchResult()
    for name, act in acts:
        try:
            record = act()
        except Refused as refused:
            result.refused.append((name, refused))
        else:
            result.done.append((name, record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""))
    return result
