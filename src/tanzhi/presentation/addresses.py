"""Full addresses for mail and for links that are handed over."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def full_address(request: HttpRequest, path: str) -> str:
    """A path as others reach it: under the installation's own address, whatever host this request named.

    A link that signs somebody in must not follow a `Host` header, which whoever asks may choose.
    """
    return f"{settings.TANZHI_ADDRESS}{path}" if settings.TANZHI_ADDRESS else request.build_absolute_uri(path)
