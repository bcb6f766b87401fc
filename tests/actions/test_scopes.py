"""Role × action × whose record: every cell of the printed table is tried, on a real record at each of three places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from docs import reference_actions
from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Proposal
from tanzhi.actions.references import digest, plain, reference
from tanzhi.actions.registry import ACTIONS, Action, Refused, decide, perform
from tanzhi.actions.roles import KNOWN_ROLES, SERVICE
from tests.actions.spots import Spot, Told, holder, spots
from tests.factories import World

PAGE = reference_actions.page().partition("## Who may")[2]
LINES = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| ")]
PRINTED = {row[0]: dict(zip(LINES[0][1:], row[1:], strict=True)) for row in LINES[1:]}


Places = tuple[Spot, Spot, Spot]
SECOND = [name for name, cells in PRINTED.items() if set("".join(cells.values())) & set("◎◉")]


class Undone(Exception):
    """Ends a try, so that the next one finds everything as it was."""


@pytest.fixture
def places(world: World) -> Iterator[Places]:
    """The three places, while every action is bare of what it is told and does: roles, record and place alone."""
    found = spots(world)
    known = dict(ACTIONS)
    ACTIONS.update({name: _bare(entry) for name, entry in known.items()})
    yield found
    ACTIONS.clear()
    ACTIONS.update(known)


def _bare(entry: Action) -> Action:
    bare = replace(entry, function=lambda *_: None, input=Told, leaves=frozenset(), enters=None, second_person=False)
    return replace(
        bare, prepare=None, other_than=(), authors=None, limits=None
    )  # who conflicts with whom: test_two_people


def tried(act: Callable[[], Any]) -> str:
    """The code by which an act is refused; empty where it goes through. Nothing of it stays."""
    try:
        with transaction.atomic():
            act()
            raise Undone
    except Undone:
        return ""
    except Refused as refusal:
        return refusal.code


def doing(entry: Action, actor: Actor, spot: Spot) -> Callable[[], Any]:
    subject, data = spot.of(entry.subject) if entry.subject else None, spot.told
    return lambda: perform(entry.name, actor, subject, data)


def deciding(entry: Action, actor: Actor, spot: Spot) -> Callable[[], Any]:
    """On a proposal that somebody else made about a record of the place."""
    subject = spot.of(entry.subject) if entry.subject else None
    place = subject.place if subject is not None else spot.organisation.place
    proposal = Proposal(
        action=entry.name, subject=reference(subject), subject_id=subject.pk if subject is not None else None,
        subject_revision=getattr(subject, "revision", 0), organisation_id=place.organisation_id,
        region_path=place.region_path, data=plain(spot.told), digest=digest(entry.name, reference(subject), spot.told),
        proposer=1, role="x", proposed_at=clock.now(), expires_at=clock.now().replace(year=2100),
    )  # fmt: skip

    def act() -> None:
        proposal.save()
        decide(proposal, actor, approve=True)

    return act


def printed_actions() -> list[tuple[str, Action]]:
    """Every action has its row, as tests/docs makes sure; what tests made up has none."""
    return [(name, ACTIONS[name]) for name in PRINTED]


def printed(name: str, role: str, signs: str) -> list[str]:
    """What a cell says of the three places, as the code that is expected: none, ACT-ROLE or ACT-SCOPE."""
    cell = PRINTED[name].get(role, "")
    if not set(cell) & set(signs):
        return ["ACT-ROLE"] * 3
    return ["" if sign in signs else "ACT-SCOPE" for sign in cell]


def test_no_role_is_named_that_reaches_no_record_at_all() -> None:
    assert [name for name, cells in PRINTED.items() if "○○○" in cells.values()] == []


@pytest.mark.parametrize("role", KNOWN_ROLES)
def test_a_role_may_do_what_is_printed_on_the_records_that_are_printed(role: str, world: World, places: Places) -> None:
    actor = holder(role, places[0], world.authority)
    found = {name: [tried(doing(entry, actor, spot)) for spot in places] for name, entry in printed_actions()}
    if KNOWN_ROLES[role].reach == "assigned":  # here of the firm that is concerned, which an impartial act refuses
        found = {name: ["" if code == "ACT-OWN" else code for code in codes] for name, codes in found.items()}
    if role == SERVICE.code:  # a program is told why: the act is for people, or nobody there agreed
        same = {"ACT-SERVICE": "ACT-ROLE", "ACT-CONSENT": "ACT-SCOPE"}
        found = {name: [same.get(code, code) for code in codes] for name, codes in found.items()}
    assert found == {name: printed(name, role, "●◉") for name in PRINTED}


@pytest.mark.parametrize("role", KNOWN_ROLES)
def test_a_role_decides_on_what_is_printed_about_the_records_that_are_printed(
    role: str, world: World, places: Places
) -> None:
    """The second person: a proposal is open to those the table names, about the records they reach."""
    actor = holder(role, places[0], world.authority)
    for name in SECOND:
        ACTIONS[name] = replace(ACTIONS[name], second_person=True)
    found = {name: [tried(deciding(ACTIONS[name], actor, spot)) for spot in places] for name in SECOND}
    if role == SERVICE.code:
        assert {code for codes in found.values() for code in codes} == {"ACT-SERVICE"}
        return
    assert found == {name: printed(name, role, "◎◉") for name in SECOND}
