"""A hook's secret and the signed request, by the Standard Webhooks specification."""

from __future__ import annotations

import base64
from datetime import datetime

from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook

from .model import WebHook

SALT = "tanzhi.web.hooks"


def secret_of(hook: WebHook) -> str:
    """Derived from the installation's own secret key, the hook and its generation: nothing of it is stored."""
    key = salted_hmac(SALT, f"{hook.pk}:{hook.generation}", algorithm="sha256").digest()
    return f"whsec_{base64.b64encode(key).decode()}"


def signed_headers(hook: WebHook, identifier: str, at: datetime, body: str) -> dict[str, str]:
    """Number, time and signature; a repeated delivery has the same number, by which its receiver knows it again."""
    return {
        "webhook-id": identifier,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret_of(hook)).sign(identifier, at, body),
        "content-type": "application/json; charset=utf-8",
        "user-agent": "tanzhi-hooks",
    }
