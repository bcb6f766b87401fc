"""No registered action without a page that leads to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tanzhi.actions.states import CASE_TYPES
from tanzhi.actions.table import ACTIONS
from tanzhi.office.imports.model import IMPORTERS

SOURCE = Path(__file__).parents[2] / "src" / "tanzhi"
APART = {"migrations", "examples"}
NAMED = re.compile(r"""["'/]([a-z_]+\.[a-z_]+)["'/]""")
BY_ROOM = re.compile(r'url "(\w+):act" [^%]*name="(\w+)"')  # a room whose page has one address for its own acts


def ways() -> dict[str, set[str]]:
    """By action the files that name it, each place counted, but for the one that registers it."""
    named: dict[str, set[str]] = {}
    for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]:
        if not APART & set(path.relative_to(SOURCE).parts):
            for number, line in enumerate(path.read_text("utf-8").splitlines()):
                for name in (*NAMED.findall(line), *(f"{room}.{act}" for room, act in BY_ROOM.findall(line))):
                    named.setdefault(name, set()).add(f"{path.relative_to(SOURCE)}:{number}")
    return named


WAYS = ways()
# the page of a record offers its moves, the page of an import the undoing of it
FROM_TABLES = {move.name for kind in CASE_TYPES.values() for move in kind.moves} | {
    name for importer in IMPORTERS.values() for name in (importer.commit_name, importer.undo_name)
}


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_a_page_leads_to_every_action(name: str) -> None:
    assert name in FROM_TABLES or len(WAYS.get(name, ())) >= 2, f"{name} is registered, and no page names it"
