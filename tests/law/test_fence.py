"""Nothing evaluates beside the law: the import contract sees whoever tries, in whatever room."""

from __future__ import annotations

from pathlib import Path

import pytest
from grimp import build_graph

ROOT = Path(__file__).parents[2]
ROOMS = sorted(path.name for path in (ROOT / "src" / "tanzhi").iterdir() if (path / "__init__.py").exists())
FENCED = ("tanzhi.rulebook.kernel.evaluation", "tanzhi.rulebook.kernel.release", "tanzhi.rulebook.kernel.columns")


@pytest.fixture(scope="module")
def importers() -> dict[str, set[str]]:
    graph = build_graph("tanzhi")
    modules = {module for fenced in FENCED for module in {fenced, *graph.find_descendants(fenced)}}
    return {module: graph.find_modules_that_directly_import(module) for module in modules}


@pytest.mark.parametrize("room", ROOMS)
def test_only_the_law_imports_what_evaluates_and_what_names_a_release(
    room: str, importers: dict[str, set[str]]
) -> None:
    within = {
        (who, what)
        for what, all_of_them in importers.items()
        for who in all_of_them
        if who.startswith(f"tanzhi.{room}") and not who.startswith(FENCED)
    }
    assert (within != set()) == (room == "law")


def test_no_room_reads_a_value_past_the_law() -> None:
    """A guideline's own tables know nothing of what was entered, nor of the day."""
    rooms = [ROOT / "src" / "tanzhi" / room for room in ROOMS if room not in ("law", "rulebook")]
    sources = [path for room in rooms for path in room.rglob("*.py")]
    assert [str(path) for path in sources if "guideline.parameters" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("word", ["Assessment(", "kernel.records import evaluate", "kernel import evaluate"])
def test_no_room_builds_an_evaluation_by_hand(word: str) -> None:
    """What the import contract cannot see: a node built out of the kernel's parts."""
    kernel = ROOT / "src" / "tanzhi" / "rulebook" / "kernel"
    sources = [path for path in (ROOT / "src" / "tanzhi").rglob("*.py") if kernel not in path.parents]
    assert [str(path) for path in sources if word in path.read_text(encoding="utf-8")] == []
