"""Reads what an action's input says by the type of each field, with the readers of every other door."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from tanzhi.rulebook.kernel.spelling import (
    Spelled,
    spelled_choice,
    spelled_day,
    spelled_number,
    spelled_whole,
    spelled_yes,
)
from tanzhi.rulebook.kernel.text import Text, same

SINGLE: dict[Any, Callable[[Any], Spelled]] = {
    Decimal: spelled_number,
    int: spelled_whole,
    date: spelled_day,
    bool: spelled_yes,
}


def inner(annotation: Any) -> Any:
    """A type without its None."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def options_of(info: FieldInfo) -> dict[str, Text]:
    """Codes with their words, where the field is a choice that needs no actor to know."""
    stated = next((note.options for note in info.metadata if isinstance(getattr(note, "options", None), Mapping)), None)
    if stated is not None:
        return dict(stated)
    kind = inner(info.annotation)
    return {str(code): same(str(code)) for code in get_args(kind)} if get_origin(kind) is Literal else {}


def read(info: FieldInfo, value: Any) -> Any:
    """The value in the form that its type takes; what cannot be read raises pydantic's error with our code."""
    options = options_of(info)
    if options and isinstance(value, list | tuple):
        return [_choice(each, options) for each in value]
    if options and value is not None and not (isinstance(value, str) and not value.strip()):
        return _choice(value, options)
    return _by_type(info.annotation, value)


def _choice(value: Any, options: Mapping[str, Text]) -> Any:
    """A code of the options, by itself or by its words; the one place in which a choice is checked."""
    if isinstance(value, str):
        return _taken(spelled_choice(value, options))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        _taken(spelled_choice(str(value), options))
    return value


def _by_type(annotation: Any, value: Any) -> Any:
    kind = inner(annotation)
    origin, parts = get_origin(kind), get_args(kind)
    if value is None or value == "":
        return value
    if origin in (list, tuple) and isinstance(value, list | tuple):
        return [_in_list(parts[0], each) for each in value]
    if origin is dict and isinstance(value, Mapping) and len(parts) == 2:
        return {key: _by_type(parts[1], each) for key, each in value.items()}
    if kind not in SINGLE:
        return value
    return _taken(SINGLE[kind](value))


class UnreadWords:
    """Words in a list that no reader takes: the list's own type then refuses them at their place."""

    def __init__(self, words: Any) -> None:
        self.words = words

    def __repr__(self) -> str:
        return repr(self.words)


def _in_list(annotation: Any, value: Any) -> Any:
    kind = inner(annotation)
    if kind not in SINGLE or value is None:
        return _by_type(annotation, value)
    spelled = SINGLE[kind](value)
    return spelled.value if spelled.readable else UnreadWords(value)


def _taken(spelled: Spelled) -> str:
    if spelled.readable:
        return spelled.value
    expected = spelled.expected if isinstance(spelled.expected, Text) else same(spelled.expected or "-")
    raise PydanticCustomError(spelled.code, "cannot be read", {"zh": expected.zh, "en": expected.en})
