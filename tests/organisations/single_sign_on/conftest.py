"""The provider, and somebody who signs in with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tanzhi.web.deployment import read_sign_on
from tests.identity_provider import IdentityProvider, running

BACK = "http://testserver/organisations/sign-in/provider/back/"
VERIFIED = {"sub": "u-2207", "email": "clerk@plant.example", "email_verified": True}


@pytest.fixture(scope="session")
def provider_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IdentityProvider]:
    with running(tmp_path_factory.mktemp("provider"), [BACK], {"lin": {}, "wei": {}}) as provider:
        yield provider


@pytest.fixture
def provider(provider_process: IdentityProvider, settings: Any) -> IdentityProvider:
    """Set up here, with somebody whose mail it verified."""
    settings.SIGN_ON = read_sign_on(provider_process.environment())
    provider_process.says("lin", **VERIFIED)
    provider_process.says("wei", sub="u-9000")
    return provider_process


SignsOn = Callable[..., Any]


@pytest.fixture
def signs_on(provider: IdentityProvider, client: Client) -> SignsOn:
    """From our button through the provider and back: our last answer."""

    def sign_on(username: str = "lin", onward: str = "", alter: Callable[[str], str] = str) -> Any:
        there = client.get("/organisations/sign-in/provider/", {"next": onward} if onward else {})
        return back_again(client, provider.sign_in(alter(there.headers["Location"]), username))

    return sign_on


def back_again(client: Client, address: str) -> Any:
    """The way back, as a browser goes it."""
    assert address.startswith(BACK), address
    return client.get(f"{urlsplit(address).path}?{urlsplit(address).query}")
