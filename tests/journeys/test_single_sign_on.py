"""Single sign-on in the browser: bound and mapped by two administrators, in by the provider, out; the wrong ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.identity_provider import PASSWORD as AT_THE_PROVIDER
from tests.journeys.conftest import LOCALE
from tests.journeys.pressing import approve_at_home, do, found
from tests.journeys.province import NEWCOMERS, PLANTS
from tests.journeys.reading import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.identity_provider import IdentityProvider
    from tests.journeys.conftest import Visitor

SIGN_IN, ACCOUNT = "/organisations/sign-in/", "/organisations/account/"
PEOPLE, MAPPINGS = "/organisations/people/", "/organisations/sign-on/roles/"
MAP_ROLE = {"zh": "登记统一身份角色", "en": "Map a role of the single sign-on"}
BIND = {"zh": "绑定统一身份", "en": "Bind to the single sign-on"}
BUTTON = "main a[href^='/organisations/sign-in/provider/']"

pytestmark = pytest.mark.journey


@pytest.fixture
def newcomer(chromium: Browser, site: str, language: str) -> Page:
    """Somebody whose browser was never here and speaks the journey's language."""
    return chromium.new_context(base_url=site, locale=LOCALE[language]).new_page()


def by_the_provider(page: Page, username: str) -> None:
    """From the page of signing in by its button to the provider, through its form, and back."""
    page.goto(SIGN_IN)
    page.locator(BUTTON).click()
    if page.locator("#id_username").count():  # who has signed in there before is sent straight back
        page.locator("#id_username").fill(username)
        page.locator("#id_password").fill(AT_THE_PROVIDER)
        page.get_by_role("button", name="Sign in at the provider").click()


def says(page: Page, code: str, words: str) -> None:
    """The page of signing in refuses with a code and what to do."""
    expect(page).to_have_url(re.compile(f"{SIGN_IN}$"))
    expect(page.locator("[role=alert]")).to_contain_text(code)
    expect(page.locator("[role=alert]")).to_contain_text(words)


def test_somebody_comes_in_by_the_provider_for_the_first_time(
    visitor: Visitor, newcomer: Page, identities: IdentityProvider, language: str
) -> None:
    username, claim = f"lin_{language}", f"carbon-filer-{language}"
    identities.says(username, sub=f"u-{language}", roles=[claim, "librarian"])
    by_the_provider(newcomer, username)
    says(newcomer, "SSO-UNBOUND", f"u-{language}")  # by which the administrators bind him

    security, administrator = visitor("a_security_administrator"), visitor("a_administrator")
    role = {"claim": claim, "role": "enterprise_filer", "organisation": PLANTS[language]}
    do(security, MAPPINGS, "organisations.map_role", **role)
    approve_at_home(administrator, MAP_ROLE[language])
    person = found(security, PEOPLE, NEWCOMERS[language])
    do(security, person, "organisations.bind_identity", identity=f"u-{language}")
    approve_at_home(administrator, BIND[language])

    by_the_provider(newcomer, username)
    expect(newcomer.locator("nav.streams a[href='/filings/']")).to_have_count(1)
    expect(newcomer.locator("main")).to_contain_text("librarian")  # what gives nothing is said
    if language == "en":  # an account speaks Chinese until its owner says otherwise
        newcomer.get_by_role("button", name="English").click()
        newcomer.wait_for_selector("html[lang=en]")
    newcomer.goto(ACCOUNT)
    expect(newcomer.locator("main")).to_contain_text({"zh": "企业填报人", "en": "Enterprise filer"}[language])
    expect(newcomer.locator("main")).to_contain_text(f"u-{language}")
    pages = ((security, MAPPINGS), (security, person), (newcomer, ACCOUNT))
    assert [fault for who, address in pages for fault in faults_of(who, address)] == []

    newcomer.set_viewport_size({"width": 1440, "height": 900})
    with newcomer.expect_navigation():
        newcomer.locator("nav form[action*='sign-out'] button").click()
    newcomer.goto(ACCOUNT)
    expect(newcomer.locator("#password")).to_be_visible()
    assert faults_of(newcomer, SIGN_IN) == []

    identities.says(username, sub=f"u-{language}", roles=["librarian"])
    by_the_provider(newcomer, username)
    says(newcomer, "SSO-ROLE", "librarian")
    newcomer.context.close()


def test_a_mail_that_the_provider_did_not_verify_binds_nobody(
    newcomer: Page, identities: IdentityProvider, language: str
) -> None:
    mail = f"{NEWCOMERS[language]}@plant.example"
    identities.says(f"wei_{language}", sub=f"w-{language}", email=mail, email_verified=False)
    by_the_provider(newcomer, f"wei_{language}")
    says(newcomer, "SSO-UNBOUND", f"w-{language}")
    newcomer.context.close()
