"""From the table of a kind of work to registered actions: permission, API, forms and evidence follow from there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db import IntegrityError, transaction

from tanzhi.actions.insertion import insert, rewrite
from tanzhi.actions.table import Call, action
from tanzhi.actions.witness import writes_alone
from tanzhi.rulebook.kernel.text import Text

from .states import CASE_TYPES, Kind, Move, Opening, case_type

if TYPE_CHECKING:
    from django.db.models import Model

    from .state_record import CaseRecord


class TransitionHook(Protocol):
    """What a layer above adds to every transition, in the same transaction: `workflow` its clocks."""

    def opened(self, call: Call, kind: Kind, case: CaseRecord, opening: Opening) -> None:
        """A record was saved in its first state."""

    def moved(self, call: Call, kind: Kind, case: CaseRecord, move: Move, entered: str) -> None:
        """A move was done; the record is about to be saved in the state `entered`."""

    def ended(self, call: Call, case: CaseRecord) -> None:
        """A record reached an end."""


TRANSITION_HOOKS: list[TransitionHook] = []


def register(kind: Kind) -> None:
    """Make an action of every opening and every move."""
    for opening in kind.openings:
        _register_opening(kind, opening)
    for move in kind.moves:
        if not move.brought:
            register_move(kind, move)


def _register_opening(kind: Kind, opening: Opening) -> None:
    do = opening.do
    if do is None:
        raise ValueError(f"{opening.name} does nothing: it opens a case")

    def run(call: Call, *of: Model) -> CaseRecord:
        if opening.again is None:
            case = begin(call, kind, do(call, *of), opening)
            call.saved = opening.subject is None
            return case
        again = opening.again
        case, is_new = begin_once(call, kind, lambda: do(call, *of), lambda: again(call), opening)
        if not is_new:
            call.enter(case.state)
        call.saved = opening.subject is None  # as it stands; a subject has its next revision to be saved
        return case

    action(
        opening.name,
        label=opening.label,
        by=opening.by,
        place=opening.place,
        subject=opening.subject,
        leaves=opening.leaves,
        limits=opening.limits,
        input=opening.input,
        enters=None if opening.subject else opening.enters or kind.first,
        second_person=opening.second_person,
        approvers=opening.approvers,
        law=opening.law or kind.law,
        prepare=opening.prepare,
        prepares=opening.prepares,
    )(_named(run, kind, do))


def begin(call: Call, kind: Kind, record: CaseRecord, opening: Opening | None = None) -> CaseRecord:
    """Save a new case in its first state and start its clocks; also for actions that open several at once."""
    door = opening or kind.openings[0]
    record.state = door.enters or kind.first
    record.opened_at = call.now
    insert(record)
    for hook in TRANSITION_HOOKS:
        hook.opened(call, kind, record, door)
    return record


def begin_once(
    call: Call,
    kind: Kind,
    new: Callable[[], CaseRecord],
    earlier: Callable[[], CaseRecord | None],
    opening: Opening | None = None,
) -> tuple[CaseRecord, bool]:
    """The case that is there already, or a new one, and whether it is new; somebody may begin it at this moment."""
    if (case := earlier()) is not None:
        return case, False
    try:
        with nullcontext() if writes_alone() else transaction.atomic():
            return begin(call, kind, new(), opening), True
    except IntegrityError:
        if (case := earlier()) is None:
            raise
        return case, False


def bring_along(call: Call, case: CaseRecord, name: str, entered: str = "") -> None:
    """What an act done to another record does to this one, as the table says: its state, its clocks, its revision."""
    kind = case_type(case)
    move = next((move for move in kind.moves if move.name == name and case.state in move.leaves), None)
    state = entered or (move.targets[0] if move and len(move.targets) == 1 else "")
    if move is None or state not in move.targets_from(case.state):
        raise ValueError(f"{kind.name}: {name} does not lead from {case.state} to {state or 'one state'}")
    if move.brought and move.do is not None:
        move.do(call, case)
    _follow(call, kind, case, move, state)
    case.state, case.revision = state, case.revision + 1
    rewrite(case)
    if move.after is not None:
        move.after(call, case)


def register_move(kind: Kind, move: Move) -> None:
    """Make an action of one move; its states, its guard and its clocks come from the table."""

    def run(call: Call, case: CaseRecord) -> Any:
        if move.guard is not None:
            move.guard(call, case)
        result = move.do(call, case) if move.do is not None else None
        # The state that this call leads to; a table that lets `do` choose insists that it does.
        state = call.entered or single
        if isinstance(move.enters, tuple) and state not in move.targets_from(case.state):
            raise ValueError(f"{move.name} chose {state!r}, not one of {move.targets_from(case.state)}")
        _follow(call, kind, case, move, state or case.state)
        case.state, case.revision, call.saved = state or case.state, case.revision + 1, True
        rewrite(case)
        if move.after is not None:
            move.after(call, case)
        return case if result is None else result

    single = move.enters if isinstance(move.enters, str) else None
    action(
        move.name,
        label=move.label,
        by=move.by,
        subject=kind.model,
        leaves=move.leaves,
        enters=single,
        input=move.input,
        second_person=move.second_person,
        approvers=move.approvers,
        expires_days=move.expires_days,
        other_than=move.other_than,
        authors=move.authors,
        limits=move.limits,
        offered=move.offered,
        law=move.law or kind.law,
        prepare=move.prepare,
        prepares=move.prepares,
    )(_named(run, kind, move.do))


def _follow(call: Call, kind: Kind, case: CaseRecord, move: Move, entered: str) -> None:
    """What layers above do at a move; an end state closes the case and stops its clocks, leaving one opens it again."""
    for hook in TRANSITION_HOOKS:
        hook.moved(call, kind, case, move, entered)
    if entered not in kind.ends:
        case.closed_at = None
        return
    case.closed_at = call.now
    for hook in TRANSITION_HOOKS:
        hook.ended(call, case)


def _named(run: Any, kind: Kind, do: Callable[..., Any] | None) -> Any:
    """The function as its room's own, with the room's words: the reference and the registry look at both."""
    run.__module__ = kind.model.__module__ if do is None else do.__module__
    run.__qualname__ = run.__name__ = "move" if do is None else do.__name__
    run.__doc__ = do.__doc__ if do is not None else None
    run.__annotations__["return"] = kind.model  # an opening and a move answer their case: `actions.answers` reads it
    return run


class CaseType(Kind):
    """A kind of work. Declaring it registers it and makes its opening and every move an action."""

    __slots__ = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        register(self)
        CASE_TYPES[self.name] = self


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow: from a state (empty: opening) by an act to a state."""

    before: str
    act: str
    after: str
    move: Move | Opening
    kind: Kind

    @property
    def before_label(self) -> Text | None:
        return self.kind.state(self.before).label if self.before else None

    @property
    def after_label(self) -> Text:
        return self.kind.state(self.after).label


def transitions_of(kind: Kind) -> list[Transition]:
    """Every arrow of the table, the openings first; a move that stays is an arrow to where it is."""
    opened = [Transition("", door.name, door.enters or kind.first, door, kind) for door in kind.openings]
    return opened + [
        Transition(before, move.name, after, move, kind)
        for move in kind.moves
        for before in move.leaves
        for after in move.targets_from(before)
    ]


def dead_ends(kind: Kind) -> list[str]:
    """States that are no end and that nothing leaves."""
    left = {state.before for state in transitions_of(kind) if state.before != state.after}
    return [state.code for state in kind.states if not state.end and state.code not in left]


def unreachable(kind: Kind) -> list[str]:
    """States that no way from the start leads to."""
    arrows = transitions_of(kind)
    reached = {kind.first} | {step.after for step in arrows if not step.before}
    while more := {step.after for step in arrows if step.before in reached} - reached:
        reached |= more
    return [step.code for step in kind.states if step.code not in reached]
