"""The picture of the house, measured: who stands on whom, how each stream is furnished, what stands once for all."""

from __future__ import annotations

import configparser
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import grimp

from docs.markdown import NOTICE, code, table

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "tanzhi"
FURNITURE = ("README.md", "models.py", "work.py", "figures.py", "lineage.py", "lists.py", "pages.py", "urls.py")
"""What every stream has, under the same names, in its own folder or in those of its features."""
OLD_NAMES = {"work.py": "actions.py"}
"""Streams that still have their acts under another name."""
ONCE = {
    "chinese_calendar": "the working-day calendar",
    "docxtpl": "Word",
    "icalendar": "calendar feed",
    "typst": "PDF",
    "csv": "CSV, read and written",
    "xml": "workbooks, read",
    "openpyxl": "workbooks, written",
    "vl_convert": "charts",
    "cryptography": "signatures",
    "granian": "the server",
}
"""Libraries that do one thing for the whole house, and what that is."""


def page() -> str:
    return (
        "\n\n".join(
            [
                "# The house 房屋图",
                NOTICE,
                "A room stands above what it imports; streams beside each other may ask only each other's `queries`. "
                "`lint-imports` refuses any other arrow, and every circle of rooms or files.",
                f"```mermaid\n{_drawing()}\n```",
                "## Streams, furnished alike",
                _furnished(),
                "## What stands once for all streams",
                "Clocks, findings, reminders and calendar feed are `workflow`; letters, papers and imports are "
                "`office`; states, four eyes, "
                "jobs and the evidence entry are `actions`; lists, forms, charts and exports are `presentation`. "
                "Each of these libraries is used where that is done, and by no stream.",
                _libraries(),
            ]
        )
        + "\n"
    )


# --- who stands on whom ---------------------------------------------------------------------------------


@cache
def graph() -> grimp.ImportGraph:
    """All imports of the package, those of type checkers included."""
    return grimp.build_graph("tanzhi", include_external_packages=True, cache_dir=None)


def floors() -> list[list[str]]:
    """The rooms from the top floor down, as the contract has them."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", "utf-8")
    lines = contract["importlinter:contract:house"]["layers"].strip().splitlines()
    rooms = [re.findall(r"tanzhi\.(\w+)", line) for line in lines]
    return [streams() if floor == ["streams"] else floor for floor in rooms]


def streams() -> list[str]:
    """The packages in `streams`."""
    return sorted(path.parent.name for path in (HOUSE / "streams").glob("*/__init__.py"))


def room_of(module: str) -> str:
    """The room that a module stands in; a stream is one."""
    way = [part for part in module.split(".")[1:] if part != "streams"]
    return way[0] if way and module.startswith("tanzhi.") else ""


@cache
def arrows() -> Mapping[tuple[str, str], int]:
    """How many imports lead from one room to another."""
    found: Counter[tuple[str, str]] = Counter()
    for module in graph().modules:
        for other in graph().find_modules_directly_imported_by(module):
            if room_of(module) and room_of(other) and room_of(module) != room_of(other):
                found[room_of(module), room_of(other)] += 1
    return found


def _drawing() -> str:
    """Floors as boxes; an arrow from each room to the rooms of the floor below, and between streams."""
    lines = ["flowchart TB"]
    for number, rooms in enumerate(floors()):
        lines += [f'  subgraph floor{number}[" "]', "    direction LR", *(f"    {room}" for room in rooms), "  end"]
    lines += [f"  floor{number} --> floor{number + 1}" for number in range(len(floors()) - 1)]
    beside = set(streams())
    lines += [f"  {one} -->|{n}| {two}" for (one, two), n in sorted(arrows().items()) if {one, two} <= beside]
    return "\n".join(lines)


# --- furniture ------------------------------------------------------------------------------------------


def missing(room: str) -> list[str]:
    """What a stream lacks of what all have."""
    folder = HOUSE / "streams" / room
    names = {name: (name, OLD_NAMES.get(name, name)) for name in FURNITURE}
    there = {path.name for depth in ("*", "*/*") for path in folder.glob(depth) if path.is_file()}
    lacking = [name for name, called in names.items() if not there & {*called}]
    return lacking + ([] if list(folder.glob("**/templates/*/*.html")) else ["templates"])


def _furnished() -> str:
    heads = [
        "Stream",
        "Records",
        "Kinds of work",
        "Actions",
        "of them by two",
        "Deadlines",
        "Imports",
        "Figures",
        "Asks",
    ]
    note = "Each has " + ", ".join(code(name) for name in (*FURNITURE, "templates/")) + "."
    return f"{note}\n\n{table(heads, [_stream(room) for room in streams()])}"


def _stream(room: str) -> tuple[str, ...]:
    from django.apps import apps

    from tanzhi.actions.registry import ACTIONS
    from tanzhi.actions.states import CASE_TYPES
    from tanzhi.figures.registry import FIGURES
    from tanzhi.office.imports.model import IMPORTERS

    labels = [config.label for config in apps.get_app_configs() if room_of(config.name) == room]
    own = tuple(f"{label}." for label in labels)
    acts = [one for name, one in ACTIONS.items() if name.startswith(own)]
    kinds = [one for name, one in CASE_TYPES.items() if name.startswith(own)]
    asks = sorted(two for one, two in arrows() if one == room and two in streams())
    return (
        code(room),
        str(sum(len(list(apps.get_app_config(label).get_models())) for label in labels)),
        str(len(kinds)),
        str(len(acts)),
        str(sum(one.second_person for one in acts)),
        str(sum(len(one.limits) for one in kinds)),
        str(sum(name.startswith(own) for name in IMPORTERS)),
        str(sum(room_of(one.function.__module__) == room for one in FIGURES.values())),
        ", ".join(map(code, asks)),
    )


# --- what stands once -----------------------------------------------------------------------------------


def users_of(library: str) -> list[str]:
    """Modules that import a library, without the examples, which make files as people would."""
    found = graph().find_modules_that_directly_import(library) if library in graph().modules else set()
    return sorted(one.removeprefix("tanzhi.") for one in found if room_of(one) != "examples")


def _libraries() -> str:
    rows = [(what, code(name), ", ".join(map(code, users_of(name)))) for name, what in ONCE.items()]
    return table(["What", "Library", "Used by"], rows)
