"""Where something stands, in words: 1号机组，2024年6月，烟煤，空干基元素碳."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tanzhi.rulebook.kernel import Finding, FormSpec, Guideline, Text
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


def labels_of(form: FormSpec) -> dict[str, Text]:
    """What each field of a form is called."""
    return {
        field.name: field.label
        for table in form.tables
        for field in (*table.parents, *([table.key] if table.key else []), *table.fields)
    }


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its place in words, and the cell where there is one."""

    finding: Finding
    words: Text | None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells findings of one form: by record path, or by the cell from which the path is known."""

    guideline: Guideline
    form: FormSpec
    places: Mapping[str, str]

    def tell(self, finding: Finding) -> FindingRow:
        """A finding at a path gets its cell, a finding at a cell gets its words."""
        paths = {cell: path for path, cell in self.places.items()}
        if finding.place in paths:
            return FindingRow(
                finding, self._words(paths[finding.place].removesuffix(f".{finding.field}"), finding), finding.place
            )
        first = f"{finding.place}.{finding.field.split(', ')[0]}".lstrip(".")
        cell = self.places.get(first) or self.places.get(finding.place, "")
        if not cell and "!" in finding.place:  # of a row that could not be placed: its cell is all that is known
            return FindingRow(finding, self._words("", finding), finding.place)
        words = self._words(finding.place, finding)
        return FindingRow(finding, words, cell or ("" if words else finding.place))

    def _words(self, path: str, finding: Finding) -> Text | None:
        labels = labels_of(self.form)
        parts = [place_words(self.guideline, path), *(labels.get(name) for name in finding.field.split(", "))]
        spoken = [part for part in parts if part]
        return Text("，".join(p.zh for p in spoken), ", ".join(p.en for p in spoken)) if spoken else None
