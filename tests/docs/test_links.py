"""Every link of the documentation leads to a file that is there; both languages of a page have the same steps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docs.generate import FOLDER as REFERENCE
from docs.generate import PAGES as BUILT

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


NAMED = re.compile(r"`((?!/)[\w./-]+\.(?:py|yaml|html|md|css|js|toml|typ|service|sh|json))(?:::\w+)?`")
WRITTEN = [*PAGES, *ROOT.glob("src/**/README.md"), *ROOT.glob("tests/**/README.md")]
TREE = {
    path.relative_to(ROOT).as_posix()
    for part in ("", "src/", "tests/", "docs/", "bench/", "deploy/", ".ci/")
    for path in ROOT.glob(f"{part}**/*" if part else "*")
    if path.is_file()
}


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_file_that_a_page_names_is_in_the_tree(page: Path) -> None:
    """By its whole path or the end of it; those of the changelog were there once, `make docs` builds some."""
    if page.name == "CHANGELOG.md" or page.is_relative_to(REFERENCE):
        return
    names = set(NAMED.findall(page.read_text("utf-8"))) - set(BUILT)
    assert [name for name in sorted(names) if not any(f"/{path}".endswith(f"/{name}") for path in TREE)] == []
