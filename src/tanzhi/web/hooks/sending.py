"""One request to a hook: to the address that was checked, over TLS, without redirects, within so many seconds."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection

from django.conf import settings

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text

from .address import HookAddress, checked

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
"""For everything together, however slowly the receiver answers."""
LARGEST_BODY = 64 * 1024
GONE = 410
FAULTS = {
    "HOOK-URL": Text("网址不合要求", "the address is none that a hook may have"),
    "HOOK-RESOLVE": Text("主机名不能解析", "the host name cannot be resolved"),
    "HOOK-ADDRESS": Text("不是公网地址，未连接", "not a public address: nothing was sent"),
    "HOOK-CONNECT": Text("连接不上", "no connection"),
    "HOOK-TLS": Text("证书或加密连接不合要求", "the certificate or the encrypted connection does not hold"),
    "HOOK-TIMEOUT": Text("超过时限未答复", "no answer in time"),
    "HOOK-REDIRECT": Text("要求转到其他网址，未跟随", "it points elsewhere, which is not followed"),
    "HOOK-STATUS": Text("答复不是 2xx", "its answer is not 2xx"),
    "HOOK-SIZE": Text("内容过大，未发送", "too large: nothing was sent"),
    "HOOK-GONE": Text("接收方声明不再接收（410）", "the receiver says that it takes no more (410)"),
}


@dataclass(frozen=True, slots=True)
class HookAnswer:
    """What came of a request: the receiver's status, and the code of what was wrong; none where it took it."""

    status: int | None
    fault: str = ""


class CheckedConnection(HTTPSConnection):
    """Connects to the network address that was checked, whatever the name stands for by now."""

    def __init__(self, address: HookAddress, context: ssl.SSLContext) -> None:
        super().__init__(address.host, address.port, timeout=CONNECT_SECONDS)
        self.network_address, self.tls = address.network_address, context

    def connect(self) -> None:
        plain = socket.create_connection((self.network_address, self.port), self.timeout)
        try:
            self.sock = self.tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def send(url: str, body: bytes, headers: dict[str, str]) -> HookAnswer:
    """Send once; nothing of the answer is read but its status."""
    if len(body) > LARGEST_BODY:
        return HookAnswer(None, "HOOK-SIZE")
    try:
        address = checked(url)
    except Refused as refused:
        return HookAnswer(None, refused.code)
    connection = CheckedConnection(address, ssl.create_default_context(cafile=settings.HOOKS_CA or None))
    late = threading.Event()

    def give_up() -> None:
        late.set()
        with suppress(OSError, AttributeError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    alarm = threading.Timer(WHOLE_SECONDS, give_up)
    alarm.daemon = True
    alarm.start()
    try:
        connection.request("POST", address.path, body, headers)
        return judged(connection.getresponse().status)
    except TimeoutError:
        return HookAnswer(None, "HOOK-TIMEOUT")
    except ssl.SSLError:
        return HookAnswer(None, "HOOK-TIMEOUT" if late.is_set() else "HOOK-TLS")
    except (OSError, HTTPException):
        return HookAnswer(None, "HOOK-TIMEOUT" if late.is_set() else "HOOK-CONNECT")
    finally:
        alarm.cancel()
        connection.close()


def judged(status: int) -> HookAnswer:
    """Two hundred and something is taken; a redirect leads nowhere; 410 asks for no more."""
    if 200 <= status < 300:
        return HookAnswer(status)
    if 300 <= status < 400:
        return HookAnswer(status, "HOOK-REDIRECT")
    return HookAnswer(status, "HOOK-GONE" if status == GONE else "HOOK-STATUS")
