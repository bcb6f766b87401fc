"""A real OpenID Connect provider (django-oauth-toolkit) in a process of its own on loopback, for tests."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 240
CLIENT, SECRET, PASSWORD = "tanzhi-of-the-tests", "a-secret-of-the-tests-alone", "pass-at-the-provider"


@dataclass
class IdentityProvider:
    """The running provider, what it says of whom, and how somebody signs in at it."""

    issuer: str
    folder: Path

    def says(self, username: str, **claims: Any) -> None:
        """From now on somebody's tokens have these claims, in the place of the protocol's own of those names."""
        place = self.folder / "claims.json"
        spoken = json.loads(place.read_text())
        place.write_text(json.dumps(spoken | {username: claims}))

    def environment(self, **more: str) -> dict[str, str]:
        """The settings by which an installation uses it."""
        names = {"ISSUER": self.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, "NAME_EN": "the test provider"}
        return {f"TANZHI_SSO_{name}": value for name, value in (names | {"NAME_ZH": "测试认证平台"} | more).items()}

    def sign_in(self, address: str, username: str) -> str:
        """What somebody's browser does at the provider; gives the address to which it is sent back."""
        with requests.Session() as browser:
            page = browser.get(address, timeout=PATIENCE_SECONDS)
            form = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": browser.cookies["provider_csrf"]}
            answer = browser.post(page.url, form, headers={"Referer": page.url}, allow_redirects=False)
            while answer.headers["Location"].startswith("/") or answer.headers["Location"].startswith(self.issuer):
                answer = browser.get(urljoin(page.url, answer.headers["Location"]), allow_redirects=False)
            return answer.headers["Location"]


@contextmanager
def running(folder: Path, redirects: list[str], people: dict[str, dict[str, Any]]) -> Iterator[IdentityProvider]:
    """The provider until the block ends: a key and a database of its own, these people, each with his claims."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(key)
    (folder / "claims.json").write_text(json.dumps(people))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "PYTHONWARNINGS")}
    command = [sys.executable, "-m", "tests.identity_provider.server", str(folder), str(port), *redirects]
    with (folder / "provider.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait_for(f"http://127.0.0.1:{port}/o/.well-known/openid-configuration", folder)
            yield IdentityProvider(f"http://127.0.0.1:{port}/o", folder)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(address: str, folder: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the provider did not answer: {(folder / 'provider.log').read_text()}")
