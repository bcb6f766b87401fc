"""What a check found: a value with a place, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .text import Text

ERROR = "error"
QUESTION = "question"
NOTE = "note"
SEVERITIES = {
    ERROR: Text("错误：不予接收", "error: refused"),
    QUESTION: Text("疑问：须答复", "question: needs an answer"),
    NOTE: Text("提示", "note"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: code, severity, where, which field, what was found, what is expected, and what to do."""

    code: str
    severity: str
    place: str
    field: str
    found: str | Text
    expected: str | Text
    message: Text
    law: str = ""
    remedy: Text | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; a Text becomes {"zh", "en"}."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {name: value.as_dict() if isinstance(value, Text) else value for name, value in fields.items()}
