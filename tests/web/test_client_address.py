"""Whose request it is: headers of a server in front count from that server alone, and no further than it wrote them."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tanzhi.web.client_address import FORWARDED, ProxyMiddleware, client_address

PROXY, STRANGER, PERSON = "127.0.0.1", "198.51.100.7", "203.0.113.9"


def request_from(peer: str, **headers: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, PERSON, PROXY),
        (1, PERSON, PERSON),
        (1, f"10.0.0.1, {PERSON}", PERSON),
        (1, f"{PERSON}, {STRANGER}", STRANGER),
        (2, f"10.0.0.1, {PERSON}, 10.0.0.2", PERSON),
        (3, f"{PERSON}, 10.0.0.2", PERSON),
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, f"{PERSON}, <script>", PROXY),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_the_entry_counted_from_the_right_is_the_client(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.PROXIES = proxies
    assert client_address(request_from(PROXY, HTTP_X_FORWARDED_FOR=forwarded)) == address


def test_who_is_no_proxy_cannot_name_another_address(settings: Any) -> None:
    settings.PROXIES = 1
    assert client_address(request_from(STRANGER, HTTP_X_FORWARDED_FOR=PERSON)) == STRANGER
    settings.PROXY_NETWORKS = (ip_network("198.51.100.0/24"),)
    assert client_address(request_from(STRANGER, HTTP_X_FORWARDED_FOR=PERSON)) == PERSON


@pytest.mark.parametrize("header", FORWARDED)
@pytest.mark.parametrize(("proxies", "peer", "believed"), [(1, PROXY, True), (1, STRANGER, False), (0, PROXY, False)])
def test_every_forwarding_header_of_a_stranger_is_dropped(
    settings: Any, header: str, proxies: int, peer: str, believed: bool
) -> None:
    settings.PROXIES = proxies
    seen: list[bool] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(header in request.META)
        return HttpResponse()

    ProxyMiddleware(page)(request_from(peer, **{header: "203.0.113.9"}))
    assert seen == [believed]
