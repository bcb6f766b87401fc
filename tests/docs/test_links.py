"""Every link of the documentation leads to a file that is there; both languages of a page have the same steps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MEASURED = {"performance.md"}  # written by `make bench` on the machine that measures
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    wanted = LINK.findall(page.read_text("utf-8"))
    assert [link for link in wanted if link not in MEASURED and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("pair", [("README.md", "README.zh.md"), ("docs/tutorial.md", "docs/tutorial.zh.md")])
def test_both_languages_have_the_same_sections_and_the_same_commands(pair: tuple[str, str]) -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in pair)
    assert english.count("\n## ") == chinese.count("\n## ")
    commands = [re.findall(r"^    (make \w+(?: \w+=\w+)?|tanzhi \w+)", text, re.M) for text in (english, chinese)]
    assert commands[0] == commands[1]
