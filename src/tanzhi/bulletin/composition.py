"""Composes a bulletin for a period: every value asked of its figure, every sentence filled from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.actions import clock
from tanzhi.figures import FigureValue, Question, Span, ask
from tanzhi.figures.amounts import moved
from tanzhi.figures.basis import ReleaseBasis, basis
from tanzhi.figures.nodes import reservations
from tanzhi.figures.places import region_of
from tanzhi.figures.wording import amount_of, difference, value_text
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.states import STATES
from tanzhi.rulebook.kernel.text import same
from tanzhi.rulebook.kernel.trace import tidy

from .content import SCHEMA, BulletinContent
from .rows import A_YEAR_AGO, BulletinPlan, PlannedLine, PlannedRow
from .rows_version import plan_on

TITLE = Text("应对气候变化工作发布稿，{period}", "Bulletin on climate work, {period}")
TO_COME = Text("待{stream}建成后给出", "to come: {stream}")
EMPTY = same("—")
# Chinese print sets no space between a number and the words beside it: 20家, not 20 家
SPACED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\d−])|(?<=[\d%]) +(?=[\u3000-\u9fff\uff00-\uffef])")
COMPARED = Text("较{period}{change} %", "{change} % against {period}")
NONE = Text("{title}：{period}尚无（{value}）。", "{title}: none yet in {period} ({value}).")
ABSENT = Text("{period}“{title}”暂无数据：{why}。", "“{title}” for {period}: no figure yet, {why}.")


@dataclass(frozen=True, slots=True)
class FigureSentence:
    """One sentence of the bulletin with the figure that it rests on."""

    line: PlannedLine
    figure: FigureValue
    before: FigureValue | None = None

    @property
    def sentence(self) -> Text:
        """Filled from the figure; an absent value is said, with its reason, and never printed as a zero."""
        return tight(self._filled)

    @property
    def _filled(self) -> Text:
        figure, period = self.figure, self.figure.question.span.title
        if figure.value is None:
            why = figure.answer.reason or self.state_label
            return ABSENT.format(title=figure.name, period=period, why=why)
        if figure.value == 0 and figure.answer.scope is None and "{scope}" in self.line.sentence.zh:
            return NONE.format(title=figure.name, period=period, value=value_text(figure))
        change = moved(figure.value, self.line.manner) if isinstance(figure.value, Decimal) else EMPTY
        scope = figure.answer.scope or EMPTY
        return self.line.sentence.format(
            period=period, value=value_text(figure, self.line.manner), scope=scope, change=change
        )

    @property
    def title(self) -> Text:
        """The figure with its period, for a strip of figures."""
        words = Text("{title}，{period}", "{title}, {period}")
        return words.format(title=self.figure.name, period=self.figure.question.span.title)

    @property
    def state_label(self) -> Text:
        return STATES[self.figure.answer.state]

    @property
    def reservations(self) -> tuple[Text, ...]:
        return tuple(map(tight, reservations(tidy(self.figure.answer.all_marks))))

    @property
    def comparison(self) -> Text | None:
        """Against the same period a year before, where both are known."""
        now, before = self.figure.value, self.before.value if self.before else None
        if self.before is None or not isinstance(now, Decimal) or not isinstance(before, Decimal) or not before:
            return None
        return COMPARED.format(period=self.before.question.span.title, change=difference(now, before))

    def as_dict(self) -> dict[str, Any]:
        amount = amount_of(self.figure, self.line.manner)
        content = self.figure.as_dict()
        del content["basis"]  # the bulletin's own stands for all of its figures
        return {
            **content,
            "sentence": self.sentence,
            "short": amount.short if amount else self.state_label,
            "full": amount.full if amount else None,
            "unit_words": self.figure.figure.unit_words,
            "state_label": self.state_label,
            "scope": self.figure.answer.scope,
            "reservations": self.reservations,
            "comparison": self.comparison,
            "headline": self.line.headline,
        }


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row with its statements, or with the words that say what it waits for."""

    row: PlannedRow
    stream: Text
    statements: tuple[FigureSentence, ...]

    @property
    def waiting(self) -> Text | None:
        return None if self.statements else TO_COME.format(stream=self.stream)

    def as_dict(self) -> dict[str, Any]:
        return {
            "row": self.row.number,
            "stream": self.row.stream,
            "title": self.row.title,
            "figures": [statement.as_dict() for statement in self.statements],
            "waiting": self.waiting,
        }


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin as composed now."""

    span: Span
    region: str
    place: Text
    streams: dict[str, Text]
    rows: tuple[PrintedRow, ...]
    basis: ReleaseBasis
    rows_version: int = 0

    @property
    def title(self) -> Text:
        return TITLE.format(period=self.span.title)

    @property
    def printed(self) -> tuple[PrintedRow, ...]:
        return tuple(row for row in self.rows if row.statements)

    @property
    def waiting(self) -> tuple[PrintedRow, ...]:
        return tuple(row for row in self.rows if not row.statements)

    @property
    def content(self) -> BulletinContent:
        """The tree that an edition keeps, and from which every form is made."""
        return BulletinContent.model_validate(
            {
                "schema": SCHEMA,
                "title": self.title,
                "period": self.span.code,
                "region": self.region,
                "place": self.place,
                "streams": [{"stream": code, "title": words} for code, words in self.streams.items()],
                "rows_version": self.rows_version,
                "rows": [row.as_dict() for row in self.rows],
                "basis": self.basis.as_dict(),
            }
        )

    def as_dict(self) -> dict[str, Any]:
        return self.content.as_dict()


def compose(period: str, region: str = "", rows: BulletinPlan | None = None) -> Bulletin:
    """The bulletin of a period for a region (the home province where none is named)."""
    version, lines = (0, rows) if rows else plan_on(clock.today())
    question = Question(period, region)
    span, place = question.span, region_of(question).name
    printed = (
        PrintedRow(r, lines.streams[r.stream], tuple(_statement(line, line.span(span), region) for line in r.lines))
        for r in lines.rows
    )
    return Bulletin(span, region, place, lines.streams, tuple(printed), basis(), version)


def tight(words: Text) -> Text:
    """The same words, their Chinese without spaces beside numbers."""
    return Text(SPACED.sub("", words.zh), words.en)


def headlines(period: str, region: str = "", rows: BulletinPlan | None = None) -> list[FigureSentence]:
    """The statements that the rows' data marks as headlines; only these figures are asked."""
    span = Question(period, region).span
    lines = [line for row in (rows or plan_on(clock.today())[1]).rows for line in row.lines if line.headline]
    return [_statement(line, line.span(span), region) for line in lines]


def _statement(line: PlannedLine, span: Span, region: str) -> FigureSentence:
    figure = ask(line.code, Question(span.code, region, line.filters))
    before = None
    if line.compare == A_YEAR_AGO:
        before = ask(line.code, Question(span.same_a_year_ago.code, region, line.filters))
    return FigureSentence(line, figure, before)
