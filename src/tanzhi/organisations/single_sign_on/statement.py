"""What the provider stated of somebody, and how it reaches the acts that rest on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core import signing

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text

SALT, VALID_SECONDS = "tanzhi.single_sign_on", 60


@dataclass(frozen=True, slots=True)
class IdentityStatement:
    """Who somebody is to the provider."""

    issuer: str
    subject: str
    email: str
    email_verified: bool
    roles: tuple[str, ...] | None  # None: not stated, which is not "none"
    authenticated_at: int | None


def proof_of(statement: IdentityStatement) -> str:
    """The statement under our own signature: nobody but the page that checked the provider's makes one."""
    return signing.dumps(asdict(statement), salt=SALT)


def proved(proof: str) -> IdentityStatement:
    """The statement in a proof that is fresh and ours."""
    try:
        content = signing.loads(proof, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        message = Text(
            "没有统一身份认证的有效凭据：请从登录页面重新登录",
            "no valid statement of the provider: sign in again from the page of signing in",
        )
        raise Refused("SSO-PROOF", message, 403) from None
    roles = content["roles"]
    return IdentityStatement(**content | {"roles": None if roles is None else tuple(roles)})
