"""From one address follow host, origin, HTTPS, redirect and HSTS; what cannot be read is refused by name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.organisations.people.model import Person
from tanzhi.web.deployment import YEAR_SECONDS, Misconfigured, read_deployment
from tests import factories

HTTPS = "https://carbon.example.gov.cn"


def test_without_any_setting_only_this_machine_is_served_and_without_https() -> None:
    plain = read_deployment({})
    assert plain.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (plain.https, plain.proxies, plain.hsts_seconds, plain.redirect_to_https) == (False, 0, 0, False)
    assert plain.trusted_origins == []


def test_an_https_address_behind_a_server_is_enough() -> None:
    public = read_deployment({"TANZHI_ADDRESS": f"{HTTPS}/", "TANZHI_PROXY": "1"})
    assert public.hosts[0] == "carbon.example.gov.cn"
    assert (public.address, public.trusted_origins) == (HTTPS, [HTTPS])
    assert (public.https, public.redirect_to_https, public.hsts_seconds) == (True, True, YEAR_SECONDS)


def test_a_port_belongs_to_the_origin_and_not_to_the_host() -> None:
    public = read_deployment({"TANZHI_ADDRESS": "https://carbon.example.gov.cn:8443"})
    assert public.hosts[0] == "carbon.example.gov.cn"
    assert public.trusted_origins == ["https://carbon.example.gov.cn:8443"]


def test_what_is_stated_wins_over_what_follows() -> None:
    stated = {"TANZHI_ADDRESS": HTTPS, "TANZHI_HOSTS": "a.example, b.example", "TANZHI_HTTPS": "0"}
    assert read_deployment(stated).hosts == ("a.example", "b.example")
    assert not read_deployment(stated).https
    assert read_deployment({"TANZHI_ADDRESS": HTTPS, "TANZHI_HSTS_SECONDS": "0"}).hsts_seconds == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TANZHI_ADDRESS", "carbon.example.gov.cn"),
        ("TANZHI_ADDRESS", "ftp://carbon.example.gov.cn"),
        ("TANZHI_ADDRESS", "https://carbon.example.gov.cn/sub"),
        ("TANZHI_PROXY", "yes"),
        ("TANZHI_PROXY", "-1"),
        ("TANZHI_PROXY", "²"),
        ("TANZHI_PROXY_FROM", "the cellar"),
        ("TANZHI_HSTS_SECONDS", "1 year"),
    ],
)
def test_a_setting_that_cannot_be_read_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        read_deployment({"TANZHI_ADDRESS": HTTPS, name: value})


@pytest.fixture
def public(settings: Any) -> None:
    """This process as an installation behind a server for HTTPS."""
    described = read_deployment({"TANZHI_ADDRESS": HTTPS, "TANZHI_PROXY": "1"})
    settings.TANZHI_ADDRESS, settings.ALLOWED_HOSTS = described.address, list(described.hosts)
    settings.CSRF_TRUSTED_ORIGINS, settings.PROXIES = described.trusted_origins, described.proxies
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = described.redirect_to_https, described.hsts_seconds
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = described.https


def through_the_proxy() -> Client:
    return Client(
        enforce_csrf_checks=True,
        headers={"host": "carbon.example.gov.cn", "x-forwarded-proto": "https", "origin": HTTPS},
    )


@pytest.mark.usefixtures("public")
def test_somebody_signs_in_behind_https_with_the_token_of_the_form(clerk_person: Person) -> None:
    browser, address = through_the_proxy(), reverse("organisations:sign_in")
    page = browser.get(address)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]  # type: ignore[index]  # there or the test fails
    answer = browser.post(
        address, {"username": clerk_person.sign_in_name, "password": factories.PASSWORD, "csrfmiddlewaretoken": token}
    )
    assert answer.status_code == 302
    assert answer.cookies["sessionid"]["secure"]
    assert page.headers["Strict-Transport-Security"] == f"max-age={YEAR_SECONDS}"


@pytest.mark.usefixtures("public", "db")
def test_without_https_a_page_is_sent_there_and_a_watchdog_is_answered() -> None:
    browser = Client(headers={"host": "carbon.example.gov.cn"})
    answer = browser.get(reverse("organisations:sign_in"))
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{HTTPS}{reverse('organisations:sign_in')}")
    assert browser.get(reverse("web:live")).status_code == 200


@pytest.mark.usefixtures("public")
def test_the_test_clients_own_host_is_no_host_of_an_installation() -> None:
    assert "testserver" not in read_deployment({}).hosts
    assert Client(headers={"host": "testserver", "x-forwarded-proto": "https"}).get("/about/").status_code == 400


def test_links_are_under_the_stated_address_whatever_host_a_request_names(settings: Any, rf: Any) -> None:
    from tanzhi.organisations.people.links import Issued
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.sign_in_pages import link

    issued = Issued(Person(), "reset", "secret")
    request = rf.get("/", headers={"host": "testserver"})
    assert link(request, issued).startswith("http://testserver/")
    settings.TANZHI_ADDRESS = HTTPS
    assert link(request, issued) == f"{HTTPS}{reverse('organisations:reset', args=['secret'])}"
