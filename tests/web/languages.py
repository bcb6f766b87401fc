"""What stands in Chinese on pages in English and is nobody's words: no name and no text that somebody entered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from django.apps import apps
from django.db.models import CharField, JSONField, Model, TextField

CHINESE = re.compile(r"[\u3400-\u9fff]+")
PUNCTUATION = re.compile("[、，。；：（）《》]")
NUMBER = re.compile(r"[\u3400-\u9fff]+〔\d{4}〕\d+号")
"""The number under which a document was issued, which has no other in English."""
SAYS = ("title", "aria-label", "alt", "placeholder", "data-label")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LEFT_OUT = {"script", "style", "textarea"}  # what is typed into is somebody's words, or an example of them


class PageWords(HTMLParser):
    """The words of a page that it does not call Chinese itself, by `lang`."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._open: list[tuple[str, bool]] = []  # the elements around, and whether what stands in each is left out
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        out = self._is_left_out or tag in LEFT_OUT
        if "lang" in named and tag != "html":
            out = named["lang"].startswith("zh")
        self.words += [named[name] for name in SAYS if name in named and not out]
        if tag not in VOID:
            self._open.append((tag, out))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_left_out:
            self.words.append(data)

    @property
    def _is_left_out(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def chinese(content: str) -> set[str]:
    """Each stretch of Chinese in the words of a page, and words in English with Chinese punctuation."""
    said = PageWords(content).words
    runs = {run for words in said for run in CHINESE.findall(NUMBER.sub("", words))}
    return runs | {words.strip() for words in said if PUNCTUATION.search(words) and not CHINESE.search(words)}


def stored_words() -> set[str]:
    """Each stretch of Chinese in what is stored as text, where its twin in English does not stand beside it."""
    words: set[str] = set()
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        for field in model._meta.concrete_fields:
            twin = field.name.endswith("_zh") and f"{field.name[:-3]}_en" in names
            if isinstance(field, CharField | TextField | JSONField) and not twin:
                words |= {run for text in _texts(model, field.name) for run in CHINESE.findall(text)}
    return words


def _texts(model: type[Model], field: str) -> Iterator[str]:
    rows = model._base_manager.order_by().values_list(field, flat=True).distinct()
    for value in rows.iterator():
        yield from _strings(value)


def _strings(value: object) -> Iterator[str]:
    """The texts in a stored value; not the Chinese of a message that holds both languages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        kept = {name: part for name, part in value.items() if name != "zh" or "en" not in value}
        for name, part in kept.items():
            yield from (str(name), *_strings(part))
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def left_in_chinese(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """Of pages in English those on which the platform itself speaks Chinese, and what it says."""
    ours = stored_words()
    left = {name: sorted(chinese(content) - ours) for name, content in pages.items()}
    return {name: runs for name, runs in left.items() if runs}
