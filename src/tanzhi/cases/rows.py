"""From a row of strings to what a pydantic row takes: choices by their words, yes and no, blanks left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from tanzhi.presentation.action_form import inner, note
from tanzhi.presentation.fields import Choices
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

YES, NO = {"是", "yes", "true", "1", "y", "√"}, {"否", "no", "false", "0", "n"}
_DAY = re.compile(r"(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?")


def choices_of(info: FieldInfo) -> dict[str, Text]:
    """Codes with their words, where the field is a choice that needs no actor to know."""
    known = note(info, Choices)
    if known is not None and isinstance(known.options, Mapping):
        return dict(known.options)
    kind = inner(info)
    return {str(one): same(str(one)) for one in get_args(kind)} if get_origin(kind) is Literal else {}


def cells(row: type[BaseModel], places: Mapping[str, int], values: list[str]) -> dict[str, str]:
    """The row's values by field; what is blank is left out, so that a missing one is told as missing."""
    found = {}
    for name, at in places.items():
        words = values[at].strip() if at < len(values) else ""
        if words:
            found[name] = _read(row.model_fields[name], words)
    return found


def _read(info: FieldInfo, words: str) -> Any:
    for code, label in choices_of(info).items():
        if words in (code, label.zh) or words.lower() == label.en.lower():
            return code
    kind = inner(info)
    if kind is bool:
        return True if words.lower() in YES else False if words.lower() in NO else words
    if kind is str or get_origin(kind) is Literal:
        return words
    day = _DAY.fullmatch(words)
    return "-".join(f"{int(part):02d}" for part in day.groups()) if day else words.replace(",", "")
