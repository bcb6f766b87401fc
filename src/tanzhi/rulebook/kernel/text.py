"""Messages in both languages; there is no other way to hold one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn


@dataclass(frozen=True, slots=True)
class Text:
    """A message with its twin: Chinese and English, neither empty.

    Turning one into a string is an error, because nobody can know in which language.
    """

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not (self.zh.strip() and self.en.strip()):
            raise ValueError(f"a message needs both languages: zh={self.zh!r}, en={self.en!r}")

    def __str__(self) -> NoReturn:
        raise TypeError(f"choose a language for {self!r}: .zh, .en or say(text)")

    def __format__(self, specification: str) -> NoReturn:
        raise TypeError(f"choose a language for {self!r}: .zh, .en or say(text)")

    def format(self, **values: Any) -> Text:
        """Both languages filled in; a value that is itself a Text speaks each in its turn."""
        return Text(self._filled("zh", values), self._filled("en", values))

    def _filled(self, language: str, values: dict[str, Any]) -> str:
        template: str = getattr(self, language)
        return template.format(**{n: in_language(v, language) for n, v in values.items()})

    def __add__(self, other: Text) -> Text:
        return Text(self.zh + other.zh, self.en + other.en)

    def as_dict(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


def same(words: str) -> Text:
    """What needs no translation: a code, a number, a document number; a blank is shown as a dash."""
    visible = words if words.strip() else "—"
    return Text(visible, visible)


def in_language(words: Any, language: str) -> Any:
    """The words of a Text in `language` ("zh" or "en"); anything else as it is."""
    return getattr(words, language) if isinstance(words, Text) else words
