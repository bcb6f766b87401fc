"""The page of a reconciliation, as its readers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.people.model import Person
from tanzhi.streams.market.reconciliation.imports import IMPORT
from tanzhi.streams.market.reconciliation.model import Reconciliation
from tests.sheets import taken_in
from tests.streams.market.conftest import made
from tests.streams.market.reconciliation.test_statement_import import HEADS, ISSUED, NUMBER, SOLD

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.actions.registry import Actor
    from tests.factories import World


def signed_in(client: Client, actor: Actor) -> Client:
    with unrecorded():
        Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    person = Person.objects.get(pk=actor.person_id)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("reader", ["clerk", "officer", "director"])
def test_whoever_sees_the_account_sees_the_groups_and_only_who_may_explains(
    world: World, client: Client, clerk: Actor, reader: str, request: pytest.FixtureRequest
) -> None:
    books = made(world)
    with unrecorded():
        books.move(books.source, books.plant, 1_000)
    taken_in(IMPORT, clerk, HEADS, ISSUED, SOLD, **NUMBER)
    found = Reconciliation.objects.get()
    page = signed_in(client, request.getfixturevalue(reader)).get(found.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert "1 项差异待说明" in text
    assert ("registry.explain_difference" in text) is (reader != "director")
    assert (
        reverse("registry:reconciliation", args=[found.pk])
        in client.get(reverse("registry:reconciliations")).content.decode()
    )


def test_a_stranger_finds_no_such_page(world: World, client: Client, clerk: Actor, stranger: Actor) -> None:
    made(world)
    taken_in(IMPORT, clerk, HEADS, ISSUED, **NUMBER)
    found = Reconciliation.objects.get()
    assert signed_in(client, stranger).get(found.get_absolute_url()).status_code == 404
