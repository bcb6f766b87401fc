"""How the bulletin's pages say a value, a change, and how many figures are settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django import template

from tanzhi.actions.language import say
from tanzhi.bulletin.changes import Change
from tanzhi.bulletin.content import LIGHTS, TONES, Content, Line
from tanzhi.figures.amounts import grouped
from tanzhi.rulebook.kernel import Text

register = template.Library()
POINTS = Text("{n} 个百分点", "{n} points")


@register.filter
def lights(content: Content) -> list[tuple[str, Text, int]]:
    """How many figures are settled, provisional, absent: tone, words, count; none of a kind is left out."""
    counted = Counter(line.standing for line in content.lines)
    return [(TONES[code], words, counted[code]) for code, words in LIGHTS.items() if counted[code]]


@register.filter
def value_of(line: Line | None) -> str:
    """A value in full, or a dash where the figure does not stand or has none."""
    return say(line.full) if line is not None and line.full is not None else "—"


@register.filter
def change_words(change: Change) -> str:
    """The change as it is said: in per cent, for per cents in points; nothing where it cannot be said."""
    if change.points is not None:
        sign = "+" if change.points > 0 else ""
        return say(POINTS.format(n=sign + grouped(change.points))) if change.points else "0"
    return f"{change.percent} %" if change.percent else ""


@register.filter
def moved(line: Line, before: Mapping[tuple[str, str, str], Change]) -> str:
    """The change of a line against the bulletin before."""
    found = before.get(line.key)
    return change_words(found) if found is not None and found.before is not None else ""
