"""What an installation's environment says of the provider, as a value; pure, because the settings hold it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignOn:
    """The OpenID Connect provider whose accounts sign in here; no issuer: none, people sign in with a password."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""
    name_zh: str = ""
    name_en: str = ""
    scopes: str = ""
    roles_claim: str = ""  # the claim that names roles, which the table of mapping reads; empty: roles are given here
