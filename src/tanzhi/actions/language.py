"""Which language a message is said in: that of the request, Chinese unless English was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable


def code() -> str:
    """ "zh" or "en"."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(text: Text) -> str:
    """The words of `text` in the language of the request."""
    words: str = getattr(text, code())
    return words


def listed(texts: Iterable[Text]) -> Text:
    """Several messages as one list in each language."""
    names = list(texts)
    return Text("、".join(t.zh for t in names) or "无", ", ".join(t.en for t in names) or "none")
