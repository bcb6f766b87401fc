"""The words of the interface that belong to the field, with the texts that use them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from docs.markdown import NOTICE, table
from tanzhi.rulebook.kernel.yaml_files import read_yaml

FILE = Path(__file__).with_name("glossary.yaml")
OWN = "own"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field: in Chinese, as it is said in English, and who uses each."""

    zh: str
    en: list[str]
    source: str
    english: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms by their Chinese, the texts that they are taken from, and the words that are no terms."""

    terms: dict[str, Term]
    texts: dict[str, dict[str, str]]
    plain: frozenset[str]


@cache
def glossary() -> Glossary:
    written = read_yaml(FILE)
    terms = [Term(**row) for row in written["terms"]]
    return Glossary({term.zh: term for term in terms}, written["texts"], frozenset(written["plain"].split()))


def page() -> str:
    known = glossary()
    rows = [
        (term.zh, "; ".join(term.en), _cited(term.source, "zh") or f"自定：{term.why}", _cited(term.english, "en"))
        for term in known.terms.values()
    ]
    texts = [(key, text["zh"], text["en"], text["basis"]) for key, text in known.texts.items()]
    return "\n\n".join([
        "# Words of the interface 界面用语",
        NOTICE,
        "Where no text is named for the English, it is translated here. 英文未注明出处的，为本平台译法。",
        table(("中文", "English", "出处", "English used in"), rows),
        "## Texts 文件",
        "`read`: the text was read; `known`: it is cited as the project knows it.",
        table(("", "中文", "English", "Basis"), texts),
    ]) + "\n"  # fmt: skip


def _cited(place: str, language: str) -> str:
    """A text by its title with the place in it; nothing for an own word."""
    key, _, where = place.partition(" ")
    return "" if key == OWN else f"{glossary().texts[key][language]} {where}".rstrip()
