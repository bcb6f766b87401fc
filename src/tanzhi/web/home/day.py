"""The home page's parts: what waits for somebody, in the order of its deadlines, and the few figures above it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.bulletin.composition import FigureSentence, headlines
from tanzhi.bulletin.pages import last_half_year
from tanzhi.evidence.log import last_leaf
from tanzhi.figures.publication import readable_of
from tanzhi.figures.questions import Unanswerable
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo

SOON = timedelta(days=6)  # today and the six days after it: a week
OVERDUE = Text("已逾期", "Overdue")
THIS_WEEK = Text("七日之内", "Within seven days")
LATER = Text("以后", "Later")
SHOWN = 12  # of one group, before the rest is folded away
FIGURES = 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, with its deadline in words."""

    todo: Todo
    days: int | None

    @property
    def words(self) -> Text | None:
        """How far off the deadline is; nothing where there is none."""
        if self.days is None:
            return None
        if self.days < 0:
            return Text("逾期 {n} 天", "{n} days late").format(n=-self.days)
        if self.days == 0:
            return Text("今日到期", "due today")
        return Text("还有 {n} 天", "{n} days left").format(n=self.days)

    @property
    def tone(self) -> str:
        if self.days is None or self.days > SOON.days:
            return ""
        return "late" if self.days < 0 else "due"


@dataclass(frozen=True, slots=True)
class DeadlineGroup:
    """Things whose deadlines lie alike: past, within a week, later or none."""

    title: Text
    first: list[Waiting]
    rest: list[Waiting]

    @property
    def count(self) -> int:
        return len(self.first) + len(self.rest)


def by_deadline(todos: list[Todo], today: date) -> list[DeadlineGroup]:
    """Overdue, this week, later: groups with something in them, each in the order of the deadlines."""
    by_title: dict[Text, list[Waiting]] = {OVERDUE: [], THIS_WEEK: [], LATER: []}
    for todo in todos:
        days = todo.days_left(today)
        title = LATER if days is None or days > SOON.days else OVERDUE if days < 0 else THIS_WEEK
        by_title[title].append(Waiting(todo, days))
    return [DeadlineGroup(title, waiting[:SHOWN], waiting[SHOWN:]) for title, waiting in by_title.items() if waiting]


def strip(viewer: Actor) -> list[FigureSentence]:
    """The headline figures of the latest bulletin, as many as a calm strip holds and the reader may see."""
    try:
        statements = _headlines(last_half_year(), clock.today(), settings.TANZHI_PROVINCE, last_leaf())
    except Unanswerable:
        return []
    visible = []
    for statement in statements:
        for value in readable_of([statement.figure], viewer):
            before = readable_of([statement.before], viewer) if statement.before else []
            visible.append(replace(statement, figure=value, before=before[0] if before else None))
    return visible[:FIGURES]


@lru_cache(maxsize=16)
def _headlines(period: str, _day: date, _province: str, _last: str) -> tuple[FigureSentence, ...]:
    """Records change by acts alone, and every act leaves its entry: until the next one the figures stand."""
    return tuple(headlines(period))
