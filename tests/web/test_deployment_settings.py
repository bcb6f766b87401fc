"""From one address follow host, origin, HTTPS, redirect and HSTS; what cannot be read is refused by name."""

from __future__ import annotations

import os
import re
import socketserver
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.organisations.people.model import Person
from tanzhi.web.deployment import YEAR_SECONDS, MailServer, Misconfigured, read_deployment, read_mail
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


# --- mail --------------------------------------------------------------------------------------------------------

SENDER = "carbon@example.gov.cn"


@pytest.mark.parametrize(
    ("stated", "server"),
    [
        ("smtp://127.0.0.1", MailServer("127.0.0.1", 25, sender=SENDER)),
        ("smtp://mail.example:2525/", MailServer("mail.example", 2525, sender=SENDER)),
        ("smtps://u:p@mail.example", MailServer("mail.example", 465, "u", "p", is_encrypted=True, sender=SENDER)),
        (
            "smtp+starttls://u%40example:a%2Fb%3Ac@mail.example",
            MailServer("mail.example", 587, "u@example", "a/b:c", becomes_encrypted=True, sender=SENDER),
        ),
    ],
)
def test_a_mail_server_is_read_with_its_port_and_how_it_is_encrypted(stated: str, server: MailServer) -> None:
    assert read_mail({"TANZHI_MAIL": stated, "TANZHI_MAIL_FROM": SENDER}) == server


def test_without_a_server_no_mail_leaves() -> None:
    assert read_mail({"TANZHI_MAIL_FROM": SENDER}) == MailServer()


@pytest.mark.parametrize(
    "stated", ["mail.example", "imap://mail.example", "smtp://", "smtp://u@mail.example", "smtp://mail.example:x"]
)
def test_half_a_server_is_refused_by_name_and_without_its_password(stated: str) -> None:
    with pytest.raises(Misconfigured, match=r"TANZHI_MAIL: expected smtp, smtps or smtp\+starttls"):
        read_mail({"TANZHI_MAIL": stated, "TANZHI_MAIL_FROM": SENDER})


def test_a_server_without_a_sender_is_refused() -> None:
    with pytest.raises(Misconfigured, match="TANZHI_MAIL_FROM="):
        read_mail({"TANZHI_MAIL": "smtp://127.0.0.1"})


class Mailbox(socketserver.StreamRequestHandler):
    """A mail server that takes whatever comes, for one letter."""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        while (line := self.rfile.readline().rstrip().upper()) not in (b"QUIT", b""):
            if line == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while (line := self.rfile.readline()) != b".\r\n":
                    LETTER.append(line.decode())
            self.wfile.write(b"250 OK\r\n")
        self.wfile.write(b"221 bye\r\n")


LETTER: list[str] = []


def test_a_letter_leaves_through_the_named_server_in_the_stated_name(tmp_path: Path) -> None:
    """In a process of its own, as settings are read once."""
    with socketserver.TCPServer(("127.0.0.1", 0), Mailbox) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        environment = os.environ | {
            "TANZHI_VAR": str(tmp_path), "TANZHI_MAIL": f"smtp://127.0.0.1:{server.server_address[1]}",
            "TANZHI_MAIL_FROM": SENDER, "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings",
        }  # fmt: skip
        code = "from django.core.mail import send_mail; print(send_mail('邀请', '链接', None, ['a@example.org']))"
        sent = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, timeout=60
        )
    assert sent.stdout.strip() == "1", sent.stderr
    assert f"From: {SENDER}\r\n" in LETTER
