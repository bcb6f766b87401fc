"""What the intensity rules refuse, by stable code."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text


class IntensityFault(ValueError):
    """An input that the rules cannot take: its code (INT-…) and, in both languages, what was found and expected."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(f"{code}: {message.en}")
        self.code, self.message = code, message
