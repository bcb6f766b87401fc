"""A whole example, loaded in an installation of its own, and what its bulletin says: run as a program.

    python -m tests.bulletin.loaded OUT PERIOD REGION[,REGION…]

OUT receives JSON: by region and language the composed bulletin, and for each figure the walk down to its ground.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from tanzhi.figures import Node

GROUND = {"来源", "文件", "依据", "Source"}
DEEPEST, WIDEST = 20, 400


def main(out: str, period: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanzhi.web.settings")
    django.setup()
    from django.core.management import call_command

    from tanzhi.evidence.sealer import seal_all
    from tanzhi.examples.gansu import load

    call_command("migrate", interactive=False, verbosity=0)
    load(lambda *_: None)
    seal_all()
    Path(out).write_text(json.dumps(told(period), ensure_ascii=False), "utf-8")


def told(period: str, region: str = "") -> dict[str, Any]:
    """The bulletin as composed, and the walk of each of its figures."""
    from tanzhi.bulletin.composition import compose

    composed = compose(period, region)
    refs = [statement.found.ref for row in composed.rows for statement in row.statements]
    return {**composed.as_dict(), "walks": {ref: walk(ref) for ref in refs}}


def walk(ref: str) -> list[str]:
    """The references from a figure down to the first receipt or official source that is found; empty: none."""
    left = [WIDEST]
    return _down(ref, [], left) or []


def _down(ref: str, above: list[str], left: list[int]) -> list[str] | None:
    from tanzhi.actions.actor import Actor
    from tanzhi.figures import explain

    left[0] -= 1
    if left[0] < 0 or len(above) > DEEPEST or ref in above:
        return None
    node = explain(ref, Actor.platform())
    path = [*above, ref]
    for part in _parts(node):
        if found := _down(part, path, left):
            return found
    return path if _grounded(node) else None


def _parts(node: Node) -> list[str]:
    """The references right below, also those of parts that stand in groups."""
    return [one.ref for part in node.parts for one in part.walk() if one.ref]


def _grounded(node: Node) -> bool:
    return node.ref.startswith("entry:") or any(fact.label.zh in GROUND for fact in node.facts)


if __name__ == "__main__":
    main(*sys.argv[1:])
