"""What the rulebook must not do: binary numbers, rounding of its own, clocks, files and settings."""

import ast
from pathlib import Path

import pytest

from tanzhi import rulebook

FOLDER = Path(rulebook.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
READS_FILES = {
    "kernel/yaml_files.py",
    "kernel/parameter_files.py",
    "kernel/release.py",
}
CALLS = {"float", "round", "open", "eval", "exec", "input", "print"}
ATTRIBUTES = {"now", "today", "utcnow", "environ", "getenv"}


def offences(source: str, may_read: bool = False) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                found.append(f"{node.lineno}: {name}(")
            case ast.Attribute(attr=name) if name in ATTRIBUTES:
                found.append(f"{node.lineno}: .{name}")
            case ast.Attribute(attr="read_text" | "read_bytes" as name) if not may_read:
                found.append(f"{node.lineno}: .{name}")
            case ast.Constant(value=float()):
                found.append(f"{node.lineno}: {node.value} is binary")
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.relative_to(FOLDER).as_posix())
def test_no_module_of_the_rulebook_uses_a_forbidden_word(module):
    name = module.relative_to(FOLDER).as_posix()
    if name.startswith("kernel/columns"):  # the stated exception: binary with a proven bound
        return
    assert offences(module.read_text(encoding="utf-8"), name in READS_FILES) == []


@pytest.mark.parametrize(
    "source", ["float('1')", "round(x)", "y = 1.5", "datetime.now()", "os.environ['x']", "open('x')", "p.read_text()"]
)
def test_the_test_itself_sees_each_forbidden_word(source):
    assert offences(source)
