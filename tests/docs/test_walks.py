"""The walks of the documentation lead where they say: every row is followed in the code and in the registers."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import NoReverseMatch, resolve, reverse
from docs.walks import PAGE, Step, Walk, lengths, walks

from tanzhi.actions.registry import ACTIONS
from tanzhi.bulletin.rows import plan
from tanzhi.figures.lineage import PROVIDERS
from tanzhi.figures.registry import FIGURES
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.rules import Rule

SOURCE = Path(__file__).parents[2] / "src" / "tanzhi"
TEXT = PAGE.read_text("utf-8")
WALKS = walks(TEXT)
SINCE = re.compile(r"_since_\d{4}(_\d{2}_\d{2})?$")
WAY = re.compile(r"^(?P<kind>[a-z]+)(?: in| of)?(?: `(?P<code>[^`]+)`)?(?:(?: of)? step (?P<step>\d+))?$")


# --- what stands in a file ------------------------------------------------------------------------


@cache
def definitions(file: str) -> dict[str, ast.AST]:
    """Functions, classes, constants of a module, and methods as Class.method."""
    nodes: dict[str, ast.AST] = {}
    for node in ast.parse((SOURCE / file).read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            nodes[node.name] = node
        if isinstance(node, ast.ClassDef):
            nodes |= {f"{node.name}.{part.name}": part for part in node.body if isinstance(part, ast.FunctionDef)}
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            nodes |= {target.id: node for target in targets if isinstance(target, ast.Name)}
    return nodes


def words(nodes: list[ast.AST]) -> Iterator[str]:
    """Names, attributes, arguments and texts of some definitions, their docstrings left out."""
    for top in nodes:
        sentences = {id(part.value) for part in ast.walk(top) if isinstance(part, ast.Expr)}
        for node in ast.walk(top):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.arg):
                yield node.arg
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in sentences:
                yield node.value


def read(step: Step) -> list[ast.AST]:
    nodes = definitions(step.file)
    return [nodes[name] for name in step.names if name in nodes]


def value_of(file: str, name: str) -> Any:
    return getattr(import_module("tanzhi." + file.removesuffix(".py").replace("/", ".")), name)


def uses(step: Step, file: str, name: str) -> bool:
    """Whether what a step reads names something of another file, as it was imported there."""
    if file == step.file:
        return name in set(words(read(step)))
    owner, _, method = name.partition(".")
    target, imported = value_of(file, owner), vars(import_module(step.module))
    local = {own for own, value in imported.items() if value is target}
    if method:
        return bool(local) and method in set(words(read(step)))
    modules = (
        {own for own, value in imported.items() if value is import_module(target.__module__)}
        if hasattr(target, "__module__")
        else set()
    )
    nodes = [node for top in read(step) for node in ast.walk(top)]
    through = {
        node.value.id
        for node in nodes
        if isinstance(node, ast.Attribute) and node.attr == owner and isinstance(node.value, ast.Name)
    }
    return bool(through & modules) or any(isinstance(node, ast.Name) and node.id in local for node in nodes)


def is_connected(step: Step) -> bool:
    """Whether the names of one step call each other, none standing by itself."""
    nodes = definitions(step.file)
    bare = {name: SINCE.sub("", name.rpartition(".")[2]) for name in step.names}
    inside = {name: {SINCE.sub("", word) for word in words([nodes[name]])} for name in step.names}
    reached, waiting = {step.names[0]}, list(step.names[:1])
    while waiting:
        here = waiting.pop()
        beside = {name for name in step.names if bare[name] in inside[here] or bare[here] in inside[name]}
        waiting += beside - reached
        reached |= beside
    return reached == set(step.names)


# --- how a step is reached ------------------------------------------------------------------------


def rules_by(function: Any) -> list[Rule]:
    return [
        rule
        for guideline in guidelines().values()
        for editions in guideline.rules.values()
        for rule in editions
        if rule.function is function
    ]


def is_row_of(step: Step, code: str) -> bool:
    """Whether the step's table makes an action of that name, and does with it what the step reads."""
    table = value_of(step.file, step.names[0])
    rows = [row for row in (*table.openings, *table.moves) if row.name == code]
    if code not in ACTIONS or not rows or len(step.names) == 1:
        return code in ACTIONS and bool(rows)
    # A function that the row names, or one that stands below the row and with it is the row.
    return value_of(step.file, step.names[1]) in (rows[0], rows[0].do)


