"""On a phone: a visit whose network is cut in the middle, two inspectors at one line, a session that ended."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import LOCALE, PATIENCE_OF_A_STEP, PHONE, _sign_in
from tests.journeys.province import VERIFIED
from tests.journeys.test_verification import _hand_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Phone = Callable[[str], "Page"]
PHOTO = b"\x89PNG\r\n\x1a\n" + b"a scale, as the phone saw it"
FIRST = {"zh": 1, "en": 8}
"""The lines of a language's journeys, so that neither finds what the other noted."""

pytestmark = pytest.mark.journey


@pytest.fixture
def phone(site: str, chromium: Browser, language: str) -> Iterator[Phone]:
    """A phone of an inspector's own, whose network and session end without touching anybody else's."""
    windows = []

    def take(name: str) -> Page:
        window = chromium.new_context(base_url=site, locale=LOCALE[language], viewport=PHONE)
        windows.append(window)
        page = window.new_page()
        page.set_default_timeout(PATIENCE_OF_A_STEP)
        _sign_in(page, name, language)
        if not name.startswith("verifier"):
            return page
        page.goto("/verification/?year=2023&q=PLANT-ZH")
        page.locator("main tbody a").first.click()
        page.locator("#review a[href*='/verification/site/']").click()
        expect(page.locator("[data-part=ready]")).to_be_visible()
        return page

    yield take
    for window in windows:
        window.close()


def _note(page: Page, number: int, result: str, photo: bytes = b"", **fields: str) -> None:
    line = page.locator(f"#line-{number}")
    line.locator("summary").click()
    line.locator(f"input[value={result}]").check()
    for name, words in fields.items():
        line.locator(f"[name={name}]").fill(words)
    if photo:
        line.locator("[name=photos]").set_input_files([{"name": "scale.png", "mimeType": "image/png", "buffer": photo}])
    line.locator("button").click()


def _is(page: Page, number: int, state: str) -> None:
    expect(page.locator(f"#line-{number}")).to_have_attribute("data-state", state)


def test_a_visit_whose_network_is_cut_in_the_middle_loses_nothing(phone: Phone, language: str) -> None:
    page, first = phone("verifier_one"), FIRST[language]
    _note(page, first, "conforms", remark="before the cut")
    _is(page, first, "noted")
    page.context.set_offline(True)
    _note(page, first + 1, "does_not_conform", PHOTO, remark="no record of June")
    _note(page, first + 2, "not_checked", reason="standing still")
    page.locator(f"#line-{first + 3} summary").click()
    page.locator(f"#line-{first + 3} [name=remark]").fill("half a sentence")
    expect(page.locator("[data-part=waiting]")).to_contain_text("2")
    page.reload()  # the page opens without a network, with what waits and what was half written
    expect(page.locator("[data-part=waiting]")).to_contain_text("2")
    expect(page.locator(f"#line-{first + 3} [name=remark]")).to_have_value("half a sentence")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.context.set_offline(False)
    expect(page.locator("[data-part=none]")).to_be_visible()
    for number in (first + 1, first + 2):
        _is(page, number, "noted")
    page.goto(page.url.replace("/site/", "/cases/") + "review/")
    expect(page.locator(f"#line-{first + 1}")).to_contain_text("no record of June")
    expect(page.locator(f"#line-{first + 1} code").last).to_contain_text(hashlib.sha256(PHOTO).hexdigest()[:16])
    expect(page.locator(f"#line-{first + 2}")).to_contain_text("standing still")
    assert page.locator(f"#line-{first + 1} .note").count() == 1


@pytest.mark.parametrize("language", ["zh"])
def test_of_two_inspectors_who_noted_one_line_differently_both_are_kept_and_the_leader_chooses(
    phone: Phone, language: str
) -> None:
    leader, member, number = phone("verifier_one"), phone("verifier_two"), FIRST[language] + 4
    member.context.set_offline(True)
    _note(member, number, "does_not_conform", remark="the member saw it broken")
    _note(leader, number, "conforms", remark="the leader saw it whole")
    _is(leader, number, "noted")
    member.context.set_offline(False)
    _is(member, number, "contested")
    for words in ("saw it broken", "saw it whole"):
        expect(member.locator(f"#line-{number} .site-notes")).to_contain_text(words)
    leader.goto(leader.url.replace("/site/", "/cases/") + "review/?by=contested")
    broken = leader.locator(f"#line-{number} .note", has_text="saw it broken")
    broken.locator("a[href*='verification.choose_note']").click()
    leader.wait_for_url("**/act/verification.choose_note/**")
    _hand_in(leader, reason="there is a photo")
    leader.locator("main a[href='?']").click()
    line = leader.locator(f"#line-{number}")
    expect(line.locator(".note")).to_have_count(1)
    expect(line.locator(".note")).to_contain_text("saw it broken")
    expect(line.locator("details")).to_contain_text("saw it whole")


