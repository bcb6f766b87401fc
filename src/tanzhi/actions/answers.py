"""What an action answers: a record, several, a number, words, what is shown once, or nothing; its function's own return
type says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from inspect import unwrap
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol, get_args, get_origin, get_type_hints, runtime_checkable

from django.db.models import Model

if TYPE_CHECKING:
    from .table import Action

RECORD, RECORDS, NUMBER, WORDS, NOTHING = "record", "records", "number", "words", "nothing"
ONCE = "once"


@runtime_checkable
class ShownOnce(Protocol):
    """A result with secrets: whoever acted sees them with the answer, and nobody ever again; `str` names it without."""

    def shown_once(self) -> list[str]:
        """The secrets."""


@dataclass(frozen=True, slots=True)
class ActionAnswer:
    """The result of an action that was done; of one that waits for a second person there is none yet."""

    kind: str
    model: type[Model] | None = None

    def fits(self, result: Any) -> bool:
        """Whether an action that was done returned what it declares."""
        if self.kind == RECORDS:
            return isinstance(result, list | tuple) and all(isinstance(row, self.model or Model) for row in result)
        if self.kind == RECORD:
            return isinstance(result, self.model or Model)
        if self.kind == NUMBER:
            return isinstance(result, int) and not isinstance(result, bool)
        if self.kind == ONCE:
            return isinstance(result, ShownOnce)
        return result is None if self.kind == NOTHING else not isinstance(result, Model | int | dict)


def answer_of(entry: Action) -> ActionAnswer:
    """What an action answers, by the return type of its function."""
    function: Any = unwrap(entry.function)
    stated = SimpleNamespace(__annotations__={"return": function.__annotations__["return"]})
    type_ = get_type_hints(stated, globalns=function.__globals__)["return"]
    if get_origin(type_) is list:
        (part,) = get_args(type_)
        return ActionAnswer(RECORDS, part) if issubclass(part, Model) else ActionAnswer(WORDS)
    if isinstance(type_, type) and issubclass(type_, Model):
        return ActionAnswer(RECORD, type_)
    if type_ is type(None):
        return ActionAnswer(NOTHING)
    if isinstance(type_, type) and issubclass(type_, ShownOnce):
        return ActionAnswer(ONCE)
    return ActionAnswer(NUMBER) if type_ is int else ActionAnswer(WORDS)
