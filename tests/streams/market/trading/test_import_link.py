"""The page of trades leads whoever may to the import of a sheet, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.people.model import Person
from tanzhi.streams.market.trading.imports import IMPORT
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import World


@pytest.mark.parametrize(("role", "leads"), [("provincial_officer", True), ("auditor", False)])
def test_the_import_is_offered_to_whom_it_is_for(world: World, client: Client, role: str, leads: bool) -> None:
    person = factories.person(f"of_{role}", (role, world.authority))
    with unrecorded():
        Person.objects.filter(pk=person.pk).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=person.pk), backend="django.contrib.auth.backends.ModelBackend")
    assert (IMPORT.address in client.get(reverse("exchange:trades")).content.decode()) is leads
