"""What the style sheets may depend on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders

OWN = sorted(
    Path(storage.path(name))
    for finder in get_finders()
    for name, storage in finder.list([])
    if name.startswith("tanzhi/") and name.endswith(".css")
)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")


@pytest.mark.parametrize("sheet", OWN, ids=lambda sheet: sheet.name)
def test_no_colour_depends_on_the_language(sheet: Path) -> None:
    """So the contrast of a page is measured in one language (tests/journeys/reading.py)."""
    rules = RULE.findall(re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL))
    assert rules
    by_language = [declared for selector, declared in rules if "lang" in selector]
    assert [declared for declared in by_language if not re.fullmatch(r"\s*font-[\w-]+:[^;]+;?\s*", declared)] == []


def test_every_style_sheet_is_read() -> None:
    assert {sheet.name for sheet in OWN} >= {"base.css", "components.css", "tokens.css"}


FACES_OF = {
    "Windows": ("Microsoft YaHei", "SimSun"),
    "macOS": ("PingFang SC", "Songti SC"),
    "Linux": ("Noto Sans CJK SC", "Noto Serif CJK SC", "Noto Sans Mono CJK SC"),
}


@pytest.mark.parametrize("family", ["sans", "serif", "mono"])
@pytest.mark.parametrize("system", FACES_OF)
def test_each_family_names_a_chinese_face_of_every_system(family: str, system: str) -> None:
    """A family without one shows boxes, where the browser knows no other face."""
    tokens = next(sheet for sheet in OWN if sheet.name == "tokens.css").read_text("utf-8")
    declared = next(line for line in re.findall(r"--(\w+): ([^;]+);", tokens) if line[0] == family)[1]
    assert [face for face in FACES_OF[system] if f'"{face}"' in declared or f" {face}," in declared]


@pytest.mark.parametrize("sheet", OWN, ids=lambda sheet: sheet.name)
def test_no_style_sheet_fetches_anything(sheet: Path) -> None:
    """A Chinese font is 10 MB, more than all pages that somebody opens in a day."""
    assert not re.search(r"@font-face|@import|url\(", sheet.read_text("utf-8"))
