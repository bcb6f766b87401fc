"""A province's system and a plant that agreed to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tanzhi.actions import clock
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.web.services.access import READ

if TYPE_CHECKING:
    from collections.abc import Callable

    from tanzhi.actions.actor import Actor
    from tanzhi.web.services.model import ServiceAccount, ServiceConsent
    from tests.factories import World

PREPARING = [READ, "filings"]


def in_days(number: int) -> date:
    return clock.today() + timedelta(days=number)


def agree(world: World, approver: Actor, account: ServiceAccount, **more: Any) -> ServiceConsent:
    data = {"organisation": world.plant.code, "service": account.code, "scopes": PREPARING, "until": in_days(30)}
    consent: ServiceConsent = perform("web.agree_to_service", approver, data=data | more).result
    return consent


class Program:
    """A program over the API, with its key."""

    def __init__(self, secret: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, address: str) -> Any:
        return self.client.get(address, headers=self.headers)

    def post(self, address: str, data: Any = None) -> Any:
        return self.client.post(address, data or {}, content_type="application/json", headers=self.headers)

    def act(self, name: str, data: Any = None, **query: Any) -> Any:
        asked = "&".join(f"{key}={value}" for key, value in query.items())
        return self.post(f"/api/actions/{name}?{asked}", data)


@pytest.fixture
def account(world: World, director: Actor, officer: Actor) -> ServiceAccount:
    """The province's system: asked for by the director, approved by an officer."""
    data = {
        "organisation": world.authority.code, "code": "PROV-1", "name": "省级对接系统",
        "scopes": PREPARING, "ends_on": in_days(90),
    }  # fmt: skip
    proposal = perform("web.open_service", director, data=data).proposal
    assert proposal is not None
    opened: ServiceAccount = decide(proposal, officer).result
    return opened


@pytest.fixture
def key_of(director: Actor) -> Callable[[ServiceAccount], str]:
    return lambda account: str(perform("web.issue_service_key", director, account).result.secret)


@pytest.fixture
def program(account: ServiceAccount, key_of: Callable[[ServiceAccount], str]) -> Program:
    return Program(key_of(account))