@pytest.mark.parametrize("language", ["zh"])
def test_what_was_noted_after_the_session_ended_is_sent_once_the_inspector_signs_in_again(
    phone: Phone, language: str
) -> None:
    page, number = phone("verifier_two"), FIRST[language] + 5
    page.context.clear_cookies(name="sessionid")
    _note(page, number, "conforms", remark="signed out meanwhile")
    expect(page.locator("[data-part=signin]")).to_be_visible()
    expect(page.locator("[data-part=waiting]")).to_contain_text("1")
    address = page.url
    # Somebody else who signs in on this phone sends nothing of it.
    _sign_in(page, "verifier_one", language)
    page.goto(address)
    expect(page.locator("[data-part=others]")).to_contain_text("1")
    _is(page, number, "open")
    page.context.clear_cookies(name="sessionid")
    _sign_in(page, "verifier_two", language)
    page.goto(address)
    _is(page, number, "noted")
    expect(page.locator("[data-part=none]")).to_be_visible()
    page.goto(address.replace("/site/", "/cases/") + "review/")
    expect(page.locator(f"#line-{number}")).to_contain_text("signed out meanwhile")


@pytest.mark.parametrize("language", ["en"])
def test_a_drawn_signature_is_an_image_and_says_so(phone: Phone, language: str) -> None:
    page = phone("verifier_one")
    pad = page.locator(".site-signature")
    pad.locator("[name=name]").fill("Zhang San")
    pad.locator("button:not([type])").click()
    expect(pad.locator("[data-blank]")).to_be_visible()  # nothing was drawn
    pad.locator("canvas").scroll_into_view_if_needed()
    box = pad.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 60, steps=4)
    page.mouse.up()
    pad.locator("button:not([type])").click()
    expect(pad.locator("[name=name]")).to_have_value("")  # it is in the queue: only then does an empty one say "sent"
    expect(page.locator("[data-part=none]")).to_be_visible()
    case = page.url.replace("/site/", "/cases/")
    page.goto(case)
    expect(page.locator("#files")).to_contain_text("An image of a drawn signature, no electronic signature")
    expect(page.locator("#files")).to_contain_text("Zhang San")


@pytest.mark.parametrize("language", ["zh"])
def test_a_citys_check_of_its_own_clue_whose_network_is_cut_loses_nothing(phone: Phone, language: str) -> None:
    page = phone("city_officer")
    page.goto("/verification/clues/")
    page.locator("a[href*='verification.report_clue']").click()
    page.wait_for_url("**/act/verification.report_clue/**")
    _hand_in(page, organisation=VERIFIED[language], parameter="入炉煤量", text="皮带秤无校验记录")
    page.goto("/verification/clues/?level=city")
    page.locator("main tbody a").first.click()
    page.locator("a[href*='/verification/site/clues/']").click()
    expect(page.locator("[data-part=ready]")).to_be_visible()
    page.context.set_offline(True)
    line = page.locator(".site-line")
    line.locator("input[value=real]").check()
    line.locator("[name=result]").fill("现场查看，无记录")
    line.locator("[name=photos]").set_input_files([{"name": "scale.png", "mimeType": "image/png", "buffer": PHOTO}])
    line.locator("button").click()
    expect(page.locator("[data-part=waiting]")).to_contain_text("1")
    page.reload()  # without a network
    expect(page.locator("[data-part=waiting]")).to_contain_text("1")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.context.set_offline(False)
    expect(line).to_have_attribute("data-state", "rectifying")
    expect(line.locator(".site-notes")).to_contain_text("现场查看，无记录")
    page.goto(page.url.replace("/site/", "/"))
    expect(page.locator("#files")).to_contain_text("scale.png")
