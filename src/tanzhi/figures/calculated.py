"""A computed record of any room as steps of the walk: its formulas, parameters and inputs, one reference a value.

A room registers once how it finds the record behind its reference; everything below the root comes from the
rulebook's own explanation:

    @calculations("finance.benefit")
    def benefit(ref: Ref, viewer: Actor | None) -> Calculation: ...

    Part(label, value, unit, ref=calculation_ref("finance.benefit", project.pk, value))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tanzhi.actions.actor import Actor
from tanzhi.law.evaluation import release_of
from tanzhi.rulebook.kernel import Guideline, Mark, Text, Value
from tanzhi.rulebook.kernel import RecordNode as Evaluated
from tanzhi.rulebook.kernel import explain as explained
from tanzhi.rulebook.kernel.checks import written
from tanzhi.rulebook.kernel.text import same

from .lineage import explains
from .nodes import Fact, LineageNode
from .questions import Ref, Unanswerable, not_for_you
from .readers import Rule
from .rule_nodes import rule_node

__all__ = ["Calculation", "calculation_ref", "calculations", "not_for_you", "place_detail", "place_words"]

Tree = Mapping[str, Any]
_PLACE = re.compile(r"(\w+)\[([^\]]*)\]")


def _no_facts(_input: str) -> tuple[Fact, ...]:
    return ()


def _no_parts(_input: str) -> tuple[LineageNode, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Calculation:
    """An evaluated record; `facts` and `sources` say of an input (by its path) where it was filed and its receipts.

    `stored_release` is the rules release under which its results were kept, where they were; `today` gives the same
    record by the law of today, where `root` is by that of the stored release.
    """

    root: Evaluated
    facts: Callable[[str], tuple[Fact, ...]] = _no_facts
    sources: Callable[[str], tuple[LineageNode, ...]] = _no_parts
    stored_release: str = ""
    today: Callable[[], Evaluated] | None = None


class Finder(Protocol):
    """Finds the calculation of a reference for somebody who may see it; refuses with `not_for_you()` otherwise."""

    def __call__(self, ref: Ref, viewer: Actor | None) -> Calculation: ...


def calculations(kind: str, *, of: str = "", rule: Rule | None = None) -> Callable[[Finder], Finder]:
    """Register who knows the calculations behind references `kind:key?at=place&name=quantity`; see `explains`."""

    def register(finder: Finder) -> Finder:
        explains(kind, of=of, rule=rule)(lambda ref, viewer: _step(ref, finder(ref, viewer)))
        return finder

    return register


def calculation_ref(kind: str, key: object, value: Value) -> str:
    """The reference of a value of the calculation `key`."""
    return _ref(kind, str(key), value.node.path if value.node else "", value.name)


def _ref(kind: str, key: str, place: str, name: str) -> str:
    return str(Ref(kind, key, {"at": place, "name": name}))


_NO_PLACE = Text("没有 {place} 处的 {name}", "there is no {name} at {place}")


_OTHER_VALUE = Text("，按现行规则为 {now}", ", which would give {now}")
_OTHER_RELEASE = Text(
    "按规则版本 {then} 计算，现行为 {now}", "computed under rules release {then}; now in force: {now}"
)


def _step(ref: Ref, calculation: Calculation) -> LineageNode:
    """The value that the reference names, with its direct parts; those are asked for by their own references."""
    place, name = ref.words.get("at", ""), ref.words.get("name", "")
    node = next((record for record in calculation.root.walk() if record.path == place), None)
    if node is None or name not in node.assessment.edition:
        raise Unanswerable("FIG-PLACE", _NO_PLACE.format(place=place or "-", name=name or "-"))
    tree = explained(node.value(name), depth=2)
    guideline = calculation.root.guideline
    own = rule_node(
        tree,
        lambda t: "" if t["kind"] == "parameter" else _ref(ref.kind, ref.name, t["place"], t["name"]),
        lambda t: calculation.facts(t["input"]) if "input" in t else (),
    )
    parts = tuple(_part(guideline, step, argument) for step, argument in zip(own.parts, tree["made_of"], strict=True))
    if "input" in tree:
        parts = calculation.sources(tree["input"])
    # Stored results of other rules are said to be so, with what those of today would give where that differs.
    again = calculation.today() if calculation.today else calculation.root
    then, now = calculation.stored_release, release_of(again)
    other_release: tuple[Mark, ...] = ()
    if then and then != now:
        text = _OTHER_RELEASE.format(then=then, now=now)
        other = next((record for record in again.walk() if record.path == node.path), None)
        if other is not None and name in other.assessment.edition:
            value = other.value(name)
            if value.number != node.value(name).number:
                text = text + _OTHER_VALUE.format(now=written(value))
        other_release = (Mark("release", text, then),)
    return replace(
        own,
        ref=str(ref),
        parts=parts,
        parts_count=len(parts),
        detail=place_detail(guideline, tree),
        marks=(*own.marks, *other_release),
    )


def _part(guideline: Guideline, step: LineageNode, tree: Tree) -> LineageNode:
    below = 1 if "input" in tree else step.parts_count
    return replace(
        step,
        detail=place_detail(guideline, tree),
        parts=(),
        parts_count=0 if tree["kind"] == "parameter" else below,
    )


def place_detail(guideline: Guideline, tree: Tree) -> Text | None:
    return place_words(guideline, tree["place"]) if tree["place"] else None


def place_words(guideline: Guideline, place: str) -> Text:
    """units[1].months[2023-06].fuels[bituminous] as unit 1 · month 2023-06 · bituminous coal."""
    labels = {level.plural: (name, level.label) for name, level in guideline.levels.items()}
    words = [_key_words(guideline, *labels[plural], key) for plural, key in _PLACE.findall(place)]
    return Text(" · ".join(w.zh for w in words), " · ".join(w.en for w in words)) if words else same(place)


def _key_words(guideline: Guideline, level: str, label: Text, key: str) -> Text:
    options = guideline.rules[level][-1].options if level in guideline.rules else {}
    if key in options:
        return options[key]
    return Text("{label} {key}", "{label} {key}").format(label=label, key=key)
