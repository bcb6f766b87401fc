"""Where a record stands, in words: 1号机组，2024年6月，烟煤."""

from __future__ import annotations

import re

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.text import same

_PLACE = re.compile(r"(\w+)\[([^\]]*)\]")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def steps_in(path: str) -> list[tuple[str, str]]:
    """units[1].months[2023-06] as its plurals and keys."""
    return _PLACE.findall(path)


def place_words(guideline: Guideline, path: str, between: Text | None = None) -> Text | None:
    """A record's place; nothing for the record at the top."""
    labels = {level.plural: (name, level.label) for name, level in guideline.levels.items()}
    words = [key_words(guideline, *labels.get(plural, (plural, same(plural))), key) for plural, key in steps_in(path)]
    mark = between or Text("，", ", ")
    return Text(mark.zh.join(w.zh for w in words), mark.en.join(w.en for w in words)) if words else None


def key_words(guideline: Guideline, level: str, label: Text, key: str) -> Text:
    """A key of a level: an option by its label, a month as people say it, a number with what it numbers."""
    options = guideline.rules[level][-1].options if level in guideline.rules else {}
    if key in options:
        return options[key]
    if level == "month":
        return month_words(key)
    if key.isdigit():
        return Text(f"{key}号{label.zh}", f"{label.en} {key}")
    return Text("{label} {key}", "{label} {key}").format(label=label, key=key)


def month_words(period: str) -> Text:
    """2024-06 as 2024年6月, June 2024; a year as it is."""
    match = _MONTH.fullmatch(period)
    if not match or not 1 <= int(match[2]) <= len(MONTHS):
        return same(period or "-")
    return Text(f"{match[1]}年{int(match[2])}月", f"{MONTHS[int(match[2]) - 1]} {match[1]}")
