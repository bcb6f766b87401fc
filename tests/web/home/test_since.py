"""What others moved since the visit before this one: of what the reader may see, a few, and nothing of his own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.models import Performed
from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.bulletin.models import Edition
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.requests import PREVIOUS_VISIT
from tanzhi.web.home.since import MOST_RECORDS, SHOWN, changes_since
from tanzhi.workflow.notices.model import Notice
from tests import factories

if TYPE_CHECKING:
    from tests.factories import World


def open_months(clerk: Actor, world: World, *months: int) -> list[Any]:
    data = {"form_code": "power.month", "organisation_id": world.plant.pk}
    return [perform("filings.open", clerk, data=data | {"period": f"2024-{month:02d}"}).result for month in months]


def names(actor: Actor, minutes: int = 5) -> list[str]:
    return [change.address for change in changes_since(actor, clock.now() - timedelta(minutes=minutes)).records]


def test_a_month_that_somebody_began_is_a_change_for_whoever_sees_it_and_not_for_himself(
    world: World, clerk: Actor, approver: Actor, officer: Actor, stranger: Actor, other_officer: Actor
) -> None:
    (month,) = open_months(clerk, world, 3)
    here = [month.get_absolute_url()]
    assert (names(approver), names(officer)) == (here, here)
    assert (names(clerk), names(stranger), names(other_officer)) == ([], [], [])
    (change,) = changes_since(officer, clock.now() - timedelta(minutes=5)).records
    assert (change.name, change.state) == (month.name, month.state_label)


@pytest.mark.usefixtures("world")
def test_what_was_done_before_the_visit_is_no_change(world: World, clerk: Actor, officer: Actor) -> None:
    open_months(clerk, world, 3)
    assert names(officer, minutes=-1) == []


def test_a_new_edition_is_a_change_for_a_plant_that_does_not_see_the_province_s_trail(
    world: World, officer: Actor, director: Actor, clerk: Actor, settings: Any
) -> None:
    settings.TANZHI_PROVINCE = "990000"
    draft = perform("bulletin.draft", officer, data={"period": "2024H1", "region": "990000"}).result
    assert names(clerk) == []
    proposal = perform("bulletin.publish", officer, draft, {"remark": "all settled"}).proposal
    assert proposal is not None
    decide(proposal, director, True, "agreed")
    assert names(clerk) == [Edition.objects.get().get_absolute_url()]


def test_few_records_are_listed_and_the_queries_do_not_grow_with_them(
    world: World, clerk: Actor, officer: Actor
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            names(officer)
        return len(queries)

    open_months(clerk, world, 1, 2)
    few = asked()
    open_months(clerk, world, *range(3, 13))
    changes = changes_since(officer, clock.now() - timedelta(minutes=5))
    assert (len(changes.records), changes.more) == (SHOWN, True)
    assert asked() <= few + SHOWN  # the name of each record that is listed


def test_what_is_no_case_takes_no_case_s_place(world: World, clerk: Actor, officer: Actor) -> None:
    (month,) = open_months(clerk, world, 3)
    whose = {"organisation_id": world.plant.pk, "region_path": world.plant.region.path}
    for number in range(MOST_RECORDS + 1):
        Performed.objects.create(
            action="cases.acknowledge", subject=f"cases.letter:{number}", state_after="acknowledged", digest="",
            role="city_officer", actor=4711, at=clock.now(), **whose,
        )  # fmt: skip
    assert names(officer) == [month.get_absolute_url()]


def test_only_unread_notices_of_the_person_himself_are_listed(world: World, clerk_person: Person, clerk: Actor) -> None:
    other, now = factories.person("other_clerk", ("enterprise_filer", world.plant)), clock.now()
    for person, key, read_at in ((clerk_person, "a", None), (clerk_person, "b", now), (other, "c", None)):
        Notice.objects.create(
            person=person, kind="late", key=key, title_zh=key, title_en=key, address="/", at=now, read_at=read_at
        )
    since = changes_since(clerk, now - timedelta(minutes=5))
    assert [notice.key for notice in since.notices] == ["a"]


def test_home_tells_of_changes_from_the_second_sign_in_on(clerk_person: Person, client: Client) -> None:
    entry = {"username": clerk_person.sign_in_name, "password": factories.PASSWORD}
    client.post(reverse("organisations:sign_in"), entry)
    assert 'id="since"' not in client.get("/").content.decode()
    first = Person.objects.get(pk=clerk_person.pk).last_login
    client.post(reverse("organisations:sign_out"))
    client.post(reverse("organisations:sign_in"), entry)
    assert first is not None
    assert client.session[PREVIOUS_VISIT] == first.timestamp()
    page = client.get("/").content.decode()
    assert 'id="since"' in page
    assert f'hx-get="{reverse("registry:desk", args=["PLANT"])}?part=figures"' in page
