"""Accounts in the browser: a head invites and disables, a stranger applies with a paper; each comes in by a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.journeys.pressing import do, found
from tests.journeys.province import PLANTS
from tests.journeys.reading import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.conftest import Visitor

STAFF = "/organisations/own-people/"
APPLY = "/cases/applications/apply/"
LINK = re.compile(r"/organisations/invitation/[\w-]+/")
AUTHORITY = {"name": "authority.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"}

pytestmark = pytest.mark.journey


def accepted(chromium: Browser, site: str, link: str, name: str) -> Page:
    """Whoever got the link sets a password in a browser of his own, and signs in."""
    page = chromium.new_context(base_url=site).new_page()
    page.goto(link)
    for field in ("password", "again"):
        page.locator(f"[name={field}]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button.primary").click()
    page.locator("#username").fill(name)
    page.locator("#password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("#password").press("Enter")
    expect(page.locator("nav.streams a[href='/filings/']")).to_have_count(1)
    return page


def link_on(page: Page) -> str:
    """The link that is printed where no mail server is."""
    link = LINK.search(page.locator("main").inner_text())
    assert link is not None
    return link[0]


def test_a_head_invites_a_filer_gives_the_role_and_disables_the_account(
    visitor: Visitor, chromium: Browser, site: str, language: str
) -> None:
    head, name = visitor(f"head_{language}"), f"new_clerk_{language}"
    do(head, STAFF, "organisations.own_invite", sign_in_name=name, name="新填报人 / new filer", role="enterprise_filer")
    clerk = accepted(chromium, site, link_on(head), name)
    person = found(head, STAFF, "新填报人 / new filer")
    do(head, person, "organisations.own_disable", reason="已离职 / has left")
    clerk.goto("/filings/")
    expect(clerk.locator("#password")).to_be_visible()  # the session ended with the account
    assert [fault for address in (STAFF, person) for fault in faults_of(head, address)] == []
    clerk.context.close()


def test_a_stranger_applies_with_a_paper_and_comes_in_by_the_link(
    visitor: Visitor, chromium: Browser, site: str, language: str
) -> None:
    name = f"applicant_{language}"
    public = visitor()
    assert faults_of(public, APPLY) == []
    public.set_viewport_size({"width": 1440, "height": 900})
    public.goto(APPLY)
    public.locator("[name=organisation]").select_option(PLANTS[language])
    public.locator("[name=name]").fill("申请人 / applicant")
    public.locator("[name=role]").select_option("enterprise_filer")
    public.locator("[name=email]").fill(f"{name}@example.com")
    public.locator("[name=phone]").fill("0931 1234567")
    public.locator("[name=papers]").set_input_files([AUTHORITY])  # type: ignore[list-item]  # a file in memory
    with public.expect_navigation():
        public.locator("form.action button.primary").click()
    expect(public.locator("main [role=status]")).to_contain_text(f"{name}@example.com")
    head = visitor(f"head_{language}")
    head.goto("/cases/applications/")
    with head.expect_navigation():
        head.locator("main tbody a").first.click()
    application = head.url
    expect(head.locator("a", has_text="authority.pdf")).to_have_count(1)
    do(head, application, "organisations.own_accept_application", sign_in_name=name)
    assert faults_of(head, application) == []
    person = head.locator("dl.facts a[href*='/organisations/people/']").get_attribute("href")
    do(head, str(person), "organisations.own_invite_again")
    accepted(chromium, site, link_on(head), name).context.close()