def is_act(step: Step, _before: Step | None, code: str) -> bool:
    return is_row_of(step, code)


def is_action(step: Step, before: Step | None, code: str) -> bool:
    return before is not None and code in set(words(read(before))) and is_row_of(step, code)


def is_called(step: Step, before: Step | None, _code: str) -> bool:
    return before is not None and uses(before, step.file, step.names[0])


def calls(step: Step, before: Step | None, _code: str) -> bool:
    return before is not None and any(uses(step, before.file, name) for name in before.names)


def is_record(step: Step, before: Step | None, code: str) -> bool:
    return before is not None and code in set(words(read(before))) & set(words(read(step)))


def is_rule(step: Step, _before: Step | None, code: str) -> bool:
    own = {id(rule) for editions in guidelines()[code].rules.values() for rule in editions}
    return any(id(rule) in own for rule in rules_by(value_of(step.file, step.names[0])))


def is_argument(step: Step, before: Step | None, _code: str) -> bool:
    if before is None:
        return False
    name = SINCE.sub("", before.names[-1])
    return any(
        name == needed.name for rule in rules_by(value_of(step.file, step.names[0])) for needed in rule.arguments
    )


def is_figure(step: Step, before: Step | None, _code: str) -> bool:
    rows = yaml.safe_load((SOURCE / step.file).read_text("utf-8"))["rows"]
    stated = {line["code"] for row in rows for line in row.get("figures", ())}
    code = step.names[0]
    return before is not None and code in stated and FIGURES[code].function is value_of(before.file, before.names[0])


def is_line(step: Step, before: Step | None, _code: str) -> bool:
    lines = {line.code for row in plan().rows for line in row.lines}
    return before is not None and before.names[0] in lines and "plan_on" in set(words(read(step)))


def is_code(step: Step, before: Step | None, code: str) -> bool:
    by_register = before is not None and "FIGURES" in set(words(read(before)))
    return by_register and FIGURES[code].function is value_of(step.file, step.names[0])


def is_reference(step: Step, before: Step | None, code: str) -> bool:
    named = before is None or any(word.startswith(f"{code}:") for word in words(read(before)))
    return named and PROVIDERS[code] is value_of(step.file, step.names[0])


def is_template(step: Step, before: Step | None, _code: str) -> bool:
    if before is None:
        return False
    name = step.file.partition("/templates/")[2]
    if before.file.endswith(".html"):
        return f'"{name}"' in (SOURCE / before.file).read_text("utf-8")
    return name in set(words(read(before)))


def is_table(step: Step, before: Step | None, code: str) -> bool:
    return before is not None and all(any(code in word for word in words(read(part))) for part in (before, step))


def is_address(step: Step, _before: Step | None, code: str) -> bool:
    try:
        address = reverse(code)
    except NoReverseMatch:
        address = reverse(code, args=[1])
    return bool(resolve(address).func is value_of(step.file, step.names[0]))


Check = Callable[[Step, Step | None, str], bool]
WAYS: dict[str, Check] = {
    "act": is_act,
    "action": is_action,
    "address": is_address,
    "argument": is_argument,
    "called": is_called,
    "calls": calls,
    "code": is_code,
    "figure": is_figure,
    "line": is_line,
    "record": is_record,
    "reference": is_reference,
    "rule": is_rule,
    "table": is_table,
    "template": is_template,
}


def faults(walk: Walk) -> Iterator[str]:
    """Everything in which a walk differs from the code, with its step."""
    absent = [step for step in walk.steps if not (SOURCE / step.file).is_file()]
    yield from (f"{walk.letter}{step.number}: there is no file {step.file}" for step in absent)
    for step in walk.steps if not absent else ():
        where = f"{walk.letter}{step.number}"
        if step.file.endswith(".py"):
            missing = [name for name in step.names if name not in definitions(step.file)]
            if missing or not step.names:
                yield f"{where}: {step.file} does not define {', '.join(missing) or 'what is read'}"
                continue
            if not is_connected(step):
                yield f"{where}: what is read does not hang together"
        way = WAY.match(step.way)
        number = int(way["step"] or 0) if way else 0
        if way is None or way["kind"] not in WAYS or number >= step.number:
            yield f"{where}: no way is {step.way!r}"
        elif not WAYS[way["kind"]](step, walk.step(number) if number else None, way["code"] or ""):
            yield f"{where}: not reached by {step.way!r}"
        yield from (
            f"{where}: does not call {name} of {file}" for file, name in step.passed if not _is_passed(step, file, name)
        )
    if (len(walk.files), len(walk.passed)) != (walk.files_stated, walk.passed_stated):
        yield f"{walk.letter}: {len(walk.files)} files are opened, {len(walk.passed)} passed by name"
    if len(walk.files) > walk.most:
        yield f"{walk.letter}: {len(walk.files)} files are opened, at most {walk.most} may be"


