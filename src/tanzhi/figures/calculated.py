"""A computed record of any room as steps of the walk: its formulas, parameters and inputs, one reference a value.

A room registers how it finds the record behind its reference; everything below the root comes from the rulebook's
own trace:

    @explains("finance.benefit", of="finance.Project")
    def benefit(ref: Ref) -> Calculation: ...

    Part(label, value, unit, ref=calculation_ref("finance.benefit", project.pk, value))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tanzhi.actions.actor import Place
from tanzhi.law.evaluation import release, release_of
from tanzhi.rulebook.kernel import InputStep, Mark, RecordNode, RuleStep, Text, TraceStep, Value, explain
from tanzhi.rulebook.kernel.rounding import stored

from .nodes import Fact, LineageNode
from .questions import Ref, Unanswerable
from .rule_nodes import step_node


@dataclass(frozen=True, slots=True)
class Calculation:
    """An evaluated record; `facts` and `sources` say of an input (by its path) where it was filed and its receipts.

    `stored_release` is the rules release under which its results were kept, where they were; `today` gives the same
    record by the law of today, where `root` is by that of the stored release. `results` are kept values by place and
    name, for whose release the law may be gone. A reference that names no value means the one at `place` and `name`.
    `inside` says of a value, by place and name, that it is only for those who work with the place that it gives;
    where there is such a value, `numbers_inside` is that place, for formulas with their numbers would tell it.
    """

    root: RecordNode
    facts: Callable[[str], tuple[Fact, ...]] = lambda _input: ()
    sources: Callable[[str], tuple[LineageNode, ...]] = lambda _input: ()
    stored_release: str = ""
    today: Callable[[], RecordNode] | None = None
    results: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    place: str = ""
    name: str = ""
    inside: Callable[[str, str], Place | None] = lambda _place, _name: None
    numbers_inside: Place | None = None


def calculation_ref(kind: str, key: object, value: Value | str) -> str:
    """The reference of a value of the calculation `key`, or of a quantity of its top record by its name."""
    place, name = ("", value) if isinstance(value, str) else (value.node.path if value.node else "", value.name)
    return str(Ref(kind, str(key), {"at": place, "name": name}))


_NO_PLACE = Text("没有 {place} 处的 {name}", "there is no {name} at {place}")
_OTHER_RELEASE = Text(
    "按规则版本 {then} 计算，现行为 {now}", "computed under rules release {then}; now in force: {now}"
)
_OTHER_VALUE = Text("；当时为 {then}，现为 {now}", "; {then} then, {now} now")


def calculated_node(ref: Ref, calculation: Calculation) -> LineageNode:
    """The value that the reference names, with its direct parts; those are asked for by their own references."""
    place, name = ref.words.get("at", calculation.place), ref.words.get("name", calculation.name)
    value = _value_at(calculation.root, place, name)
    if value is None:
        raise Unanswerable("FIG-PLACE", _NO_PLACE.format(place=place or "-", name=name or "-"))
    guideline = calculation.root.guideline

    def node(step: TraceStep) -> LineageNode:
        own = str(Ref(ref.kind, ref.name, {"at": step.place, "name": step.name})) if isinstance(step, RuleStep) else ""
        facts = calculation.facts(step.path) if isinstance(step, InputStep) else ()
        return replace(
            step_node(step, guideline, own, facts),
            inside=calculation.inside(step.place, step.name),
            numbers_inside=calculation.numbers_inside,
        )

    step = explain(value, depth=1)
    parts = calculation.sources(step.path) if isinstance(step, InputStep) else tuple(map(node, step.parts))
    marks = list(step.marks)
    then = calculation.stored_release
    now = release(guideline) if calculation.today else release_of(calculation.root)
    if then not in ("", now):
        # Results kept under other rules are said to be so, with what those of today give where that differs.
        text = _OTHER_RELEASE.format(then=then, now=now)
        today = _value_at(calculation.today() if calculation.today else calculation.root, place, value.name)
        before = calculation.results.get((place, value.name), stored(value.number))
        after = stored(today.number) if today else None
        if before != after:
            text = text + _OTHER_VALUE.format(then=before or "-", now=after or "-")
        marks.append(Mark("release", text, then))
    return replace(node(step), ref=str(ref), marks=tuple(marks), parts=parts, parts_count=len(parts))


def _value_at(root: RecordNode, place: str, name: str) -> Value | None:
    record = next((node for node in root.walk() if node.path == place), None)
    return record.value(name) if record is not None and name in record.assessment.edition else None
