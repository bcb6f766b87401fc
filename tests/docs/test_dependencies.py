"""The list of dependencies is the list that is installed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CEILING = 27  # Word, PDF and the calendar feed are asked for by name; each line says what it saves


def described() -> dict[str, list[str]]:
    rows = [line.strip("| ").split(" | ") for line in (ROOT / "docs/dependencies.md").read_text("utf-8").splitlines()]
    return {row[0]: row[1:] for row in rows if len(row) == 4 and row[0] != "Package"}


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [re.split(r"[\[~><=!; ]", line, maxsplit=1)[0] for line in project["dependencies"]]


def test_every_dependency_is_described_and_nothing_else() -> None:
    assert sorted(described()) == sorted(declared())


def test_every_line_says_what_for_under_which_licence_and_what_otherwise() -> None:
    assert all(len(row) == 3 and all(row) for row in described().values())


def test_there_are_few_dependencies() -> None:
    assert len(declared()) <= CEILING


def test_the_lock_pins_each_with_a_digest_and_names_no_host() -> None:
    for name in ("base.txt", "dev.txt"):
        lock = (ROOT / "requirements" / name).read_text("utf-8")
        pinned = set(re.findall(r"^([a-z0-9-]+)(?:\[[\w, ]+\])?==.*\\\n +--hash=sha256:", lock, re.MULTILINE))
        assert set(declared()) <= pinned
        assert "://" not in lock
        assert "index" not in lock
