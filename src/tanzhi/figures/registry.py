"""The named figures: each a function from a question to an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tanzhi.organisations.sectors import sector_name
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.trace import tidy

from .amounts import COUNTED, unit_words
from .answers import FigureAnswer
from .basis import ReleaseBasis, basis
from .nodes import Fact, LineageNode, of_part
from .questions import Question, Ref, Unanswerable

FIGURES: dict[str, Figure] = {}
ONE = {"people": "individual", "cities": "city", "regions": "city or prefecture"}
"""One of what is counted, in English, where it is more than a missing s."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be published: its code, its words, its unit and who stands behind it."""

    code: str
    title: Text
    unit: str
    stream: str
    row: int | None
    function: Callable[[Question], FigureAnswer]
    law: str = ""
    meaning: str = ""
    of_sector: Text | None = (
        None  # what it is called where a sector is asked for: {sector}, or {Sector} at the beginning
    )

    def title_for(self, question: Question) -> Text:
        """What it is called for a question: with its sector, where it has a name of its own then."""
        sector = question.filters.get("sector", "")
        if self.of_sector is None or not sector:
            return self.title
        name = sector_name(sector)
        return self.of_sector.format(sector=Text(name.zh, name.en.lower()), Sector=name)

    @property
    def unit_words(self) -> Text:
        """The unit as a sentence says it; a count says what it counts."""
        return COUNTED.get(self.unit) or unit_words(self.unit)

    def ask(self, question: Question) -> FigureValue:
        return FigureValue(self, question, self.function(question), basis())


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A figure answered for one question, with the rules and the log that it rests on."""

    figure: Figure
    question: Question
    answer: FigureAnswer
    basis: ReleaseBasis

    @property
    def ref(self) -> str:
        return str(Ref("figure", self.figure.code, self.question.as_words()))

    @property
    def value(self) -> Decimal | date | None:
        return self.answer.value

    @property
    def unit_words(self) -> Text | None:
        """The unit beside this value: one of something is not told as several; a day has none."""
        if isinstance(self.value, date):
            return None
        words, counted = self.figure.unit_words, self.figure.unit in COUNTED
        if not counted or self.value != 1:
            return words
        return Text(words.zh, ONE.get(self.figure.unit, words.en.removesuffix("s")))

    @property
    def name(self) -> Text:
        """What it is called without its period."""
        return self.figure.title_for(self.question)

    @property
    def title(self) -> Text:
        return Text("{title}，{period}", "{title}, {period}").format(title=self.name, period=self.question.span.title)

    def written(self) -> str | None:
        """As JSON holds it: exact digits, or a day."""
        value = self.value
        return value.isoformat() if isinstance(value, date) else None if value is None else plain(value)

    def read(self, written: str) -> Decimal | date:
        """What `written` wrote of a value of this figure."""
        return date.fromisoformat(written) if self.figure.unit == "date" else Decimal(written)

    def node(self) -> LineageNode:
        answer = self.answer
        scope = [Fact(Text("范围", "Scope"), answer.scope)] if answer.scope else []
        return LineageNode(
            ref=self.ref,
            label=self.title,
            value=answer.value.isoformat() if isinstance(answer.value, date) else answer.value,
            unit="" if self.figure.unit == "date" else self.figure.unit,
            state=answer.state,
            reason=answer.reason,
            formula=answer.formula,
            numbers=answer.numbers,
            law=self.figure.law,
            marks=tidy(answer.all_marks),
            facts=(*scope, *self.basis.facts()),
            parts=tuple(map(of_part, answer.parts)),
        )

    def as_dict(self) -> dict[str, Any]:
        """The value without its lineage; `ref` leads to that."""
        answer = self.answer
        return {
            "figure": self.figure.code,
            "title": self.name.as_dict(),
            "stream": self.figure.stream,
            "row": self.figure.row,
            "period": self.question.period,
            "region": self.question.region,
            "filters": dict(self.question.filters),
            "value": self.written(),
            "unit": self.figure.unit,
            "state": answer.state,
            "reason": answer.reason.as_dict() if answer.reason else None,
            "marks": [mark.as_dict() for mark in tidy(answer.all_marks)],
            "ref": self.ref,
            "basis": self.basis.as_dict(),
        }


def figure(
    code: str,
    *,
    title: Text,
    unit: str,
    stream: str,
    row: int | None = None,
    law: str = "",
    of_sector: Text | None = None,
) -> Callable[[Callable[[Question], FigureAnswer]], Callable[[Question], FigureAnswer]]:
    """Register a function as the figure `code`; `row` is its line in the bulletin, if it has one of its own."""

    def register(function: Callable[[Question], FigureAnswer]) -> Callable[[Question], FigureAnswer]:
        present = FIGURES.get(code)
        if present and present.function.__module__ != function.__module__:
            raise ValueError(f"figure {code!r} stands already in {present.function.__module__}")
        meaning = (function.__doc__ or "").strip()
        FIGURES[code] = Figure(code, title, unit, stream, row, function, law, meaning, of_sector)
        return function

    return register


_NO_FIGURE = Text("没有名为“{found}”的数据。现有：{known}", "there is no figure “{found}”. There are: {known}")


def ask(code: str, question: Question) -> FigureValue:
    """The figure of that code, answered."""
    if code not in FIGURES:
        codes = ", ".join(sorted(FIGURES)) or "–"
        raise Unanswerable("FIG-UNKNOWN", _NO_FIGURE.format(found=code, known=codes))
    return FIGURES[code].ask(question)
