"""What an installation's environment says about where it stands: its address, HTTPS, and the servers in front of it.

One address is enough: from `TANZHI_ADDRESS=https://carbon.example.gov.cn` follow the host name, secure cookies, the
origin from which forms are accepted, the redirect to HTTPS and HSTS. Pure: no Django, so that a test needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import unquote, urlsplit

from tanzhi.organisations.single_sign_on.configuration import SignOn

Network = IPv4Network | IPv6Network

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LOOPBACK_NETWORKS = "127.0.0.0/8,::1/128"
YEAR_SECONDS = 365 * 24 * 3600


class Misconfigured(ValueError):
    """A setting that cannot be read; the message names it and says what it may be."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """How people reach this installation."""

    address: str  # by which people reach it, without a slash at the end; empty: not stated
    hosts: tuple[str, ...]
    https: bool
    proxies: int  # how many trusted servers stand in front, each of which names its peer
    proxy_networks: tuple[Network, ...]  # from which the last of them speaks
    hsts_seconds: int

    @property
    def trusted_origins(self) -> list[str]:
        """Where a form may come from when HTTPS ends in front of us."""
        return [self.address] if self.https and self.address else []

    @property
    def redirect_to_https(self) -> bool:
        """Only where a server in front can answer on HTTPS and says so."""
        return self.https and self.proxies > 0


def read_deployment(environ: Mapping[str, str]) -> Deployment:
    """The deployment that an environment describes; refuses what it cannot read."""
    address = environ.get("TANZHI_ADDRESS", "").rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path):
        raise Misconfigured(f"TANZHI_ADDRESS={address}: expected https://NAME or https://NAME:PORT")
    listed = tuple(name.strip() for name in environ.get("TANZHI_HOSTS", "").split(",") if name.strip())
    named = (parts.hostname,) if parts.hostname else ()
    proxies = environ.get("TANZHI_PROXY_FROM", LOOPBACK_NETWORKS)
    try:
        networks = tuple(ip_network(part.strip()) for part in proxies.split(",") if part.strip())
    except ValueError as fault:
        raise Misconfigured(f"TANZHI_PROXY_FROM={proxies}: expected networks such as 10.0.0.0/8 ({fault})") from None
    https = environ.get("TANZHI_HTTPS", "1" if parts.scheme == "https" else "0") == "1"
    return Deployment(
        address=address,
        hosts=listed or (*named, *LOOPBACK_HOSTS),
        https=https,
        proxies=whole_number(environ, "TANZHI_PROXY", 0),
        proxy_networks=networks,
        hsts_seconds=whole_number(environ, "TANZHI_HSTS_SECONDS", YEAR_SECONDS) if https else 0,
    )


@dataclass(frozen=True, slots=True)
class MailServer:
    """Through which server mail leaves, and in whose name; without a host none does."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    is_encrypted: bool = False  # from the first byte on
    becomes_encrypted: bool = False  # by STARTTLS
    sender: str = ""


MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
MAIL_SERVER = "expected smtp, smtps or smtp+starttls://USER:PASSWORD@HOST:PORT"


def read_mail(environ: Mapping[str, str]) -> MailServer:
    """The mail server that an environment describes; refuses half a description. A password's own signs are quoted."""
    stated = environ.get("TANZHI_MAIL", "").strip()
    if not stated:
        return MailServer()
    parts = urlsplit(stated)
    try:
        port = parts.port or MAIL_PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise Misconfigured(f"TANZHI_MAIL: {MAIL_SERVER}") from None
    if not parts.hostname or parts.path not in ("", "/") or bool(parts.username) != bool(parts.password):
        raise Misconfigured(f"TANZHI_MAIL: {MAIL_SERVER}")
    sender = environ.get("TANZHI_MAIL_FROM", "").strip()
    if "@" not in sender:
        raise Misconfigured(f"TANZHI_MAIL_FROM={sender}: expected the address from which mail is sent")
    return MailServer(
        parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""),
        parts.scheme == "smtps", parts.scheme == "smtp+starttls", sender,
    )  # fmt: skip


def read_sign_on(environ: Mapping[str, str]) -> SignOn:
    """The provider that an environment describes; refuses half a description, and one that is not safe on its way."""
    issuer = environ.get("TANZHI_SSO_ISSUER", "").strip()
    if not issuer:
        return SignOn()
    parts = urlsplit(issuer)
    loopback = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and loopback)):
        raise Misconfigured(f"TANZHI_SSO_ISSUER={issuer}: expected https://NAME/..., as the provider states it")
    identity = environ.get("TANZHI_SSO_CLIENT_ID", "").strip()
    secret = environ.get("TANZHI_SSO_CLIENT_SECRET", "").strip()
    for name, value in (("TANZHI_SSO_CLIENT_ID", identity), ("TANZHI_SSO_CLIENT_SECRET", secret)):
        if not value:
            raise Misconfigured(f"{name} is empty: expected what the provider issued for this installation")
    return SignOn(
        issuer,
        identity,
        secret,
        environ.get("TANZHI_SSO_NAME_ZH", "").strip() or "统一身份认证",
        environ.get("TANZHI_SSO_NAME_EN", "").strip() or "the single sign-on",
        environ.get("TANZHI_SSO_SCOPES", "").strip() or "openid email",
        environ.get("TANZHI_SSO_ROLES", "").strip(),
    )


def whole_number(environ: Mapping[str, str], name: str, default: int, *, least: int = 0) -> int:
    """A setting that is a whole number, in ASCII digits; empty means the default."""
    text = environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        raise Misconfigured(f"{name}={text}: expected a whole number, {least} or more")
    return int(text)
