"""An evaluated quantity: number, state, and everything it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .branch import origins
from .entries import PROVISIONAL, DatedValue, Parameter
from .parameter_files import CONFIDENCES, OFFICIAL
from .rules import DRAFT, Rule
from .states import BLANK, EXCLUDED, KNOWN, Absent
from .text import Text, same

if TYPE_CHECKING:
    from .records import RecordNode

Number = Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A reservation that a value carries to everything computed from it.

    kind: "draft", "provisional", "entered", "incomplete", or a confidence below official ("M-med", "P", …).
    """

    kind: str
    text: Text
    source: str

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text.as_dict(), "source": self.source}


class Value:
    """One name evaluated at one record. `raw` is what was there before the legal rounding."""

    __slots__ = (
        "_marks",
        "argument",
        "entry",
        "made_of",
        "name",
        "node",
        "number",
        "parameter",
        "raw",
        "reason",
        "rule",
        "state",
    )

    def __init__(
        self,
        name: str,
        number: Number,
        state: str = KNOWN,
        *,
        reason: Text | None = None,
        rule: Rule | None = None,
        made_of: dict[str, Value | list[Value]] | None = None,
    ) -> None:
        self.name, self.number, self.state, self.reason, self.rule = name, number, state, reason, rule
        self.made_of = made_of or {}
        self.argument: Number | Absent = number if state == KNOWN else Absent(state, reason)
        """What a rule gets for this value."""
        self.raw: Number = number
        self.node: RecordNode | None = None
        self.parameter: Parameter | None = None
        self.entry: DatedValue | None = None
        self._marks: frozenset[Mark] | None = None

    def __repr__(self) -> str:
        return f"Value({self.name} = {self.number if self.state == KNOWN else self.state})"

    @property
    def unit(self) -> str:
        if self.entry and self.entry.unit:
            return self.entry.unit
        source = self.rule or self.parameter
        return source.unit if source else "1"

    @property
    def label(self) -> Text:
        source = self.rule or self.parameter
        return source.label if source else same(self.name)

    @property
    def marks(self) -> frozenset[Mark]:
        """The reservations of this value and of all that it was made of, by the branch that was taken."""
        if self._marks is None:
            parts = self.used()
            self._marks = frozenset(self._own_marks(parts)).union(*(part.marks for part in parts))
        return self._marks

    def parts(self) -> Iterator[Value]:
        for parts in self.made_of.values():
            yield from parts if isinstance(parts, list) else (parts,)

    def used(self) -> tuple[Value, ...]:
        """The parts that its number came from, by the branch that was taken; of what is absent, those that stopped it.

        A code chooses a branch or a row wherever it stands.
        """
        parts = tuple(self.parts())
        if self.rule is None:
            return parts
        if self.state != KNOWN:
            return tuple(part for part in parts if part.state == self.state and part.reason == self.reason)
        arguments = {
            name: [value.argument for value in values] if isinstance(values, list) else values.argument
            for name, values in self.made_of.items()
        }
        came_from = origins(self.rule.function, arguments)
        return tuple(part for i, part in enumerate(parts) if i in came_from or isinstance(part.argument, str))

    def _own_marks(self, parts: tuple[Value, ...]) -> Iterator[Mark]:
        if self.rule:
            yield from _marks_of(self.name, self.rule.status, self.rule.confidence, self.rule.law)
            yield from self._incomplete({id(part) for part in parts})
        if self.entry:
            yield from _marks_of(self.name, self.entry.status, self.entry.confidence, self.entry.source)

    def _incomplete(self, used_parts: set[int]) -> Iterator[Mark]:
        """Blank children beside known ones that were used."""
        for name, parts in self.made_of.items():
            if isinstance(parts, list) and self.state == KNOWN and any(id(value) in used_parts for value in parts):
                # Blank because something was not filled in; what a formula leaves blank for a kind of record lacks
                # nothing.
                blank = sum(
                    v.state == BLANK
                    and (v.rule is None or v.rule.filed or any(part.state == BLANK for part in v.parts()))
                    for v in parts
                )
                counted = sum(v.state not in (EXCLUDED, BLANK) for v in parts) + blank
                if 0 < blank < counted:
                    text = Text("{label}：{all}项中有{blank}项未填", "{label}: {blank} of {all} are blank")
                    label = next(v.label for v in parts)
                    yield Mark("incomplete", text.format(label=label, blank=blank, all=counted), name)


def _marks_of(name: str, status: str, confidence: str, source: str) -> Iterator[Mark]:
    if status == DRAFT:
        yield Mark("draft", Text("{name}依据征求意见稿", "{name} follows a draft").format(name=name), source)
    if status == PROVISIONAL:
        text = Text("{name}当年值未公布，暂用上一公布值", "{name}: not yet published, the last one stands in")
        yield Mark(PROVISIONAL, text.format(name=name), source)
    if confidence == "entered":
        yield Mark(
            "entered", Text("{name}由管理员录入", "{name} was entered by an administrator").format(name=name), source
        )
    elif confidence and confidence not in OFFICIAL:
        yield Mark(confidence, CONFIDENCES[confidence], f"{name}: {source}")
