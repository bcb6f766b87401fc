"""Nothing stands in the source that nobody names."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "tanzhi"
READ = ("*.py", "*.html", "*.toml", "*.yaml")
# found by Django by their place, or of effect by being made
OTHERWISE = {
    "DOCUMENT": "registers itself as a kind of work",
    "IN_USE": "holds the installation's lock while the process lives",
    "handler400": "Django looks for it",
    "handler500": "Django looks for it",
}
DJANGO = {"apps.py", "settings.py"}


def defined(path: Path) -> Iterator[str]:
    """What a module defines at its top without a decorator: functions, classes, constants."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def words(*folders: str) -> Counter[str]:
    files = (file for folder in folders for kind in READ for file in (ROOT / folder).rglob(kind))
    return Counter(word for file in files for word in re.findall(r"\w+", file.read_text("utf-8")))


def test_everything_that_a_module_defines_is_named_somewhere() -> None:
    named = words("src", "tests", "docs", "bench")
    modules = [path for path in SOURCE.rglob("*.py") if path.name not in DJANGO and "migrations" not in path.parts]
    dead = [
        f"{path.relative_to(SOURCE)} {name}"
        for path in modules
        for name in defined(path)
        if named[name] == 1 and name not in OTHERWISE and not name.startswith("__")
    ]
    assert dead == []


def test_what_is_exempt_is_there() -> None:
    there = {name for path in SOURCE.rglob("*.py") if path.name not in DJANGO for name in defined(path)}
    assert OTHERWISE.keys() - there == set()
