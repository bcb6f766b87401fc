"""The named figures: each a function from a question to an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import same

from .answers import Answer
from .basis import Basis, basis
from .nodes import Fact, Node, of_part, tidy
from .questions import Question, Ref, Unanswerable

FIGURES: dict[str, Figure] = {}
COUNTED = {
    "enterprises": Text("家", "enterprises"),
    "units": Text("台机组", "generating units"),
    "plans": Text("份", "plans"),
    "deposits": Text("份", "deposits"),
    "clues": Text("条", "clues"),
    "targets": Text("个", "targets"),
    "CNY": Text("元", "yuan"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be published: its code, its words, its unit and who stands behind it."""

    code: str
    title: Text
    unit: str
    stream: str
    row: int | None
    function: Callable[[Question], Answer]
    law: str = ""
    meaning: str = ""

    @property
    def unit_words(self) -> Text:
        """The unit as a sentence says it; a count says what it counts."""
        return COUNTED.get(self.unit) or same(self.unit)

    def ask(self, question: Question) -> FigureValue:
        return FigureValue(self, question, self.function(question), basis())


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A figure answered for one question, with the rules and the log that it rests on."""

    figure: Figure
    question: Question
    answer: Answer
    basis: Basis

    @property
    def ref(self) -> str:
        return str(Ref("figure", self.figure.code, self.question.as_words()))

    @property
    def value(self) -> Decimal | None:
        return self.answer.value

    @property
    def title(self) -> Text:
        return Text("{title}，{period}", "{title}, {period}").format(
            title=self.figure.title, period=self.question.span.title
        )

    def node(self) -> Node:
        answer = self.answer
        scope = [Fact(Text("范围", "Scope"), answer.scope)] if answer.scope else []
        return Node(
            ref=self.ref,
            label=self.title,
            value=answer.value,
            unit=self.figure.unit,
            state=answer.state,
            reason=answer.reason,
            formula=answer.formula,
            numbers=answer.numbers,
            law=self.figure.law,
            marks=tidy(answer.all_marks),
            facts=(*scope, *self.basis.facts()),
            parts=tuple(map(of_part, answer.parts)),
            parts_count=len(answer.parts),
        )

    def as_dict(self) -> dict[str, Any]:
        """The value without its lineage; `ref` leads to that."""
        node = self.node()
        return {
            "figure": self.figure.code,
            "title": self.figure.title.as_dict(),
            "stream": self.figure.stream,
            "row": self.figure.row,
            "period": self.question.period,
            "region": self.question.region,
            "filters": dict(self.question.filters),
            "value": None if self.value is None else plain(self.value),
            "unit": self.figure.unit,
            "state": node.state,
            "reason": node.reason.as_dict() if node.reason else None,
            "marks": node.as_dict()["marks"],
            "ref": self.ref,
            "basis": self.basis.as_dict(),
        }


def figure(
    code: str, *, title: Text, unit: str, stream: str, row: int | None = None, law: str = ""
) -> Callable[[Callable[[Question], Answer]], Callable[[Question], Answer]]:
    """Register a function as the figure `code`; `row` is its line in the bulletin, if it has one of its own."""

    def register(function: Callable[[Question], Answer]) -> Callable[[Question], Answer]:
        known = FIGURES.get(code)
        if known and known.function.__module__ != function.__module__:
            raise ValueError(f"figure {code!r} stands already in {known.function.__module__}")
        FIGURES[code] = Figure(code, title, unit, stream, row, function, law, (function.__doc__ or "").strip())
        return function

    return register


def ask(code: str, question: Question) -> FigureValue:
    """The figure of that code, answered."""
    if code not in FIGURES:
        known = ", ".join(sorted(FIGURES)) or "–"
        raise Unanswerable("FIG-UNKNOWN", _NO_FIGURE.format(found=code, known=known))
    return FIGURES[code].ask(question)


_NO_FIGURE = Text("没有名为“{found}”的数据。现有：{known}", "there is no figure “{found}”. There are: {known}")
