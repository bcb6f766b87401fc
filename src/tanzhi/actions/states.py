"""The table of a kind of work: its states, how it is opened, the moves between states, their clocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from tanzhi.actions.table import Input
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from django.db.models import Model
    from pydantic import BaseModel

    from tanzhi.actions.table import Authors, Call, Limits, Where


class DeadlineRule(Protocol):
    """A deadline as a table names it; how its days are counted and who is reminded is for `workflow` to say."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def law(self) -> str: ...
    @property
    def unit(self) -> str:
        """The convention by which its days are counted."""

    @property
    def remind(self) -> tuple[int, ...]:
        """Days before the end at which reminders go out."""

    @property
    def who(self) -> Set[str]:
        """Roles that must act."""

    @property
    def escalate(self) -> Set[str]:
        """Roles that hear of it once it is late."""

    def last_day(self, call: Call, case: Any) -> date | None:
        """The last day on which it is kept, if it begins with this call; None where the law names none."""


@dataclass(frozen=True, slots=True)
class State:
    """A state: its name, its colour (ok, due, late, info), whether it ends the case, whether it lies off the way."""

    code: str
    label: Text
    tone: str = ""
    end: bool = False
    aside: bool = False  # shown in the strip only while the case is or was in it


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case comes into being: `do(call)` returns the record, saved or not.

    Named in the table, or written below the opening as below a decorator, so that an act stands whole in one place.

    `again(call)` finds the one that is there already, where opening it twice gives the same: it stays as it stands.
    One that is opened from another record (`subject`, in one of the states `leaves`) is `do(call, record)`.
    """

    name: str
    label: Text
    by: Set[str]
    do: Callable[..., Any] | None = None
    place: Where | None = None  # None: where its subject is
    input: type[BaseModel] = Input
    enters: str = ""  # empty: the start of its type
    starts: tuple[DeadlineRule, ...] = ()
    second_person: bool = False
    approvers: Set[str] = field(default_factory=frozenset)
    law: str = ""
    prepare: Callable[[Any, Any], Any] | None = None
    again: Callable[[Any], Any] | None = None
    subject: type[Model] | None = None
    leaves: Set[str] = field(default_factory=frozenset)
    limits: Limits | None = None  # what a role reaches but does not open
    prepares: bool = False  # as of an action: a program does it too

    def __call__(self, do: Callable[..., Any]) -> Opening:
        return replace(self, do=do)


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: from these states, this act, by these roles, to that state, with these clocks.

    What it does is named in the row, or written below it as below a decorator.
    """

    name: str
    label: Text
    leaves: tuple[str, ...]
    enters: str | tuple[str, ...] | None  # None stays; several: `do` chooses by call.enter()
    by: Set[str]
    enters_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # which of these, by the state it leaves
    input: type[BaseModel] = Input
    do: Callable[[Any, Any], Any] | None = None
    guard: Callable[[Any, Any], None] | None = None
    after: Callable[[Any, Any], None] | None = None  # what follows once the record stands in its new state
    starts: tuple[DeadlineRule, ...] = ()
    starts_in: Mapping[str, tuple[DeadlineRule, ...]] = field(default_factory=dict)  # by the state that `do` chose
    stops: tuple[DeadlineRule, ...] = ()
    pauses: tuple[DeadlineRule, ...] = ()
    resumes: tuple[DeadlineRule, ...] = ()
    second_person: bool = False
    approvers: Set[str] = field(default_factory=frozenset)
    expires_days: int = 14
    page: str = ""  # the room's own form page, "room:name"; empty: the form made of the input
    limits: Limits | None = None  # what a role reaches but does not do this to
    offered: Callable[[Any], bool] | None = None  # as of an action: what a page looks at beside state and reach
    asks: Set[str] = field(default_factory=frozenset)  # whose to-do it is; empty: whoever may do it
    brought: bool = False  # the action of this name, done to another record, brings it along
    todo: Text | None = None  # how it stands among the things to do of whoever may do it, with {name} of the case
    todo_in: Mapping[str, Text] = field(default_factory=dict)  # the same, where a state asks for it in other words
    forward: bool = True  # the way the case is to go; taking back, sending back, an exception: never the first button
    on_page: bool = False  # its form stands on the page of the case itself, which needs no button for it
    law: str = ""
    other_than: tuple[str | tuple[str, ...], ...] = ()  # whose work it decides on, as an action declares it
    authors: Authors | None = None
    prepare: Callable[[Any, Any], Any] | None = None
    prepares: bool = False  # as of an action: a program does it too

    def __call__(self, do: Callable[[Any, Any], Any]) -> Move:
        return replace(self, do=do)

    @property
    def targets(self) -> tuple[str, ...]:
        """States that it may enter; empty: it stays."""
        if self.enters is None:
            return ()
        return (self.enters,) if isinstance(self.enters, str) else self.enters

    def targets_from(self, before: str) -> tuple[str, ...]:
        """States that it may enter from one state."""
        return self.enters_from.get(before) or self.targets or (before,)

    @property
    def clocks(self) -> tuple[DeadlineRule, ...]:
        by_state = [limit for limits in self.starts_in.values() for limit in limits]
        return (*self.starts, *by_state, *self.stops, *self.pauses, *self.resumes)


