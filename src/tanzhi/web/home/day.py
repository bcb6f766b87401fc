"""The home page's parts: what somebody is to decide, do and watch, by deadline, and the few figures above it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.bulletin.composition import FigureSentence, headlines
from tanzhi.bulletin.serving import last_half_year
from tanzhi.evidence.until_next_act import UntilNextAct
from tanzhi.figures.publication import readable_of
from tanzhi.figures.questions import Unanswerable
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import DECIDE, DO, READERS, WATCH, Todo

SOON = timedelta(days=6)  # today and the six days after it: a week
FIRST = 12  # lines of one section, and parts of one line, on the home page; all of them have a page of their own
FIGURES = 7
PROVINCE = {"provincial_officer", "provincial_director", "auditor"}
"""Whose work the province's figures are."""
SECTIONS = {
    DECIDE: Text("待审批", "To decide"),
    DO: Text("待办理", "To do"),
    WATCH: Text("关注与督办", "To watch"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, with its deadline in words."""

    todo: Todo
    days: int | None
    parts: tuple[Waiting, ...] = ()  # several that are alike, in one line

    @property
    def first_parts(self) -> tuple[Waiting, ...]:
        return self.parts[:FIRST]

    @property
    def more_parts(self) -> int:
        """How many there are beside the first."""
        return max(0, len(self.parts) - FIRST)

    @property
    def title(self) -> Text:
        """What it is called; several alike by what they have in common, and how many they are."""
        if not self.parts or self.todo.alike is None:
            return self.todo.title
        return Text("{alike}（{n} 项）", "{alike} ({n})").format(alike=self.todo.alike, n=len(self.parts))

    @property
    def words(self) -> Text | None:
        """How far off the deadline is; nothing where there is none."""
        if self.days is None:
            return None
        if self.days == -1:
            return Text("逾期 1 天", "1 day late")
        if self.days < 0:
            return Text("逾期 {n} 天", "{n} days late").format(n=-self.days)
        if self.days == 0:
            return Text("今日到期", "due today")
        if self.days == 1:
            return Text("还有 1 天", "1 day left")
        return Text("还有 {n} 天", "{n} days left").format(n=self.days)

    @property
    def tone(self) -> str:
        if self.days is None or self.days > SOON.days:
            return ""
        return "late" if self.days < 0 else "due"


@dataclass(frozen=True, slots=True)
class TaskSection:
    """What is to be decided, done or watched, the most urgent first."""

    code: str
    title: Text
    first: list[Waiting]
    rest: int  # lines beside the first
    count: int
    late: int


def by_section(todos: list[Todo], today: date) -> list[TaskSection]:
    """To decide, to do, to watch: sections with something in them, each by deadline, what is alike in one line."""
    by_code: dict[str, list[Todo]] = {code: [] for code in SECTIONS}
    for todo in todos:
        by_code[todo.section].append(todo)
    sections = []
    for code, own in by_code.items():
        alike: dict[Text, list[Waiting]] = {}
        lines: list[list[Waiting]] = []
        for todo in own:
            waiting = Waiting(todo, todo.days_left(today))
            if todo.alike is None:
                lines.append([waiting])
            elif todo.alike in alike:
                alike[todo.alike].append(waiting)
            else:
                alike[todo.alike] = [waiting]
                lines.append(alike[todo.alike])
        # Several that are alike stand where the first of them does.
        merged = [line[0] if len(line) == 1 else replace(line[0], parts=tuple(line)) for line in lines]
        late = sum(days is not None and days < 0 for days in (todo.days_left(today) for todo in own))
        if own:
            sections.append(
                TaskSection(code, SECTIONS[code], merged[:FIRST], len(merged) - len(merged[:FIRST]), len(own), late)
            )
    return sections


_HEADLINES: UntilNextAct[tuple[FigureSentence, ...]] = UntilNextAct(16)
_STRIPS: UntilNextAct[tuple[FigureSentence, ...]] = UntilNextAct(READERS)


def strip(viewer: Actor) -> tuple[FigureSentence, ...]:
    """The headline figures of the latest bulletin, for whose work they are, as many as a calm strip holds."""
    if not viewer.roles & PROVINCE:
        return ()
    asked_on = (clock.today(), settings.TANZHI_PROVINCE)
    return _STRIPS.of((viewer.known_by, *asked_on), lambda: _readable_headlines(viewer, asked_on))


def _readable_headlines(viewer: Actor, asked_on: tuple[date, str]) -> tuple[FigureSentence, ...]:
    period = last_half_year()
    try:
        statements = _HEADLINES.of((period, *asked_on), lambda: tuple(headlines(period)))
    except Unanswerable:
        return ()
    visible = []
    for statement in statements:
        for value in readable_of([statement.figure], viewer):
            before = readable_of([statement.before], viewer) if statement.before else []
            visible.append(replace(statement, figure=value, before=before[0] if before else None))
    return tuple(visible[:FIGURES])
