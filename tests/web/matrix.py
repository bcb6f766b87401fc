"""The matrix of visibility as it is kept in the tree, and how it is written and compared.

`TANZHI_WRITE_VISIBILITY=1 python -m pytest -n 0 tests/web -k "visibility_matrix or stores_it"` writes it anew.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.web.reasons import because

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = Path(__file__).with_name("visibility.yaml")
HEAD = """# Who sees what, tried: addresses by requests; at a plant, by the rules that their pages ask: records, what
# the receipt of each action keeps from the public, nodes of the walk, files beside cases.
# Written by a command (tests/web/matrix.py) and compared by a test; a difference is a decision to be made.
"""
EVERYBODY = "everybody"
Rows = dict[str, dict[str, str]]


def kept() -> dict[str, Rows]:
    """The matrix of the tree: part → row → who sees it and why."""
    return yaml.load(FILE.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)) if FILE.exists() else {}


def compare(part: str, observer: str, seen: Iterable[str], observers: Iterable[str]) -> list[str]:
    """What one observer sees otherwise than the matrix says, row by row; writes it instead where that is asked for."""
    everybody, now = list(observers), set(seen)
    if os.environ.get("TANZHI_WRITE_VISIBILITY") == "1":
        _write(part, observer, now, everybody)
    rows = kept().get(part, {})
    then = {name for name, row in rows.items() if observer in _named(row, everybody)}
    more = [f"{observer} now sees {part} {name}" for name in sorted(now - then)]
    return more + [f"{observer} no longer sees {part} {name}" for name in sorted(then - now)]


def without_reason() -> list[str]:
    """Rows that nobody declared a law or duty for."""
    return [f"{part}: {name}" for part, rows in kept().items() for name, row in rows.items() if not row["because"]]


def _named(row: dict[str, str], everybody: list[str]) -> list[str]:
    return everybody if row["seen by"] == EVERYBODY else row["seen by"].split(", ")


def _write(part: str, observer: str, seen: set[str], everybody: list[str]) -> None:
    whole = kept()
    viewers: dict[str, set[str]] = {name: set(_named(row, everybody)) for name, row in whole.get(part, {}).items()}
    for name in viewers.keys() | seen:
        named = viewers.setdefault(name, set())
        named.discard(observer)
        named |= {observer} if name in seen else set()
    whole[part] = {name: _row(name, named, everybody) for name, named in sorted(viewers.items()) if named}
    text: Any = yaml.safe_dump(whole, allow_unicode=True, sort_keys=True, width=1000)
    FILE.write_text(HEAD + text, "utf-8")


def _row(name: str, named: set[str], everybody: list[str]) -> dict[str, str]:
    order = [observer for observer in everybody if observer in named]
    words = EVERYBODY if order == everybody else ", ".join(order)
    return {"seen by": words, "because": because(name, "public" in named)}
