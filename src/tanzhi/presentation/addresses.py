"""Addresses that pages and lists share: where a value is explained, and full ones for mail."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest


def explain_url(ref: object) -> str:
    """Where the page stands that explains this reference."""
    return f"/explain/?ref={quote(str(ref), safe=':')}"


def full_address(request: HttpRequest, path: str) -> str:
    """A path as others reach it: under the installation's own address, whatever host this request named.

    A link that signs somebody in must not follow a `Host` header, which whoever asks may choose.
    """
    return f"{settings.TANZHI_ADDRESS}{path}" if settings.TANZHI_ADDRESS else request.build_absolute_uri(path)
