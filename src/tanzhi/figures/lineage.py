"""The walk down: from a reference to its node, lazily or as deep as asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel import Text

from .calculated import Calculation, calculated_node
from .nodes import PAGE, LineageNode
from .publication import readable
from .questions import Question, Ref, Unanswerable, not_for_you
from .readers import RECORDS, RULES, Rule, for_reader, open_references
from .registry import FigureValue, ask

LIMIT = 5000
"""How many nodes one answer holds at most; what is beyond is left folded and can be asked for by its ref."""


class Provider(Protocol):
    """What stands behind a reference: a node with its parts, a figure's value, or a computed record.

    It decides nothing about readers: whoever asks may see the record, and facts say whom else they are for.
    """

    def __call__(self, ref: Ref) -> LineageNode | FigureValue | Calculation: ...


PROVIDERS: dict[str, Provider] = {}


def explains(kind: str, *, of: str = "", rule: Rule | None = None) -> Callable[[Provider], Provider]:
    """Register who answers for references of this kind (`result:…`, `filing:…`, `entry:…`).

    Whoever sees the record `of` that model, whose key the reference names, sees the node; or `rule` says who does.
    """

    def register(provider: Provider) -> Provider:
        PROVIDERS[kind] = provider
        if rule is not None:
            RULES[kind] = rule
        else:
            RECORDS[kind] = lambda ref: f"{(of or kind).lower()}:{ref.name}"
        return provider

    return register


def explain(
    ref: str | Ref, viewer: Actor | None = None, *, depth: int = 1, start: int = 0, size: int = PAGE
) -> LineageNode:
    """The node of a reference with `depth` levels below it; `start` and `size` page through its own parts."""
    target = ref if isinstance(ref, Ref) else Ref.parse(ref)
    return _Walk(viewer, size).down(_provided(target, viewer), depth, start)


_NO_KIND = Text("没有“{found}:”这类引用。现有：{known}", "there is no reference of kind “{found}:”. There are: {known}")


def _provided(ref: Ref, viewer: Actor | None) -> LineageNode:
    provider = PROVIDERS.get(ref.kind)
    if provider is None:
        raise Unanswerable("FIG-KIND", _NO_KIND.format(found=ref.kind, known=", ".join(sorted(PROVIDERS))))
    if not open_references([str(ref)], viewer):
        raise not_for_you()
    provided = provider(ref)
    if isinstance(provided, FigureValue):
        provided = readable(provided, viewer).node()
    elif isinstance(provided, Calculation):
        provided = calculated_node(ref, provided)
    return for_reader(provided, viewer)


class _Walk:
    """One walk with its budget of nodes."""

    def __init__(self, viewer: Actor | None, size: int) -> None:
        self.viewer, self.size, self.left = viewer, size, LIMIT

    def down(self, node: LineageNode, depth: int, start: int = 0) -> LineageNode:
        if depth <= 0:
            return node.folded()
        visible = node.page(start, min(self.size, max(self.left, 0)))
        self.left -= len(visible.parts)
        return replace(visible, parts=tuple(self._below(part, depth - 1) for part in visible.parts))

    def _below(self, part: LineageNode, depth: int) -> LineageNode:
        """A part in its turn: its own provider knows more of it than the one that named it."""
        if part.parts and not part.ref:
            return self._group(part, depth)
        if depth <= 0 or self.left <= 0:
            return part.folded()
        if part.expandable and not part.parts:
            part = self._filled(part)
        return self.down(part, depth)

    def _group(self, part: LineageNode, depth: int) -> LineageNode:
        """A group has no reference by which it could be asked for again: all that stands in it comes along."""
        self.left -= len(part.parts)
        return replace(part, parts=tuple(self._below(member, depth - 1) for member in part.parts))

    def _filled(self, part: LineageNode) -> LineageNode:
        try:
            provided = _provided(Ref.parse(part.ref), self.viewer)
        except Unanswerable as refused:
            return replace(part, reason=refused.message, parts_count=0)
        return replace(provided, label=part.label, detail=part.detail or provided.detail)


@explains("figure", rule=lambda _ref, _viewer: True)  # what a reader is given of it, `readable` decides
def figure_value(ref: Ref) -> FigureValue:
    """A figure, asked anew."""
    return ask(ref.name, Question.of(ref.words))
