"""Whose request this is, by network address: never what a stranger wrote into a header.

`X-Forwarded-For`, `X-Forwarded-Proto` and `X-Request-ID` are believed only from the servers in front that the
installation names (`TANZHI_PROXY`: how many, `TANZHI_PROXY_FROM`: from which networks). From anybody else they are
dropped before anything reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_X_REQUEST_ID",
)


def client_address(request: HttpRequest) -> str:
    """The address of whoever asked, as the outermost trusted server saw it; without such a server, the peer's.

    With N servers in front the N-th entry of `X-Forwarded-For` from the right is the last one that a trusted server
    wrote; what stands left of it anybody may have invented.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not comes_through_proxy(request):
        return peer
    entries = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    try:
        return str(ip_address(entries[-min(settings.PROXIES, len(entries))]))
    except ValueError:
        return peer


def comes_through_proxy(request: HttpRequest) -> bool:
    """Whether the peer is one of the servers in front that this installation trusts."""
    try:
        peer = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return settings.PROXIES > 0 and any(peer in network for network in settings.PROXY_NETWORKS)


class ProxyMiddleware:
    """Drops the headers of a server in front from everybody who is none; gives each request its `client_address`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not comes_through_proxy(request):
            brought = [request.META.pop(name, None) for name in FORWARDED]
            # a server in front that no setting names: its peer is not the person, whatever the peer's address is
            request.forwarded_by_stranger = any(brought)  # type: ignore[attr-defined]  # set here for everybody
        # for rooms below this one, which may not import it
        request.client_address = client_address(request)  # type: ignore[attr-defined]  # set here for everybody
        return self.get_response(request)
