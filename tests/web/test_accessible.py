"""Every page and every form that a walk through the example opens, by the rules of WCAG 2.2 AA and on a sheet of A4.

Looked at as the first role that opens it (everybody's home as his own), on a desk and on a phone, in both languages: as
the server gave it to the walks of tests/web/test_reach.py, so that it is not asked for again. The colours of a page are
measured in Chinese on a desk: tests/web/test_styles.py holds that the style sheets know no language but in fonts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.urls import resolve

from tanzhi.actions.roles import ROLES
from tanzhi.presentation import navigation
from tests import browser
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.reading import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("example")]

ADDRESS = "http://walked.test"
FEWEST_PAGES = 280
LEAD_ON = {"/bulletin/", "/bulletin/glance/", "/registry/desk/"}  # to the newest edition, to the reader's own plant
DIGEST = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")  # in the name of a file that `tanzhi serve` collected


@pytest.fixture(scope="module")
def pages(walked: Path) -> dict[str, dict[str, str]]:
    kept: dict[str, dict[str, str]] = json.loads(Path(f"{walked}.pages").read_text("utf-8"))
    return kept


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser.chromium() as started:
        yield started


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_can_be_read_by_everybody(
    pages: dict[str, dict[str, str]], chromium: Browser, role: str, language: str
) -> None:
    context = chromium.new_context(base_url=ADDRESS)
    mine = {page["address"]: page[language] for page in pages.values() if page["role"] == role}
    context.route("**/*", lambda route: _give(route, mine))
    page = context.new_page()
    views = (WIDE, PHONE) if language == "zh" else (PHONE,)  # English labels stand in the same places
    faults = [fault for address in mine for fault in faults_of(page, address, *views)]
    faults += faults_of(page, "/", PHONE)  # with the colours of the head and the menu, which a phone has otherwise
    context.close()
    assert not faults, "\n".join(faults)


def test_the_walks_opened_hundreds_of_pages_and_every_page_of_the_menu(pages: dict[str, Any]) -> None:
    assert len(pages) >= FEWEST_PAGES
    kinds = {name.partition(" ")[0] for name in pages}
    entries = [navigation.address_of(entry) for entry in navigation.entries()]
    assert {address for address in entries if address and resolve(address).view_name not in kinds} == LEAD_ON


def _give(route: Route, pages: dict[str, str]) -> None:
    """A page as it was kept, a style sheet or script as it stands; nothing else answers."""
    address = route.request.url.removeprefix(ADDRESS)
    if address in pages:
        route.fulfill(body=pages[address], content_type="text/html; charset=utf-8")
    elif address.startswith("/static/"):
        route.fulfill(path=str(finders.find(DIGEST.sub("", urlsplit(address).path.removeprefix("/static/")))))
    else:
        route.abort()
