"""In the browser: a target is decomposed to the cities and signed off by two; a city and everybody read the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.reading import faults_of
from tests.journeys.records_intensity import PROVINCES, base_year
from tests.journeys.test_verification import _do, _hand_in, _open

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visitor = Callable[..., "Page"]
WORDS = {
    "zh": {
        "title": "目标分解方案", "draft": "编制中", "computed": "已测算，待签批", "signed": "已签批",
        "self": "提出人不得审批", "todo": "签批分解方案", "behind": "落后", "city": "地区",
    },
    "en": {
        "title": "Decomposition of the plan", "draft": "draft", "computed": "computed, to be signed off",
        "signed": "signed off", "self": "Nobody approves what he proposed", "todo": "Sign the decomposition off",
        "behind": "behind", "city": "Region",
    },
}  # fmt: skip

pytestmark = pytest.mark.journey


def test_a_target_is_decomposed_signed_off_by_two_and_read_by_a_city(visitor: Visitor, language: str) -> None:
    words = WORDS[language]
    officer, director = visitor(f"intensity_officer_{language}"), visitor(f"intensity_director_{language}")
    plan = _opened(officer, words)
    _computed(officer, words)
    rates = _rates(officer)
    _do(officer, plan, "intensity.sign_off")
    _not_by_himself(officer, plan, words)
    proposal = _signed(director, plan, words)
    city = _read_by_the_city(visitor(f"intensity_city_{language}"), rates, words)
    _read_by_everybody(visitor, (plan, city, f"/intensity/?region={PROVINCES[language]}"))
    inside = (proposal, "/intensity/", "/intensity/targets/", "/intensity/decompositions/", "/intensity/ledger/")
    faults = [fault for address in inside for fault in faults_of(director, address)]
    assert not faults, "\n".join(faults)


def _opened(officer: Page, words: dict[str, str]) -> str:
    """The officer opens a decomposition of the province's five-year target and finds it in the list."""
    officer.goto("/intensity/decompositions/")
    _open(officer, "intensity.open_decomposition")
    target = officer.locator("#field-target option[value]:not([value=''])").first.get_attribute("value")
    _hand_in(officer, target=str(target), zh="目标分解方案", en="Decomposition of the plan", growth="5")
    expect(officer.locator("[role=alert]")).to_have_count(0)
    officer.goto("/intensity/decompositions/")
    officer.locator("main tbody a", has_text=words["title"]).first.click()
    expect(officer.locator("header.page")).to_contain_text(words["draft"])
    return officer.url


def _computed(officer: Page, words: dict[str, str]) -> None:
    """First with a bound that cannot keep the target, which is told; then by weights of their own."""
    sent = {"method": "weighted", "least": "0"}
    for most, where, said in (("10", "[role=alert] >> nth=0", "INT-10"), ("30", "header.page", words["computed"])):
        for row, weight in enumerate(("1.1", "0.9", "1")):
            officer.locator(f"[name=cities-{row}-weight]").fill(weight)
        _hand_in(officer, **sent, most=most)
        expect(officer.locator(where)).to_contain_text(said)
        if most == "10":
            expect(officer.locator("header.page")).to_contain_text(words["draft"])


def _rates(page: Page) -> list[str]:
    """What each city is given, in the order of the list."""
    found = page.locator("#listing-rows tbody tr td:last-child").all_inner_texts()
    assert len({rate for rate in found if rate}) == 3
    return found


def _not_by_himself(officer: Page, plan: str, words: dict[str, str]) -> None:
    """He is offered to take it back only; who approves his own by a request of his own making is refused."""
    officer.goto(plan)
    officer.locator("main .message a[href*='/cases/proposals/']").click()
    officer.wait_for_url("**/cases/proposals/*/")
    expect(officer.locator("button[value=approve]")).to_have_count(0)
    back = officer.locator("button[value=withdraw]")
    back.evaluate("button => { button.value = 'approve' }")
    with officer.expect_navigation():
        officer.locator("button[value=approve]").click()
    expect(officer.locator("[role=alert]")).to_contain_text(words["self"])
    officer.goto(plan)
    expect(officer.locator("header.page")).to_contain_text(words["computed"])


def _signed(director: Page, plan: str, words: dict[str, str]) -> str:
    """The director finds it among his things to do, reads what it is about, and approves."""
    director.goto("/")
    director.locator("main a[href*='/cases/proposals/']", has_text=words["todo"]).first.click()
    director.wait_for_url("**/cases/proposals/*/")
    proposal = director.url
    director.locator("main dl.facts a").click()
    director.wait_for_url(plan)
    expect(director.locator("figure.chart")).to_be_visible()
    director.goto(proposal)
    with director.expect_navigation():
        director.locator("button[value=approve]").click()
    director.goto(plan)
    expect(director.locator("header.page")).to_contain_text(words["signed"])
    expect(director.locator("main dl.facts")).to_contain_text("Intensity Director")
    return proposal


def _read_by_the_city(city: Page, rates: list[str], words: dict[str, str]) -> str:
    """From the map to its own tile: its target, its path, and the decomposition that gave it."""
    city.goto("/intensity/")
    expect(city.locator("figure.tilemap .tile")).to_have_count(3)
    expect(city.locator("figure.tilemap figcaption")).to_contain_text(words["behind"])
    city.locator("figure.tilemap .tile a").first.click()
    city.wait_for_url("**/intensity/regions/*/")
    expect(city.get_by_role("heading", level=1)).to_contain_text(words["city"])
    expect(city.locator("main dl.facts").first).to_contain_text(rates[0])
    expect(city.locator("figure#chart-path figcaption")).to_contain_text(str(base_year()))
    own = city.url
    city.locator("#listing-t- a", has_text=words["title"]).click()
    city.wait_for_url("**/intensity/decompositions/*/")
    expect(city.locator("header.page")).to_contain_text(words["signed"])
    return own


def _read_by_everybody(visitor: Visitor, addresses: tuple[str, ...]) -> None:
    reader = visitor()
    faults = [fault for address in addresses for fault in faults_of(reader, address)]
    assert not faults, "\n".join(faults)
