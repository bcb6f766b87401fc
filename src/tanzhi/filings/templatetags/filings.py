"""What the pages of filings say of findings and cells."""

from __future__ import annotations

from django import template

from tanzhi.actions.language import say
from tanzhi.rulebook.kernel.text import Text

register = template.Library()


@register.filter
def spoken(words: str | Text | None) -> str:
    """What a finding found or expected: digits and cells as they are, words in the language of the request."""
    return say(words) if isinstance(words, Text) else words or ""
