"""People of every role who can open pages, and the public."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.requests import CONFIRMED_AT
from tanzhi.organisations.people.roles import ROLES
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import World

SIGNED_IN = [role for role in ROLES if role != "public"]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def home(settings: Any) -> None:
    """The first of the two provinces is the installation's own."""
    settings.TANZHI_PROVINCE = "990000"


def employer(world: World, role: str) -> object:
    """The organisation in which somebody of a role works, in the first of the two provinces."""
    return {
        "enterprise_filer": world.plant,
        "enterprise_approver": world.plant,
        "organisation_head": world.plant,
        "city_officer": world.city_authority,
        "verifier": world.verifier_firm,
        "administrator": None,
        "security_administrator": None,
    }.get(role, world.authority)


@pytest.fixture
def enter(client: Client, world: World) -> Callable[[str], Client]:
    """Signs somebody of a role in; "public" stays outside."""

    def sign_in(role: str) -> Client:
        client.raise_request_exception = False
        if role == "public":
            return client
        held = ("enterprise_filer", world.other_plant) if role == "stranger" else (role, employer(world, role))
        invited = factories.person(f"of_{role}", held)
        Person.objects.filter(pk=invited.pk).update(is_active=True, state="active")
        client.force_login(Person.objects.get(pk=invited.pk), backend=BACKEND)
        session = client.session
        session[CONFIRMED_AT] = timezone.now().timestamp()
        session.save()
        return client

    return sign_in