def _is_passed(step: Step, file: str, name: str) -> bool:
    return (SOURCE / file).is_file() and name in definitions(file) and uses(step, file, name)


# --- the tests ------------------------------------------------------------------------------------


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.letter)
def test_a_walk_leads_where_it_says(walk: Walk) -> None:
    assert list(faults(walk)) == []


def test_the_four_walks_stay_within_two_thirds_of_what_they_were() -> None:
    """At most 25, 10, 6 and 6 files: two thirds of what was noted of 0.1.0."""
    assert {walk.letter: (walk.most, walk.noted) for walk in WALKS} == {
        "A": (25, 38),
        "B": (10, 15),
        "C": (6, 10),
        "D": (6, 9),
    }
    assert all(walk.most * 3 <= walk.noted * 2 for walk in WALKS)


def test_the_page_says_how_many_files_are_read_with_all_that_is_passed_by_name() -> None:
    together = [str(len(walk.files | walk.passed)) for walk in WALKS]
    assert f"reads {', '.join(together[:-1])} and {together[-1]} files" in " ".join(TEXT.split())


def test_the_page_of_figures_prints_the_lengths_of_the_walks() -> None:
    page = (PAGE.parent / "style.md").read_text("utf-8")
    assert [row for row in lengths() if f"| files opened: {row[0]} | {row[1]} | {row[2]} |" not in page] == []


@pytest.mark.parametrize(
    ("stands", "instead", "fault"),
    [
        ("`streams/market/ledger/posting.py`", "`streams/market/ledger/poster.py`", "B11: there is no file"),
        ("`verified_in` `_read`", "`verified_in` `_reads`", "B4: streams/verification/cases/queries.py does"),
        ("`lines` `deposited`", "`lines` `rules_of_today` `deposited`", "B6: what is read does not hang together"),
        ("called in step 10 | `streams/market", "called in step 5 | `streams/market", "B11: not reached by"),
        ("act `verification.notify`", "act `verification.conclude`", "B3: not reached by"),
        ("record `VerifiedResult` of step 2", "record `Conclusions` of step 2", "B4: not reached by"),
        ("rule of `power_allocation`", "rule of `power`", "B7: not reached by"),
        ("argument of step 8", "argument of step 6", "B9: not reached by"),
        ("table `registry_transfer`", "table `registry_account`", "B12: not reached by"),
        ("`streams/market/ledger/legs.py Leg`", "`streams/market/ledger/legs.py Legs`", "B10: does not call Legs"),
        ("called in step 1 | `streams/verification", "called in step 9 | `streams/verification", "B2: no way is"),
        ("at most 10;", "at most 9;", "B: 10 files are opened, at most 9 may be"),
        ("Files opened: 10", "Files opened: 8", "B: 10 files are opened, 8 passed by name"),
        ("action `filings.upload`", "action `filings.save`", "A2: not reached by"),
        ("address `filings:upload`", "address `filings:attach`", "A1: not reached by"),
        ("calls step 19", "calls step 15", "A20: not reached by"),
        ("figure of step 17", "figure of step 15", "A18: not reached by"),
        ("line of step 18", "line of step 17", "A19: not reached by"),
        ("template of step 24", "template of step 22", "A25: not reached by"),
        ("code `verification.reported_emission`", "code `verification.reporting_units`", "D5: not reached by"),
        ("reference `result`", "reference `filing`", "D6: not reached by"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_named(stands: str, instead: str, fault: str) -> None:
    assert stands in TEXT
    broken = [fault for walk in walks(TEXT.replace(stands, instead, 1)) for fault in faults(walk)]
    assert any(line.startswith(fault) for line in broken), broken


def test_a_page_whose_steps_are_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="not numbered in order"):
        walks(TEXT.replace("| 7 | `bulletin/rows/policy.yaml`", "| 8 | `bulletin/rows/policy.yaml`"))
