"""Values that two administrators enter (`enter` of all tests), and people in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.requests import CONFIRMED_AT
from tests import factories
from tests.web.conftest import BACKEND, employer

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.law.models import ParameterEntry
    from tests.factories import World

Enter = Callable[..., "ParameterEntry"]


@pytest.fixture
def signed_in(client: Client, world: World) -> Callable[[str], Client]:
    """Somebody of a role, in a browser."""

    def sign_in(role: str) -> Client:
        invited = factories.person(f"of_{role}", (role, employer(world, role)))
        Person.objects.filter(pk=invited.pk).update(is_active=True, state="active")
        client.force_login(Person.objects.get(pk=invited.pk), backend=BACKEND)
        session = client.session
        session[CONFIRMED_AT] = timezone.now().timestamp()
        session.save()
        return client

    return sign_in
