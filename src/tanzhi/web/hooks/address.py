"""Where a hook may lead: an https address whose every network address is public, looked up anew each time."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from tanzhi.actions.refusal import refused
from tanzhi.rulebook.kernel.text import Text

HTTPS = Text(
    "以 https:// 开头的网址，不含用户名、口令和片段",
    "an address that begins with https://, without user, password or #",
)
PUBLIC = Text(
    "公网地址；不接受本机、内网、链路本地和云元数据地址",
    "a public address: none of this machine, a private network, the link or a cloud's metadata",
)
RESOLVED = Text("能解析的主机名", "a host name that can be resolved")
LONGEST_URL = 500
NAT64 = ipaddress.ip_network("64:ff9b::/96")
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class HookAddress:
    """A checked address: to which network address to connect, and for which host."""

    host: str
    port: int
    path: str
    network_address: str


def split(url: str) -> SplitResult:
    """The parts of a hook's address, or HOOK-URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refused("HOOK-URL", "url", url[:100], HTTPS) from None
    odd = (
        parts.username is not None
        or parts.password is not None
        or "#" in url
        or not url.isascii()
        or port == 0
        or " " in url
    )
    if parts.scheme != "https" or not parts.hostname or odd or len(url) > LONGEST_URL or not url.isprintable():
        raise refused("HOOK-URL", "url", url[:100], HTTPS)
    return parts


def checked(url: str) -> HookAddress:
    """Where a hook leads now; refused unless every address that its name stands for is public."""
    parts = split(url)
    host, port = parts.hostname or "", parts.port or 443
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise refused("HOOK-RESOLVE", "url", host, RESOLVED) from None
    addresses = [str(answer[4][0]) for answer in answers]
    for address in addresses:
        if not is_allowed(ipaddress.ip_address(address.partition("%")[0])):
            raise refused("HOOK-ADDRESS", "url", f"{host} ({address})", PUBLIC)
    if not addresses:
        raise refused("HOOK-RESOLVE", "url", host, RESOLVED)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return HookAddress(host, port, path, addresses[0])


def is_allowed(address: IpAddress) -> bool:
    """Public by the tables of IANA, also where an address of the older kind is wrapped into one of the newer."""
    if address.is_loopback and settings.HOOKS_TO_LOOPBACK:
        return True
    if isinstance(address, ipaddress.IPv6Address):
        if address.teredo is not None or address.sixtofour is not None:
            return False
        wrapped = address.ipv4_mapped
        if address in NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_allowed(wrapped)
    return address.is_global and not address.is_multicast and not address.is_reserved
