"""What a role reaches, by itself; every cell of role × action × whose record is tried in test_scopes.py."""

from __future__ import annotations

from itertools import groupby

import pytest

from tanzhi.actions.actor import Actor, ActorRole, Place
from tanzhi.actions.registry import ACTIONS, Refused, matrix, perform
from tanzhi.actions.roles import KNOWN_ROLES, PERSON
from tests.factories import World

HERE = Place(organisation_id=7, region_path="990000/990100/", person_id=5)
ELSEWHERE = Place(organisation_id=8, region_path="980000/980100/", person_id=6)
# What each reach means, written down a second time and independently: (reaches here, reaches elsewhere).
REACHES = {
    "own": (True, False),
    "region": (True, False),
    "assigned": (True, False),
    "consented": (True, False),
    "published": (False, False),
    "platform": (True, True),
    "people": (True, True),
    "self": (True, False),
}


def holder(role: str) -> Actor:
    """Somebody of organisation 7 in province 990000 who holds this role and no other."""
    grants = [] if role == PERSON.code else [ActorRole(role, 7, "990000/", frozenset({7}))]
    return Actor(5 if role == PERSON.code else None, role, grants)


@pytest.mark.parametrize("role", KNOWN_ROLES)
def test_a_role_reaches_its_own_place_and_no_other(role: str) -> None:
    actor = holder(role)
    assert (actor.reaches(role, HERE), actor.reaches(role, ELSEWHERE)) == REACHES[KNOWN_ROLES[role].reach]


@pytest.mark.parametrize("role", KNOWN_ROLES)
def test_everybody_sees_what_is_published(role: str) -> None:
    assert holder(role).sees(Place(organisation_id=8, region_path="980000/", published=True))


def test_a_region_whose_code_begins_alike_is_another_region() -> None:
    officer = Actor(1, "x", [ActorRole("city_officer", 7, "990000/990100/")])
    assert not officer.reaches("city_officer", Place(region_path="990000/9901001/"))


def test_the_matrix_has_every_role_against_every_action() -> None:
    rows = {name: [c.role for c in cells] for name, cells in groupby(matrix(), key=lambda c: c.action.name)}
    assert set(rows) == set(ACTIONS)
    assert all(roles == list(KNOWN_ROLES) for roles in rows.values())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["rename", "enter_list", "merge", "close", "add_facility", "assign"])
def test_another_provinces_officer_is_told_there_is_no_such_organisation(
    name: str, world: World, other_officer: Actor
) -> None:
    valid = {
        "rename": {"zh": "甲", "en": "A", "since": "2024-01-01"},
        "enter_list": {"sector": "steel", "since": "2024-01-01", "basis": "x"},
        "merge": {"into": "OTHER", "on": "2024-01-01"},
        "close": {"on": "2024-01-01", "basis": "x"},
        "add_facility": {"code": "F9", "zh": "甲", "en": "A", "region": "990100", "since": "2024-01-01"},
        "assign": {"holder": "VER", "since": "2024-01-01"},
    }
    with pytest.raises(Refused) as refusal:
        perform(f"organisations.{name}", other_officer, world.plant, valid[name])
    assert (refusal.value.code, refusal.value.status) == ("ACT-SCOPE", 404)
