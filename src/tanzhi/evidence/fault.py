"""Something in the log, or in a row that it answers for, that is not as it was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tanzhi.rulebook.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the log that is not as it was sealed."""

    code: str
    place: str
    message: Text

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "place": self.place, "message": self.message.as_dict()}
