"""The OpenID Connect provider: where people are sent, and what of its answer is believed.

The protocol is Authlib's (authorization code with state, nonce and PKCE; keys by discovery). What stands here is what
an installation decides: which issuer and audience, which signatures, and the code of each refusal.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text

from .statement import IdentityStatement

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from .configuration import SignOn

log = logging.getLogger("tanzhi.sign_on")

# Signatures that the provider alone can make: none under a secret that we hold too, and none at all.
SIGNATURES = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
ANSWER_SECONDS, LEEWAY_SECONDS = 10, 60
LONGEST_SUBJECT, MOST_ROLES, LONGEST_ROLE = 255, 200, 200
AGAIN = Text("请从登录页面重新登录", "sign in again from the page of signing in")
CLAIMS = {
    "iss": ("SSO-ISSUER", Text("凭据不是由配置的认证平台签发的", "the token is not of the provider that is set up")),
    "aud": ("SSO-AUDIENCE", Text("凭据不是签发给本平台的", "the token was not issued for this installation")),
    "azp": ("SSO-AUDIENCE", Text("凭据不是签发给本平台的", "the token was not issued for this installation")),
    "nonce": ("SSO-NONCE", Text("凭据不属于本次登录", "the token does not belong to this sign-in")),
    "exp": ("SSO-EXPIRED", Text("凭据已过期", "the token has expired")),
    "iat": ("SSO-EXPIRED", Text("凭据的签发时间不成立", "the token is of a time that is not now")),
    "nbf": ("SSO-EXPIRED", Text("凭据尚未生效", "the token is not valid yet")),
}
STATE = Text("登录请求不存在、已用过或已过期", "the request to sign in is unknown, was used already, or is too old")
BROKEN = Text("凭据的签名或格式不成立", "the token's signature or form does not hold")
SILENT = Text(
    "认证平台没有应答或应答不可用，请稍后再试，或用密码登录",
    "the provider did not answer, or not usably: try again later, or sign in with a password",
)
DENIED = Text("认证平台没有准许登录", "the provider did not allow the sign-in")


def is_installed() -> bool:
    """Whether the extra `sso` is there."""
    return all(find_spec(name) is not None for name in ("authlib", "requests"))


def send_there(request: HttpRequest, back: str) -> HttpResponse:
    """To the provider, which asks who is there or goes by the session that it keeps."""
    from requests import RequestException

    try:
        answer: HttpResponse = _client(settings.SIGN_ON).authorize_redirect(request, back)
    except (RequestException, ValueError, RuntimeError, KeyError) as fault:
        raise _refused("SSO-PROVIDER", SILENT, 424, fault) from fault
    return answer


def statement_of(request: HttpRequest) -> IdentityStatement:
    """What the provider states of whoever comes back from it, once everything about it was checked."""
    from authlib.common.errors import AuthlibBaseError
    from authlib.integrations.base_client.errors import MismatchingStateError
    from joserfc.errors import ClaimError, JoseError
    from requests import RequestException

    provider: SignOn = settings.SIGN_ON
    expected = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
    }
    try:
        client = _client(provider)
        metadata = client.load_server_metadata()
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = sorted(SIGNATURES & set(offered))
        token = client.authorize_access_token(request, claims_options=expected, leeway=LEEWAY_SECONDS)
    except MismatchingStateError as fault:
        raise _refused("SSO-STATE", STATE, 403, fault) from fault
    except ClaimError as fault:
        code, words = CLAIMS.get(fault.claim, ("SSO-TOKEN", BROKEN))
        raise _refused(code, words, 403, fault) from fault
    except JoseError as fault:
        raise _refused("SSO-TOKEN", BROKEN, 403, fault) from fault
    except AuthlibBaseError as fault:
        raise _refused("SSO-DENIED", DENIED, 403, fault) from fault
    except (RequestException, ValueError, RuntimeError, KeyError) as fault:
        raise _refused("SSO-PROVIDER", SILENT, 424, fault) from fault
    claims = token.get("userinfo")
    if not claims:
        raise _refused("SSO-TOKEN", BROKEN, 403)
    return _read(claims, provider)


def _read(claims: dict[str, Any], provider: SignOn) -> IdentityStatement:
    """The claims that are used, each of the kind that it must be."""
    subject, email = claims["sub"], claims.get("email") or ""
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not isinstance(email, str):
        raise _refused("SSO-TOKEN", BROKEN, 403)
    at = claims.get("auth_time")
    return IdentityStatement(
        provider.issuer,
        subject,
        email.strip(),
        claims.get("email_verified") is True,
        _roles(claims, provider.roles_claim),
        at if isinstance(at, int) else None,
    )


def _roles(claims: dict[str, Any], name: str) -> tuple[str, ...] | None:
    """The values of the claim that names roles; None where the provider did not make it, or none is read."""
    value = claims.get(name) if name else None
    if value is None:
        return None
    values = [value] if isinstance(value, str) else value
    fits = isinstance(values, list) and len(values) <= MOST_ROLES
    if not fits or not all(isinstance(each, str) and 0 < len(each) <= LONGEST_ROLE for each in values):
        words = Text(
            "角色声明应为文字列表，最多 {n} 项", "the claim of roles should be a list of words, at most {n} of them"
        )
        raise _refused("SSO-CLAIM", words.format(n=MOST_ROLES), 403)
    return tuple(dict.fromkeys(values))


def _refused(code: str, words: Text, status: int, fault: Exception | None = None) -> Refused:
    """The refusal, and its line in the log: of the fault its kind alone, which quotes nobody's data."""
    cause = type(fault).__name__ if fault is not None else "-"
    log.warning("sign-on refused: %s", code, extra={"fields": {"code": code, "cause": cause}})
    return Refused(code, Text("{why}。{then}", "{why}: {then}").format(why=words, then=AGAIN), status)


@lru_cache(maxsize=1)
def _client(provider: SignOn) -> Any:
    """Authlib's client of the provider, which keeps what the provider says of itself and its keys."""
    from authlib.integrations.django_client import OAuth

    registry = OAuth()
    registry.register(
        "provider",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": provider.scopes,
            "code_challenge_method": "S256",
            "default_timeout": ANSWER_SECONDS,
        },
    )
    return registry.create_client("provider")
