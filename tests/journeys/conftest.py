"""A whole installation on a free loopback port, with a database of its own, and a browser before it."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests import browser, identity_provider
from tests.example import shared_folder
from tests.factories import PASSWORD
from tests.journeys.province import PROVINCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.identity_provider import IdentityProvider

ROOT = Path(__file__).parents[2]
LOCALE = {"zh": "zh-CN", "en": "en-GB"}
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PATIENCE_SECONDS = 240
PATIENCE_OF_A_STEP = 15_000
expect.set_options(timeout=PATIENCE_OF_A_STEP)  # a page that is looked at waits as long as one that is worked on

Visitor = Callable[..., "Page"]


@pytest.fixture(scope="session")
def port() -> int:
    """Where the installation answers."""
    return free_port()


@pytest.fixture(scope="session")
def identities(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[IdentityProvider]:
    """The provider of the installation's single sign-on; for each language one who is let in and one who is not."""
    back = f"http://127.0.0.1:{port}/organisations/sign-in/provider/back/"
    people: dict[str, dict[str, str]] = {f"{name}_{language}": {} for name in ("lin", "wei") for language in LOCALE}
    with identity_provider.running(tmp_path_factory.mktemp("provider"), [back], people) as provider:
        yield provider


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    migrated: Callable[[Path], Path],
    port: int,
    identities: IdentityProvider,
) -> Iterator[str]:
    """The address of a running installation with the small province in it; `tests/groups.py` lets few workers ask."""
    var = tmp_path_factory.mktemp("installation") / "var"
    settings = {"TANZHI_VAR": str(var), "TANZHI_PROVINCE": PROVINCE, "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings"}
    settings |= identities.environment(ROLES="roles") | {"TANZHI_TIME_CODES": "off"}
    unwanted = ("TANZHI_DATABASE", "PYTHONWARNINGS")
    environment = {k: v for k, v in os.environ.items() if k not in unwanted} | settings
    shared = shared_folder(tmp_path_factory)
    loaded, done = shared / "journeys", shared / "journeys.done"
    with (shared / "journeys.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            migrated(loaded)
            command = [sys.executable, "-m", "tests.journeys.province"]
            subprocess.run(command, cwd=ROOT, env=environment | {"TANZHI_VAR": str(loaded)}, check=True)
            done.touch()
    shutil.copytree(loaded, var)
    address = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        for command in (["worker"], ["serve", "--port", str(port)]):
            stack.enter_context(running(command, environment, var))
        wait_for(f"{address}/livez", var)
        yield address


def spelled(month: str) -> re.Pattern[str]:
    """A month as a heading says it, in Chinese or in English: 2024-06 is 2024年6月 or June 2024."""
    first = date.fromisoformat(f"{month}-01")
    return re.compile(f"{first.year}年{first.month}月|{first:%B %Y}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], environment: dict[str, str], var: Path) -> Iterator[None]:
    """A command of Tanzhi until the block ends; it and whatever it started are ended then."""
    start = "from tanzhi.cli import main; main()"
    with (var / f"{command[0]}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", start, *command],
            cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            yield
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(address: str, var: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the server did not answer: {(var / 'serve.log').read_text()}")


# Of the package and not of the session: while Playwright runs, Django refuses the database to other tests.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with browser.chromium() as started:
        yield started


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


Windows = dict[tuple[str, str], tuple["BrowserContext", float]]
FRESH_SECONDS = 6 * 60  # after ten minutes a sensitive act asks the password again


@pytest.fixture(scope="package")
def windows(chromium: Browser) -> Iterator[Windows]:
    """By name and language: somebody signs in once, in a window of his own, and opens a tab of it in every journey."""
    opened: Windows = {}
    yield opened
    for window, _ in opened.values():
        window.close()


@pytest.fixture
def visitor(site: str, chromium: Browser, windows: Windows, language: str) -> Iterator[Visitor]:
    """Opens a page as somebody (or as the public), in the journey's language, and keeps him apart from the others."""
    pages = []

    def visit(name: str = "", viewport: dict[str, int] = WIDE) -> Page:
        window, since = windows.pop((name, language), (None, 0.0))
        if arrives := window is None or time.monotonic() - since > FRESH_SECONDS:
            if window is not None:
                window.close()
            window, since = chromium.new_context(base_url=site, locale=LOCALE[language]), time.monotonic()
        windows[name, language] = window, since
        page = window.new_page()
        pages.append(page)
        page.set_default_timeout(PATIENCE_OF_A_STEP)
        page.set_viewport_size(viewport)
        if arrives and name:
            _sign_in(page, name, language)
        elif name:
            page.goto("/")
        return page

    yield visit
    for page in pages:
        page.close()


def _sign_in(page: Page, name: str, language: str) -> None:
    """Sign in and, where the account prefers the other language, press the button that changes it."""
    page.goto("/organisations/sign-in/")
    page.locator("#username").fill(name)
    page.locator("#password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    if language == "en":
        if page.locator("nav .menu").is_visible():
            page.locator("nav .menu").click()
        page.get_by_role("button", name="English").click()
        page.wait_for_selector("html[lang=en]")
