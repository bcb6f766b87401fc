"""The changelog's newest release is the version of the package, with the digest of its rules."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tanzhi.law.shipped import release

ROOT = Path(__file__).parents[2]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
SECTIONS = re.findall(r"^## (.+)$", CHANGELOG, re.M)


def test_the_newest_release_is_the_version_of_the_package() -> None:
    assert next(section for section in SECTIONS if section != "Not yet released") == VERSION


def test_a_release_since_0_2_names_the_digest_of_its_rules() -> None:
    parts = CHANGELOG.split("\n## ")[1:]
    digests = {part.split("\n")[0]: re.search(r"`(\d+\.\d+\.\d+\+[0-9a-f]{12})`", part) for part in parts}
    for name, digest in digests.items():
        assert name in ("Not yet released", "0.1.0") or (digest and digest[1].startswith(f"{name}+")), name


def test_as_long_as_nothing_is_unreleased_the_digest_is_that_of_the_rules_that_stand_here() -> None:
    """Beside an unreleased change the rules may be others already."""
    newest = re.search(r"`(\d+\.\d+\.\d+\+[0-9a-f]{12})`", CHANGELOG)
    assert newest is not None
    assert SECTIONS[0] == "Not yet released" or newest[1] == release()
