"""The bulletin before and after other words: the newest published edition, its numbers as they are, said otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.bulletin.composition import FigureSentence
from tanzhi.bulletin.content import PrintedLine
from tanzhi.bulletin.models import PUBLISHED, Edition
from tanzhi.bulletin.rows import BulletinPlan, PlannedLine, PlannedRow
from tanzhi.bulletin.rows_version import RowsVersion, plan_on
from tanzhi.figures import FigureAnswer, FigureValue, Question
from tanzhi.figures.basis import ReleaseBasis, basis
from tanzhi.figures.registry import FIGURES
from tanzhi.presentation.forms.preview import PARTS, PagePart
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.rehearsal import Trial


@dataclass(frozen=True, slots=True)
class RewordedRow:
    """A row whose title or sentences differ: each before and after, as the newest bulletin would print them."""

    number: int
    titles: tuple[Text, Text]
    sentences: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Rewording:
    """All that two plans say otherwise, in the numbers of one edition; without one in their placeholders."""

    edition: Edition | None
    rows: tuple[RewordedRow, ...]
    order: tuple[tuple[Text, list[int], list[int]], ...]  # chapters whose rows stand in another order
    chapters: tuple[list[Text], list[Text]] | None


def rewording(before: BulletinPlan, after: BulletinPlan) -> Rewording:
    """What a bulletin says before and after."""
    edition = Edition.objects.filter(state=PUBLISHED).select_related("region").order_by("-published_at", "-pk").first()
    printed = {row.number: {line.name: line for line in row.lines} for row in edition.content.rows} if edition else {}
    ground = basis()

    def words_of(row: PlannedRow, line: PlannedLine) -> Text:
        stated = printed.get(row.number, {}).get(line.name)
        return line.sentence if stated is None else sentence(stated, line, ground)

    earlier, rows = {row.number: row for row in before.rows}, []
    for row in sorted(after.rows, key=lambda row: row.number):
        old = earlier[row.number]
        pairs = [
            (words_of(old, line), words_of(row, other))
            for line, other in zip(old.lines, row.lines, strict=True)
            if line != other
        ]
        if pairs or old.title != row.title:
            rows.append(RewordedRow(row.number, (old.title, row.title), tuple(pairs)))
    orders = [(words, _numbers(before, code), _numbers(after, code)) for code, words in after.streams.items()]
    chapters = [list(each.streams.values()) for each in (before, after)]
    return Rewording(
        edition,
        tuple(rows),
        tuple((words, old, new) for words, old, new in orders if old != new),
        (chapters[0], chapters[1]) if chapters[0] != chapters[1] else None,
    )


def _numbers(plan: BulletinPlan, stream: str) -> list[int]:
    return [row.number for row in plan.rows if row.stream == stream]


def sentence(stated: PrintedLine, line: PlannedLine, ground: ReleaseBasis) -> Text:
    """A published figure in the words of a line: its number, scope and period are those that were published."""
    question = Question(stated.period, stated.region, stated.filters)
    empty = FigureValue(FIGURES[line.code], question, FigureAnswer(None, stated.state), ground)
    value = None if stated.written is None else empty.read(stated.written)
    answer = FigureAnswer(value, stated.state, reason=stated.reason, scope=stated.scope)
    return FigureSentence(line, FigureValue(FIGURES[line.code], question, answer, ground)).sentence


CHANGING = {"bulletin.reword", "bulletin.rearrange", "bulletin.move_chapter", "bulletin.take_earlier_rows"}


def before_and_after(trial: Trial) -> Callable[[], PagePart | None]:
    """Beside a changed sentence what it was; beside an adoption what is in force."""
    version = trial.after
    if not isinstance(version, RowsVersion) or trial.action.name not in CHANGING | {"bulletin.adopt_rows"}:
        return lambda: None
    if trial.action.name in CHANGING and isinstance(trial.before, RowsVersion):
        before = trial.before.content
    else:
        before = plan_on(clock.today())[1]
    records = rewording(before, version.content)
    return lambda: PagePart("bulletin/rewording.html", records)


PARTS["bulletin"] = before_and_after
