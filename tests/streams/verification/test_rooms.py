"""What an assignment opens: the register, the reports of the year that is verified, the case; and no other room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from tanzhi.actions.actor import Actor, ActorRole
from tanzhi.actions.registry import ACTIONS, perform
from tanzhi.actions.roles import KNOWN_ROLES, ROOMS
from tanzhi.actions.visibility import NOBODY, audience_of, sees
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.roles import actor_of, public_actor
from tests import factories
from tests.actions.spots import spots
from tests.streams.verification.conftest import report

if TYPE_CHECKING:
    from django.db.models import Model

    from tanzhi.streams.verification.cases.model import Verification
    from tests.factories import World


@pytest.fixture
def case(formed: Verification) -> Verification:
    """As it stands in the database, with its body."""
    formed.refresh_from_db()
    return formed


SUBJECTS = sorted({entry.subject for entry in ACTIONS.values() if entry.subject}, key=lambda m: m._meta.label)
OPEN = {
    "verifier": {
        "organisations.Organisation", "organisations.Facility", "organisations.Unit",  # the register
        "ccer.CreditProject", "ccer.CreditReport", "ccer.PublicComment",  # credits of the organisation
    },
    "bank": set(),
    "service": {"organisations.Organisation", "organisations.Facility", "organisations.Unit",
                "filings.Filing", "filings.LaboratoryReport", "filings.Plan", "verification.CheckHit"},
    # what it prepares with what is asked about it, and the register
}  # fmt: skip


def test_every_role_that_reaches_by_assignment_has_its_rooms() -> None:
    assert (
        ROOMS.keys()
        == OPEN.keys()
        == {code for code, role in KNOWN_ROLES.items() if role.reach in ("assigned", "consented")}
    )


@pytest.mark.parametrize("role", OPEN)
def test_of_all_that_an_organisation_has_an_assignment_alone_opens_these(role: str, world: World) -> None:
    """Every kind of record that an action is done to, one of it at the organisation that was assigned."""
    here = spots(world)[0]
    holder = Actor(None, role, [ActorRole(role, world.verifier_firm.pk, "", frozenset({world.plant.pk}))])
    records: dict[str, Model] = {model._meta.label: here.of(model) for model in SUBJECTS}
    beyond = {label for label, one in records.items() if sees(holder, one) and not sees(public_actor(), one)}
    assert beyond == OPEN[role]


def test_a_verifier_reads_the_report_that_his_body_verifies_and_of_no_other_year(
    case: Verification, filing: Filing, verifier: Actor, world: World
) -> None:
    reader = actor_of(case.members.get(leader=True).person)
    earlier, stranger = report(world.plant, 2022), report(world.other_plant)
    assert [sees(reader, one) for one in (case, filing, *filing.versions.all())] == [True] * 3
    assert [sees(reader, one) for one in (earlier, stranger, world.plant.grants.first() or earlier)] == [False] * 3
    assert set(Filing.objects.visible_to(reader)) == {filing}
    assert sees(reader, world.plant)


def test_the_assignment_of_another_body_opens_neither_case_nor_report(case: Verification, world: World) -> None:
    firm = factories.organisation("VER3", world.province, "verifier")
    perform("organisations.assign", factories.PLATFORM, world.plant, {"holder": "VER3", "since": factories.SINCE})
    other = actor_of(factories.person("of_another", ("verifier", firm)))
    assert [sees(other, one) for one in (case, case.filing)] == [False, False]
    assert sees(other, world.plant)


def test_the_rule_on_a_row_and_the_rule_of_its_list_say_the_same(case: Verification, world: World) -> None:
    """`ActorRole.reaches` and `scope` are one law in two languages: for every role, over every kind with a place."""
    here = spots(world)[0]
    path, firm = world.city.path, case.body
    assert firm is not None
    year = frozenset({(world.plant.pk, 2023)})
    readers = [
        Actor(None, role, [ActorRole(role, firm.pk, path, frozenset({world.plant.pk}), year)]) for role in KNOWN_ROLES
    ]
    odd = []
    for model in apps.get_models():
        rows: Any = model._default_manager
        if not (hasattr(rows, "visible_to") and hasattr(model, "place") and hasattr(rows.all(), "fields")):
            continue
        if audience_of(model) in (NOBODY, "part_of", "seen_by") or model._meta.label in OWN_RULES:
            continue
        row = here.of(model) if model._meta.label != "verification.Verification" else case
        if model.__module__.startswith("tanzhi."):
            odd += [
                (model._meta.label, reader.name)
                for reader in readers
                if reader.sees(row.place) != rows.visible_to(reader).filter(pk=row.pk).exists()
            ]
    assert odd == []


OWN_RULES = {
    "organisations.Organisation",  # its own place carries no room, because its records take it over
    "organisations.Facility",
    "organisations.Unit",
    "registry.Cycle",  # a public fact; its list is for whoever works with it
    "organisations.SignOnBinding",  # whoever keeps the accounts sees it, as he sees people
}


def test_an_assignment_that_has_ended_opens_nothing(case: Verification, verifier: Actor) -> None:
    grant = replace(verifier.grants[0], assigned=frozenset())
    ended = Actor(verifier.person_id, verifier.name, [grant])
    assert [sees(ended, one) for one in (case, case.filing, case.organisation)] == [False] * 3
