"""Two administrators, of whom one enters and the other approves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.organisations.models import Person
from tanzhi.organisations.requests import CONFIRMED_AT
from tanzhi.organisations.roles import actor_of
from tests import factories
from tests.web.conftest import BACKEND, employer

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.actions.actor import Actor
    from tanzhi.law.models import ParameterEntry
    from tests.factories import World

Enter = Callable[..., "ParameterEntry"]


@pytest.fixture
def other_administrator(db: None) -> Actor:
    return actor_of(factories.person("other_administrator", ("administrator", None)))


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


@pytest.fixture
def enter(administrator: Actor, other_administrator: Actor) -> Enter:
    """Enter a value, proposed by one administrator and approved by another."""

    def entered(**data: Any) -> ParameterEntry:
        proposal = perform("law.enter_parameter", administrator, data=data).proposal
        assert proposal is not None
        result: ParameterEntry = decide(proposal, other_administrator).result
        return result

    return entered
