"""Every how-to stands in Chinese and in English: same parts, same commands, same codes, each leading to the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to"
PAGES = sorted({page.name.split(".")[0] for page in HOW_TO.glob("*.md")})
CHINESE = sorted([*ROOT.glob("*.zh.md"), *ROOT.glob("docs/**/*.zh.md")])
CODE = re.compile(r"(?<![A-Z0-9-])[A-Z]{2,4}-[A-Z0-9]+(?:-[A-Z0-9]+)*")
COMMAND = re.compile(r"^    (\S.*?)(?: {2,}#.*)?$", re.M)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
LABELLED = ("administrator", "authority", "plant")  # the steps of the others are followed in a browser
LABELS = {".md": re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)"), ".zh.md": re.compile(r"“([^”\s][^”]*)”")}


def both(page: str) -> list[str]:
    return [(HOW_TO / f"{page}{ending}").read_text("utf-8") for ending in LABELS]


def parts(text: str) -> dict[str, object]:
    """What both languages of a page have alike."""
    return {
        "headings": re.findall(r"^#+(?= )", text, re.M),
        "bold leads": len(re.findall(r"^\*\*", text, re.M)),
        "commands": COMMAND.findall(text),
        "codes": set(CODE.findall(text)),
    }


@pytest.mark.parametrize("page", PAGES)
def test_a_how_to_has_the_same_parts_in_both_languages(page: str) -> None:
    english, chinese = both(page)
    assert f"[中文]({page}.zh.md)" in english
    assert f"[English]({page}.md)" in chinese
    assert parts(chinese) == parts(english)


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.name)
def test_a_chinese_page_leads_to_chinese_pages(page: Path) -> None:
    text = page.read_text("utf-8").replace(f"[English]({page.name.replace('.zh.md', '.md')})", "")
    links = [link for link in LINK.findall(text) if link.endswith(".md") and not link.endswith(".zh.md")]
    assert [link for link in links if (page.parent / link).with_suffix(".zh.md").exists()] == []


def test_the_pages_name_labels_that_the_interface_has() -> None:
    files = (path for path in (ROOT / "src").rglob("*") if path.suffix in (".py", ".html", ".yaml"))
    interface = "\n".join(path.read_text("utf-8") for path in files).casefold()
    labels = {
        " ".join(label.split())
        for page in LABELLED
        for pattern, text in zip(LABELS.values(), both(page), strict=True)
        for label in pattern.findall(text)
    }
    assert len(labels) > 200
    assert [label for label in sorted(labels) if label.casefold() not in interface] == []
