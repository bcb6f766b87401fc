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
    """So the journeys measure the contrast of a page in one language (tests/journeys/test_reading.py)."""
    rules = RULE.findall(re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL))
    assert rules
    by_language = [declared for selector, declared in rules if "lang" in selector]
    assert [declared for declared in by_language if not re.fullmatch(r"\s*font-[\w-]+:[^;]+;?\s*", declared)] == []


def test_every_style_sheet_is_read() -> None:
    assert {sheet.name for sheet in OWN} >= {"base.css", "components.css", "tokens.css"}
