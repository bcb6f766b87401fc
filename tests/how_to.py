"""What docs/how-to tells a role, step by step, done by somebody who presses what each step names and nothing else.

A step is one sentence in both languages; what stands between its marks is a link or a button of the page before him.
The pages of docs/how-to hold these sentences below their heads: `TANZHI_WRITE_HOW_TO=1` writes them anew.
"""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.organisations.people.model import Person
from tests.web.visitor import Visitor

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to"
QUOTED = re.compile(r"“([^”]+)”")
WIDTH = 118
WRITE = "TANZHI_WRITE_HOW_TO"
BACKEND = "django.contrib.auth.backends.ModelBackend"
Fill = Mapping[str, Any]
"""What is put into the form before its button is pressed: label in both languages, with | between them → value."""


class Guide:
    """One page in both languages, followed in one of them."""

    def __init__(self, page: str, language: str) -> None:
        self.page, self.language = page, language
        self.sections: list[tuple[tuple[str, str], list[tuple[str, str]]]] = []

    def section(self, zh: str, en: str) -> None:
        self.sections.append(((zh, en), []))

    def reader(self, actor: Actor) -> Reader:
        """Somebody who has signed in."""
        Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
        reader = Reader(self)
        reader.client.force_login(Person.objects.get(pk=actor.person_id), backend=BACKEND)
        reader.open("/")
        return reader

    def end(self) -> None:
        """The pages say these steps and no others."""
        for second, name in enumerate((f"{self.page}.zh.md", f"{self.page}.md")):
            file = HOW_TO / name
            head = file.read_text("utf-8").split("\n## ")[0].rstrip("\n")
            parts = [head]
            for title, steps in self.sections:
                lines = [f"- {step[second]}" for step in steps]
                if second:
                    lines = [textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in lines]
                parts.append(f"## {title[second]}\n\n" + "\n".join(lines))
            text = "\n\n".join(parts) + "\n"
            if os.environ.get(WRITE):
                file.write_text(text, "utf-8")
            assert file.read_text("utf-8") == text, f"{name} tells other steps: {WRITE}=1 writes it anew"


class Reader(Visitor):
    """One person who follows the page."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide.language, [])
        self.guide = guide

    def step(
        self,
        zh: str,
        en: str,
        fills: Mapping[str, Fill] | None = None,
        *,
        opens: str = "",
        lines: Mapping[str, list[str]] | None = None,
    ) -> None:
        """Do what a sentence says; `fills`: by the button in Chinese; at its end open a record that the page lists."""
        self.guide.sections[-1][1].append((zh, en))
        words = list(zip(QUOTED.findall(zh), QUOTED.findall(en), strict=True))
        forms = dict(fills or {})
        for pair in words:
            if pair[0] in forms and self._has_button(pair):
                self.press(*pair, {self._own(label): self._own(value) for label, value in forms.pop(pair[0]).items()},
                           lines=lines)  # fmt: skip
            elif self._has_button(pair) and not self._has_link(pair):
                self.press(*pair)
            else:
                self.follow(*pair)
        assert not forms, f"{self.address}: {list(forms)} were not pressed"
        if opens:
            links = {link.get("href") for link in self.page.iter("a")}
            assert opens in links, f"{self.address} lists no {opens}: {sorted(filter(None, links))}"
            self.open(opens)

    def reads(self, zh: str, en: str) -> None:
        """What the page says, without pressing anything."""
        text = en if self.language == "en" else zh
        assert text in self.text, f"{self.address} does not say {text!r}: {self.text[:1500]}"

    def _own(self, words: Any) -> Any:
        if not isinstance(words, str):
            return words
        zh, _, en = words.partition("|")
        return en if en and self.language == "en" else zh

    def _has_button(self, pair: tuple[str, str]) -> bool:
        return any(
            " ".join(button.text_content().split()) == self._own("|".join(pair))
            for form in self.page.forms
            for button in form.iter("button")
        )

    def _has_link(self, pair: tuple[str, str]) -> bool:
        words = self._own("|".join(pair))
        return any(words == " ".join(link.text_content().split()) for link in self.page.iter("a"))
