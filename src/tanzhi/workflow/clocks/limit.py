"""Legal deadlines as declared by a room: how many days of which kind, who must act, who is reminded, who hears late."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tanzhi.law.calendar.days import NATURAL, WORKING, conventions, due_after
from tanzhi.law.evaluation import count
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.table import Call

__all__ = ["NATURAL", "WORKING", "Limit"]


@dataclass(frozen=True, slots=True)
class Limit:
    """A deadline: `days` counted by a convention, or a fixed `due` day, which the law may not name.

    `days` names a parameter, whose value on the day of the act counts; or is a number or a function of call and case.
    """

    code: str
    label: Text
    days: int | str | Callable[[Any, Any], int] = 0
    unit: str = NATURAL
    remind: tuple[int, ...] = (5, 1)  # days before the end at which the first and the second reminder go out
    who: Set[str] = field(default_factory=frozenset)  # roles that must act
    escalate: Set[str] = field(default_factory=frozenset)  # roles that hear of it once it is late
    due: Callable[[Any, Any], date | None] | None = None
    law: str = ""

    def __post_init__(self) -> None:
        if self.unit not in conventions():
            raise ValueError(f"limit {self.code}: unknown unit {self.unit!r}; known: {sorted(conventions())}")
        if not (self.who or self.escalate):
            raise ValueError(f"limit {self.code}: nobody is asked to keep it")

    def days_of(self, call: Call, case: Any) -> int:
        if isinstance(self.days, str):
            return count(self.days, on=call.today)
        return self.days(call, case) if callable(self.days) else self.days

    def last_day(self, call: Call, case: Any) -> date | None:
        """The last day on which it is kept, if it begins with this call; None where the law names none."""
        if self.due is not None:
            return self.due(call, case)
        return due_after(call.today, self.days_of(call, case), self.unit)
