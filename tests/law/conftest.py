"""Values that two administrators enter (`enter` of all tests), and people in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tanzhi.actions.refusal import Refused
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.requests import CONFIRMED_AT
from tests import factories
from tests.web.conftest import BACKEND, employer

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.law.models import ParameterEntry
    from tests.factories import World

Enter = Callable[..., "ParameterEntry"]
IN_CONFLICT = {"AT-ONCE", "MISSING", "SAME", "OWN-ACT", "ALTERED", "MEANWHILE", "CHANGED"}
"""Refusals of a request that is in order, because of what it is about: 409 of HTTP. All others are 422."""


@pytest.fixture(autouse=True)
def each_refusal_has_the_status_of_its_kind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    refusals: list[Refused] = []
    init = Refused.__init__

    def noted(refused: Refused, *arguments: Any, **keywords: Any) -> None:
        init(refused, *arguments, **keywords)
        refusals.append(refused)

    monkeypatch.setattr(Refused, "__init__", noted)
    yield
    own = {refused.code: refused.status for refused in refusals if refused.code.startswith("LAW-")}
    assert own == {code: 409 if code.removeprefix("LAW-") in IN_CONFLICT else 422 for code in own}


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