@dataclass(frozen=True, slots=True)
class Findings:
    """Who raises, answers and closes findings in cases of a type, and how long an answer may take."""

    raises: Set[str]
    answers: Set[str]
    closes: Set[str]
    answer: DeadlineRule


@dataclass(frozen=True, slots=True)
class Kind:
    """The table of a kind of work: its states, how it is opened, its moves."""

    name: str
    model: type[Any]
    title: Text
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    opening: Opening | tuple[Opening, ...] = ()
    start: str = ""
    findings: Findings | None = None
    comments: Set[str] | None = None  # roles that may comment and attach; None: all that reach the case
    law: str = ""
    further: tuple[DeadlineRule, ...] = ()  # deadlines that acts start for somebody in the case, each for himself
    rows_to_do: Callable[[Any, Any], Any] | None = None  # narrows visible rows to those that an actor is asked about

    def __post_init__(self) -> None:
        # A table that names a state it does not have fails when the program starts.
        codes = {state.code for state in self.states}
        named = {self.first} | {state.enters for state in self.openings if state.enters}
        named |= {code for move in self.moves for code in (*move.leaves, *move.targets)}
        if named - codes:
            raise ValueError(f"{self.name}: unknown states {sorted(named - codes)}; known: {sorted(codes)}")
        for code, count in Counter(state.code for state in self.states).items():
            if count > 1:
                raise ValueError(f"{self.name}: state {code} stands twice")

    @property
    def openings(self) -> tuple[Opening, ...]:
        return self.opening if isinstance(self.opening, tuple) else (self.opening,)

    @property
    def first(self) -> str:
        """The state in which a case begins."""
        return self.start or self.states[0].code

    def leaving(self, *acts: str) -> frozenset[str]:
        """States in which one of these moves can be done: a page, a list or a to-do asks, it does not name them."""
        unknown = set(acts) - {move.name for move in self.moves}
        if unknown:
            raise LookupError(f"{self.name} has no move {sorted(unknown)}")
        return frozenset(code for move in self.moves if move.name in acts for code in move.leaves)

    @property
    def asked_by_moves(self) -> frozenset[str]:
        """Deadlines that stand among the things to do as the move that keeps them."""
        return frozenset(limit.code for move in self.moves if move.todo for limit in move.stops)

    def state(self, code: str) -> State:
        return next((state for state in self.states if state.code == code), State(code, Text(code, code)))

    @property
    def words(self) -> dict[str, Text]:
        """State codes in words, for a column of a list."""
        return {state.code: state.label for state in self.states}

    @property
    def tones(self) -> dict[str, str]:
        return {state.code: state.tone for state in self.states}

    @property
    def ends(self) -> frozenset[str]:
        return frozenset(state.code for state in self.states if state.end)

    @property
    def limits(self) -> dict[str, DeadlineRule]:
        """Every deadline of this kind of work, by its code."""
        limits = [limit for opening in self.openings for limit in opening.starts]
        limits += [limit for move in self.moves for limit in move.clocks]
        limits += [*self.further, *([self.findings.answer] if self.findings else [])]
        return {limit.code: limit for limit in limits}


CASE_TYPES: dict[str, Kind] = {}


def case_type(record: Model | type[Model]) -> Kind:
    """The kind of work that a record is."""
    model = record if isinstance(record, type) else type(record)
    kind = next((kind for kind in CASE_TYPES.values() if kind.model is model), None)
    if kind is None:
        raise LookupError(f"{model.__name__} is no case: declare a CaseType for it")
    return kind
