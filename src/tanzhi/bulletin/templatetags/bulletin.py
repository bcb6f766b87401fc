"""How the bulletin's pages say a value, a change, and how many figures are settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from django import template

from tanzhi.actions.language import say
from tanzhi.bulletin.changes import FigureChange
from tanzhi.bulletin.content import LIGHTS, TONES, BulletinContent, ContentRow, PrintedLine
from tanzhi.figures.amounts import grouped
from tanzhi.presentation.templatetags.tanzhi import read
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

register = template.Library()
SAME = Text("持平", "unchanged")
NO_RECORD = Text("无记录", "no record")
POINTS = Text("{n} 个百分点", "{n} points")


@register.filter
def lights(content: BulletinContent) -> list[tuple[str, Text, int]]:
    """How many figures are settled, provisional, absent: tone, words, count; none of a kind is left out."""
    counted = Counter(line.standing for line in content.lines)
    return [(TONES[code], words, counted[code]) for code, words in LIGHTS.items() if counted[code]]


@register.filter
def value_of(line: PrintedLine | None) -> str:
    """A value in full, or in which way there is none; a dash where the figure does not stand."""
    return "—" if line is None else read(line.full or line.state_label)


@register.filter
def before_of(change: FigureChange) -> str:
    """The value before; a zero that only says that no record is there is called so."""
    return say(NO_RECORD) if change.unrecorded else value_of(change.before)


@register.filter
def change_words(change: FigureChange) -> str:
    """The change as it is said: per cents in points, what is counted in numbers, the rest in per cent; or that there
    is none; nothing where it cannot be said.
    """
    if change.counted is not None:
        return _signed(change.counted) if change.counted else say(SAME)
    if change.points is not None:
        return say(POINTS.format(n=_signed(change.points))) if change.points else say(SAME)
    if change.unrecorded:
        return ""
    if not change.moved:
        return say(SAME) if change.now and change.now.value is not None else ""
    return f"{change.percent} %" if change.percent else ""


def _signed(number: Decimal) -> str:
    whole = number.normalize() if number == number.to_integral_value() else number  # +100, but −2.78
    return ("+" if number > 0 else "") + read(same(grouped(whole)))


@register.filter
def but_for(line: PrintedLine, row: ContentRow) -> list[Text]:
    """A figure's reservations without those that its row says once for all."""
    return [words for words in line.reservations if words not in row.shared]


@register.filter
def moved(line: PrintedLine, before: Mapping[tuple[str, str, str], FigureChange]) -> str:
    """The change of a line against the bulletin before."""
    change = before.get(line.key)
    return change_words(change) if change is not None and change.before is not None else ""
