"""Both READMEs open with three pictures of real pages, which stand in the repository and are kept small."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from tests.journeys.pictures import FOLDER, PICTURES, SIZE

ROOT = Path(__file__).parents[2]
MOST_BYTES = 120_000


@pytest.mark.parametrize(("readme", "language"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_a_readme_opens_with_its_three_pictures(readme: str, language: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    named = re.findall(r"^!\[[^\]]+\]\((\S+)\)$", text, re.MULTILINE)
    assert named == [f"docs/pictures/{name}.{language}.png" for name in PICTURES]
    assert text.index(named[-1]) < text.index("make demo")


def test_every_picture_is_of_the_size_that_is_taken_and_small() -> None:
    files = sorted(FOLDER.iterdir())
    assert [file.name for file in files] == sorted(f"{name}.{word}.png" for name in PICTURES for word in ("zh", "en"))
    for file in files:
        content = file.read_bytes()
        assert len(content) <= MOST_BYTES, file.name
        assert struct.unpack(">II", content[16:24]) == (SIZE["width"], SIZE["height"]), file.name
