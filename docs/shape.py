"""The shape of the code in figures: `make shape` writes docs/development/style.md.

Read from the syntax tree of every module below src/tanzhi, migrations left out; tests are what stands below tests/.
"""

from __future__ import annotations

import ast
import io
import re
import statistics
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from docs.walks import lengths

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "development" / "style.md"
BEFORE = ROOT / "docs" / "shape_before.yaml"
"""The same figures of 0.1.0, which do not change any more."""
IDIOM = frozenset(
    ("one", "found", "told", "held", "known", "chosen", "made", "wanted", "asked", "kept", "given", "shown", "said")
)
WORDS = {
    ("rulebook/kernel/words.py", "given"): "a word of the formulas, printed in every trace",
    ("rulebook/kernel/words.py", "known"): "a word of the formulas, printed in every trace",
    ("rulebook/kernel/words.py", "chosen"): "a word of the formulas, printed in every trace",
    ("rulebook/kernel/columns/words.py", "_given"): "what the word of the formulas means on columns",
    ("rulebook/kernel/columns/words.py", "_chosen"): "what the word of the formulas means on columns",
    ("rulebook/kernel/finding.py", "found"): "a field of every finding, in the API and in what is stored",
    ("presentation/intake/messages.py", "found"): "the placeholder of the messages",
}
"""Idiom words that stay where they are, each with its reason."""
PARTICIPLE = re.compile(r".+(ing|ed)$|^(told|kept|held|found|made)$")
NOUNS = frozenset(("posting", "rounding", "finding", "coal_mining", "mapping", "early_warning", "reading", "trading"))


@dataclass(frozen=True)
class Module:
    """One file with its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")


def modules(folder: Path) -> list[Module]:
    files = [file for file in sorted(folder.rglob("*.py")) if "migrations" not in file.parts]
    return [Module(file, text := file.read_text("utf-8"), ast.parse(text)) for file in files]


def functions(parts: list[Module]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for part in parts:
        for node in ast.walk(part.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def bound_names(part: Module) -> Iterator[str]:
    """Names that a module gives to variables and arguments, and fields."""
    for node in ast.walk(part.tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def helpers(part: Module) -> tuple[int, int]:
    """Private functions of a module, and those that nothing but one place beside their definition names."""
    private = {n.name for n in part.tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith("_")}
    uses = Counter(n.id for n in ast.walk(part.tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
    return len(private), sum(uses[name] <= 1 for name in private)


def texts_below_use(part: Module) -> tuple[int, int]:
    """Constants of the module that hold texts, and those that a line above them uses already."""
    constants = {
        target.id: node.lineno
        for node in part.tree.body
        if isinstance(node, ast.Assign) and "Text(" in ast.unparse(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    first: dict[str, int] = {}
    for node in ast.walk(part.tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in constants:
            first[node.id] = min(first.get(node.id, node.lineno), node.lineno)
    return len(constants), sum(first.get(name, line) < line for name, line in constants.items())


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part * 100 / whole:.0f} %)" if whole else "–"


def figures(root: Path) -> dict[str, str]:
    """What a checkout's code looks like."""
    source, tests = modules(root / "src" / "tanzhi"), modules(root / "tests")
    sizes = sorted(part.lines for part in source if part.lines)
    bodies = [body_lines(function) for function in functions(source)]
    names = [
        (part.path.relative_to(root / "src" / "tanzhi").as_posix(), name)
        for part in source
        for name in bound_names(part)
    ]
    idiom, bound = sum(name in IDIOM and (place, name) not in WORDS for place, name in names), len(names)
    private = [helpers(part) for part in source]
    texts = [texts_below_use(part) for part in source]
    classes: dict[str, set[Path]] = defaultdict(set)
    for part in source:
        for node in part.tree.body:
            if isinstance(node, ast.ClassDef):
                classes[node.name].add(part.path)
    comments = sum(
        token.type == tokenize.COMMENT
        for part in source
        for token in tokenize.generate_tokens(io.StringIO(part.text).readline)
    )
    lines = sum(part.lines for part in source)
    return {
        "modules": str(len(source)),
        "lines of a module: median, of nine in ten at most, at most": (
            f"{statistics.median(sizes):.0f}, {sizes[len(sizes) * 9 // 10]}, {sizes[-1]}"
        ),
        "functions": str(len(bodies)),
        "lines of a function: median, mean, at most": (
            f"{statistics.median(bodies):.0f}, {statistics.mean(bodies):.1f}, {max(bodies)}"
        ),
        "functions of at most three lines": share(sum(size <= 3 for size in bodies), len(bodies)),
        "private helpers named once beside their definition": share(
            sum(once for _, once in private), sum(every for every, _ in private)
        ),
        "idiom words among the names bound": f"{idiom} of {bound} ({idiom * 100 / bound:.1f} %)",
        "text constants below their first use": share(sum(low for _, low in texts), sum(every for every, _ in texts)),
        "modules named by a participle or a verb": str(
            sum(bool(PARTICIPLE.match(part.path.stem)) and part.path.stem not in NOUNS for part in source)
        ),
        "class names that stand for several classes": str(sum(len(places) > 1 for places in classes.values())),
        "lines with a comment": f"{comments * 100 / lines:.1f} %",
        "lines of tests for each line of source": f"{sum(part.lines for part in tests) / lines:.2f}",
    }


def page() -> str:
    now, before = figures(ROOT), yaml.safe_load(BEFORE.read_text("utf-8"))
    rows = "\n".join(f"| {name} | {before[name]} | {now[name]} |" for name in now)
    ways = "\n".join(f"| files opened: {title} | {was} | {files} |" for title, was, files in lengths())
    return f"""# The shape of the code

Written by `make shape`, which counts the tree (`docs/shape.py`): modules below `src/tanzhi` without migrations.

| what | 0.1.0 | now |
|---|---|---|
{rows}
{ways}

How the files of a walk are counted is said [where the walks stand](walks.md).

Idiom words name nothing in the field: {", ".join(sorted(IDIOM))}. New code has none of them; what each stands for
in older code (an element's noun, `params`, `findings`, `by_number`) takes its place.

`tests/docs/test_house_style.py` holds over the tree that texts stand above their use, that no name is an idiom word
and that a class name stands for one class, each exemption with its reason (`WORDS` here,
which are not counted); the share of helpers named once only falls.
Most of those that are left are handed over (a move's guard, a list's value), yield, or are asked for each element of a
comprehension; a step of a few statements that is called once belongs in its flow.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
