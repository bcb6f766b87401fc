"""What a browser that was never here fetches for a page, and what it fetches the second time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.conftest import LOCALE, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST_BYTES, MOST_REQUESTS = 250_000, 10
YEAR = 365 * 24 * 3600
PAGES = {
    "/organisations/sign-in/": "",
    "/rules/power/": "",
    "/evidence/": "",
    "/": "officer",
    "/filings/matrix/?year=2023": "officer",
    "/policy/tasks/": "officer",
}

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_is_light_and_the_second_fetches_the_page_alone(
    address: str, site: str, chromium: Browser, visitor: Visitor, language: str
) -> None:
    """At most 250 kB in 10 requests, as they come over the line; what never changes is asked for once."""
    state = visitor(PAGES[address]).context.storage_state() if PAGES[address] else None
    fresh = chromium.new_context(base_url=site, locale=LOCALE[language], storage_state=state)
    page = fresh.new_page()
    network = fresh.new_cdp_session(page)
    kinds: dict[str, str] = {}
    lengths: dict[str, float] = {}
    headers: dict[str, dict[str, str]] = {}
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on("Network.loadingFinished", lambda event: lengths.update(_length(event)))
    network.send("Network.enable")

    page.on("response", lambda answer: headers.update({answer.url: answer.headers}))
    page.goto(address, wait_until="networkidle")
    assert "Font" not in kinds.values()
    assert 0 < sum(lengths.values()) <= MOST_BYTES
    assert len(kinds) <= MOST_REQUESTS

    stored = [fields["cache-control"] for url, fields in headers.items() if "/static/" in url]
    assert min(int(age) for rule in stored for age in re.findall(r"max-age=(\d+)", rule)) >= YEAR
    assert all("immutable" in rule for rule in stored)
    assert headers[page.url]["content-encoding"] == "gzip"

    lengths.clear()
    page.goto(address, wait_until="networkidle")
    assert {kinds[number] for number, length in lengths.items() if length} == {"Document"}
    fresh.close()


def _length(event: dict[str, Any]) -> dict[str, float]:
    """Bytes over the line; none for what the browser has."""
    return {event["requestId"]: event["encodedDataLength"]}
