"""Every kind of work of every room, row by row: each move from its states and from no other, each role cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import transaction
from docs.reference_workflows import OTHER_STATES

from tanzhi.actions.registry import ACTIONS, Refused, perform
from tanzhi.actions.roles import KNOWN_ROLES, SERVICE
from tanzhi.actions.states import CASE_TYPES, Move
from tanzhi.actions.transitions import CaseType, dead_ends, unreachable
from tanzhi.workflow.case.diagram import diagram
from tests.factories import World
from tests.workflow.samples import bare, holder, sample, strangers_to
from tests.workflow.vacation import VACATION

KINDS = sorted({**CASE_TYPES, VACATION.name: VACATION}.values(), key=lambda kind: kind.name)
ROWS = [(kind, move) for kind in KINDS for move in kind.moves if not move.brought]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
every_row = pytest.mark.parametrize(("kind", "move"), ROWS, ids=lambda one: one.name)


def test_every_record_with_a_state_is_a_kind_of_work_or_says_why_not() -> None:
    with_state = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("tanzhi.") and any(field.name == "state" for field in model._meta.fields)
    }
    tables = {kind.model._meta.label for kind in CASE_TYPES.values() if kind is not VACATION}
    assert tables <= with_state
    assert with_state - tables == set(OTHER_STATES)
    assert all(len(reason) > 10 for reason in OTHER_STATES.values())


@every_kind
def test_no_state_is_a_dead_end_or_out_of_reach(kind: CaseType) -> None:
    assert (dead_ends(kind), unreachable(kind)) == ([], [])


@every_kind
def test_the_diagram_shows_every_state_and_every_act(kind: CaseType) -> None:
    for language in ("zh", "en"):
        drawn = diagram(kind, language)
        words = [one.label for one in (*kind.states, *kind.openings, *kind.moves)]
        assert all(getattr(text, language).replace(":", "：") in drawn for text in words)


@every_kind
def test_an_opening_is_refused_to_every_role_that_the_table_does_not_name(kind: CaseType, world: World) -> None:
    place = world.plant.place
    for opening in kind.openings:
        for role in strangers_to(opening.by):
            with pytest.raises(Refused) as refused:
                perform(opening.name, holder(role, place))
            assert (opening.name, role, refused.value.code) == (opening.name, role, "ACT-ROLE")


BACKWARDS = (
    "撤",
    "退回",
    "不予",
    "取消",
    "终止",
    "注销",
    "废止",
    "否决",
    "退库",
    "移出",
    "重启",
    "停用",
    "再核",
    "异议",
)


@every_row
def test_what_takes_back_sends_back_or_ends_before_its_time_is_no_way_forward(kind: CaseType, move: Move) -> None:
    assert not (move.forward and any(word in move.label.zh for word in BACKWARDS))


@every_kind
def test_a_case_that_stands_has_a_way_forward(kind: CaseType) -> None:
    """Of a state that somebody leaves; what is published or entered for good is only taken back."""
    lasting = {
        "published",
        "on_record",
        "recorded",
        "in_force",
        "approved",
        "library",
        "registered",
        "archived",
        "adopted",
    }
    open_states = {state.code for state in kind.states if not state.end} - lasting
    assert open_states <= {code for move in kind.moves if move.forward for code in move.leaves}


@contextmanager
def taken_back() -> Iterator[None]:
    """A case of its own for each state: what a database keeps for ever is no case to delete."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@every_row
def test_a_move_leads_from_each_of_its_states_to_where_the_table_says(kind: CaseType, move: Move, world: World) -> None:
    with bare(kind, move):
        for state in move.leaves:
            with taken_back():
                case = sample(kind.model, world, state=state)
                role = next(code for code in KNOWN_ROLES if code in move.by)
                perform(move.name, holder(role, case.place), case)
                case.refresh_from_db()
                assert case.state == move.targets_from(state)[0]
                assert (case.closed_at is not None) == (case.state in kind.ends)


@every_row
def test_a_move_is_refused_from_every_other_state(kind: CaseType, move: Move, world: World) -> None:
    role = next(code for code in KNOWN_ROLES if code in move.by)
    with bare(kind, move):
        for state in (one.code for one in kind.states if one.code not in move.leaves):
            with taken_back():
                case = sample(kind.model, world, state=state)
                with pytest.raises(Refused) as refused:
                    perform(move.name, holder(role, case.place), case)
                assert (state, refused.value.code) == (state, "ACT-STATE")


@every_row
def test_a_move_is_open_to_the_roles_of_its_row_and_to_no_other(kind: CaseType, move: Move, world: World) -> None:
    programs = {SERVICE.code} if ACTIONS[move.name].prepares else set()  # for organisations that agreed
    assert ACTIONS[move.name].by == frozenset(move.by) | programs
    case = sample(kind.model, world, state=move.leaves[0])
    with bare(kind, move):
        for role in strangers_to({*move.by, *programs}):
            with pytest.raises(Refused) as refused:
                perform(move.name, holder(role, case.place), case)
            assert (role, refused.value.code) == (role, "ACT-ROLE")
