"""What a letter says before its names are filled in, as the rooms bring it; and as one text, in which it is edited.

A template is `<room>/letters/<name>.yaml`: `kind` what the letter is, `series` and `title` with {names}, `body`:
paragraphs, `heading:` or `table:` (the name of a table that the act gives); every text with its twin. `sample` and
`sample_tables` fill it in where it is shown without a record: they have every name and table that the act gives.
`law` names the parameters that it states, such as a deadline: by the law of the day on which it goes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.apps import apps

from tanzhi.law.evaluation import count
from tanzhi.office.paper.paper import Table
from tanzhi.organisations.installation.placeholders import placeholders
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.kernel.yaml_files import read_yaml

FOLDERS: dict[str, Path] = {}  # a room whose letters do not stand in its own folder
ALWAYS = frozenset({"to", "today", "case"})  # names that every letter has
NUMBERED = frozenset({"year", "n"})
PartKind = Literal["paragraph", "heading", "table"]


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A paragraph or a heading in words, or the place of a table, by its name in both languages."""

    kind: PartKind
    words: Text

    @property
    def line(self) -> Text:
        """As it stands in the text that is edited: # before a heading, [a table] by its name."""
        mark = {"paragraph": "{}", "heading": "# {}", "table": "[{}]"}[self.kind]
        return Text(mark.format(self.words.zh), mark.format(self.words.en))


@dataclass(frozen=True, slots=True)
class LetterSample:
    """A record made up, in which a letter is shown before anything is sent."""

    values: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A letter before its names are filled in."""

    series: Text
    title: Text
    body: tuple[LetterPart, ...]

    @property
    def tables(self) -> list[str]:
        return sorted(part.words.zh for part in self.body if part.kind == "table")

    def body_text(self, language: str) -> str:
        """The body as it is edited, a part a line."""
        return "\n".join(getattr(part.line, language) for part in self.body)

    def names(self, language: str) -> tuple[frozenset[str], frozenset[str]]:
        """The names in braces of its title, and of its body."""
        body = [placeholders(getattr(part.words, language)) for part in self.body if part.kind != "table"]
        return placeholders(getattr(self.title, language)), frozenset().union(*body)


@dataclass(frozen=True, slots=True)
class ShippedLetter:
    """A letter as the program brings it."""

    kind: Text
    template: Template
    sample: LetterSample
    law: Mapping[str, str] = field(default_factory=dict)  # names and the parameters that they stand for

    @property
    def available(self) -> frozenset[str]:
        """The names that may stand in it: what its act gives, and what the law says."""
        used = [names for language in ("zh", "en") for names in self.template.names(language)]
        return ALWAYS.union(self.sample.values, self.law, *used)

    def stated(self, day: date) -> dict[str, int]:
        """What the law of a day says of the days or months that the letter states."""
        return {name: count(parameter, on=day) for name, parameter in self.law.items()}


@cache
def shipped(code: str) -> ShippedLetter:
    """The letter `room.name`; a missing twin or file is a fault of the room."""
    room, _, name = code.partition(".")
    spec = read_yaml(_folder(room) / f"{name}.yaml")
    body = tuple(
        LetterPart("table", Text(raw["table"], raw["table"]))
        if "table" in raw
        else LetterPart("heading" if "heading" in raw else "paragraph", Text(**raw.get("heading", raw)))
        for raw in spec["body"]
    )
    template = Template(Text(**spec["series"]), Text(**spec["title"]), body)
    tables = {
        name: Table(tuple(map(_words, raw["heads"])), tuple(tuple(map(_words, row)) for row in raw["rows"]))
        for name, raw in spec.get("sample_tables", {}).items()
    }
    values = {name: _words(raw) for name, raw in spec.get("sample", {}).items()}
    return ShippedLetter(Text(**spec["kind"]), template, LetterSample(values, tables), spec.get("law", {}))


def letter_codes() -> list[str]:
    """Every letter that the program has, by room and name."""
    rooms = [config.label for config in apps.get_app_configs() if config.name.startswith("tanzhi.")]
    return sorted(f"{room}.{path.stem}" for room in rooms for path in _folder(room).glob("*.yaml"))


def _folder(room: str) -> Path:
    return FOLDERS.get(room) or Path(apps.get_app_config(room).path) / "letters"


def _words(raw: Any) -> Any:
    return Text(**raw) if isinstance(raw, dict) else raw


def read_body(words: str) -> list[tuple[PartKind, str]]:
    """The parts of a body that was edited as one text; blank lines part nothing more."""
    parts: list[tuple[PartKind, str]] = []
    for line in filter(None, map(str.strip, words.splitlines())):
        if line.startswith("#") and line.strip("# "):
            parts.append(("heading", line.strip("# ")))
        elif line.startswith("[") and line.endswith("]") and line[1:-1].strip():
            parts.append(("table", line[1:-1].strip()))
        else:
            parts.append(("paragraph", line))
    return parts
