"""The pages' fonts: what the style sheet fetches where a machine lacks them is there, and is the font of that name.

The journeys' browser has them on its machine (tests/browser.py), so that none of its pages fetches them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

STYLES = Path(str(finders.find("tanzhi/tokens.css")))
FACES = re.findall(
    r'@font-face \{ font-family: "([^"]+)"; src: local\("([^"]+)"\).*?url\("\.\./([^"]+)"\)', STYLES.read_text("utf-8")
)


def test_the_style_sheet_declares_a_sans_and_a_serif() -> None:
    assert sorted(family for family, _, _ in FACES) == ["Noto Sans SC", "Noto Serif SC"]


@pytest.mark.parametrize(("family", "local", "address"), FACES)
def test_a_font_is_served_under_the_name_by_which_a_machine_has_it(family: str, local: str, address: str) -> None:
    file = finders.find(address)
    assert isinstance(file, str)
    content = Path(file).read_bytes()
    assert content[:4] == b"OTTO"  # OpenType with CFF outlines, as `format("opentype")` says
    assert local.encode("utf-16-be") in content  # its full name, in the table of names
    assert family == local
