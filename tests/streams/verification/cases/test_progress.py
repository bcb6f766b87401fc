"""Reports verified of those that are to be verified: counted once a result was told, with what is not arranged."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cases.progress import verifications
from tests import factories
from tests.factories import World
from tests.workflow.samples import sample

NOVEMBER = datetime(2024, 11, 20, 4, tzinfo=UTC)


@pytest.fixture
def three(plant: Organisation, world: World) -> None:
    """Three plants on the list of 2023: one told its result, one under verification, one not arranged."""
    factories.key_unit(factories.organisation("SECOND", world.city))
    third = factories.key_unit(factories.organisation("THIRD", world.city))
    with unrecorded():
        for firm, state in ((plant, "notified"), (third, "visited")):
            sample(Verification, world, state=state, year=2023, organisation=firm)


@pytest.mark.usefixtures("three")
def test_home_and_the_list_count_the_same_reports(client: Any, officer: Actor) -> None:
    Person.objects.update(state="active", is_active=True)
    client.force_login(Person.objects.get(pk=officer.person_id), backend="django.contrib.auth.backends.ModelBackend")
    with clock.at(NOVEMBER):
        (row,) = verifications(officer)
        page = client.get(row.address).content.decode()
    assert (row.done, row.whole, str(row.share), row.note and row.note.zh) == (1, 3, "33.3", "1 家未安排")
    assert row.address == reverse("verification:cases") + "?year=2023"
    assert "2023 年度应核查 3 家，已告知结果 1 家，未安排 1 家" in page


def test_without_a_list_there_is_no_number(world: World) -> None:
    office = factories.organisation("S97", factories.region("970000"), "authority")
    reader = actor_of(factories.person("reader", ("provincial_officer", office)))
    with clock.at(NOVEMBER):
        assert [(row.done, row.whole, row.share) for row in verifications(reader)] == [(0, None, None)]


@pytest.mark.usefixtures("three")
def test_a_plant_is_told_by_its_own_desk(clerk: Actor) -> None:
    with clock.at(NOVEMBER):
        assert verifications(clerk) == []
