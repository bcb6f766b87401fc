"""Both examples and what their bulletins say: run as a program in an installation that holds the first, gansu.

    python -m tests.bulletin.loaded OUT PERIOD

OUT receives JSON: the first province's bulletin as composed, with for each figure the walk down to its ground; what its
figures say once the second province is there too; the second's bulletin, and both as they were published.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from tanzhi.figures import LineageNode

GROUND = {"来源", "文件", "依据", "Source"}
DEEPEST, WIDEST = 20, 400


def main(out: str, period: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanzhi.web.settings")
    django.setup()
    from tanzhi.examples import gansu, second

    to_do = listed_to_do()
    found = {**told(period, gansu.PROVINCE), "to_do": to_do}
    second.load(lambda *_: None)
    found["after"] = told(period, gansu.PROVINCE, walked=False)
    found["second"] = told(str(second_period()), second.PROVINCE)
    found["published"] = {code: as_published(code) for code in (gansu.PROVINCE, second.PROVINCE)}
    Path(out).write_text(json.dumps(found, ensure_ascii=False), "utf-8")


def listed_to_do() -> dict[str, int]:
    """How much everybody has to do, and how often the law is asked to evaluate for it; nothing is kept yet."""
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.roles import actor_of
    from tanzhi.rulebook.kernel.records import Assessment
    from tanzhi.workflow.todos.todo import todos

    begin, begun = Assessment.__init__, []

    def counted(self: Assessment, *terms: Any) -> None:
        begun.append(terms)
        begin(self, *terms)

    Assessment.__init__ = counted  # type: ignore[method-assign]
    listed = sum(len(todos(actor_of(person))) for person in Person.objects.filter(is_active=True))
    Assessment.__init__ = begin  # type: ignore[method-assign]
    return {"listed": listed, "evaluated": len(begun)}


def second_period() -> str:
    from tanzhi.examples.second.load import province_spec as second

    return str(second()["period"])


def as_published(region: str) -> dict[str, Any]:
    """The province's published edition with its digest, and that of the bytes that are kept."""
    from tanzhi.bulletin.models import Edition
    from tanzhi.evidence.files import open_stored

    edition = Edition.objects.get(region__code=region, state="published")
    with open_stored(edition.digest) as kept:
        content = kept.read()
    return {"digest": edition.digest, "sha256": hashlib.sha256(content).hexdigest(), "content": json.loads(content)}


def told(period: str, region: str, walked: bool = True) -> dict[str, Any]:
    """The bulletin as composed, and the walk of each of its figures that has a value."""
    from tanzhi.bulletin.composition import compose

    composed = compose(period, region)
    known = [one.figure for row in composed.rows for one in row.statements if one.figure.value]
    return {**composed.as_dict(), "walks": {one.ref: walk(one.ref) for one in known} if walked else {}}


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


def _parts(node: LineageNode) -> list[str]:
    """The references right below, also those of parts that stand in groups."""
    return [one.ref for part in node.parts for one in part.walk() if one.ref]


def _grounded(node: LineageNode) -> bool:
    return node.ref.startswith("entry:") or any(fact.label.zh in GROUND for fact in node.facts)


if __name__ == "__main__":
    main(*sys.argv[1:])
