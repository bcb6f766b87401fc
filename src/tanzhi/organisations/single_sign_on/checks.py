"""What the program says at its start of a provider that it cannot speak to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

from .provider import is_installed


@register(Tags.security)
def package(**_: Any) -> list[Error]:
    """A provider is set up, and the package that speaks to it is there."""
    if not settings.SIGN_ON.issuer or is_installed():
        return []
    words = (
        "已配置统一身份认证，但未安装所需软件包 / a provider is set up, but the package that speaks to it is missing"
    )
    return [Error(words, hint="pip install 'tanzhi[sso]'", id="tanzhi.E001")]
