"""Behind nginx for HTTPS, as docs/how-to/deploy.md sets it up: somebody signs in, uploads, deposits, in a browser.

nginx reads deploy/nginx.conf; only ports, certificate and the file's own frame are put in.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.journeys.conftest import LOCALE, ROOT, WIDE, _sign_in, free_port, running, wait_for
from tests.journeys.province import PROVINCE
from tests.journeys.test_a_month import WORDS, _answer_and_submit, _deposit, _downloaded, _upload
from tests.journeys.workbook import fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.journey
Deployed = tuple[str, str, Path]
NAME = "carbon.example.gov.cn"  # as in deploy/nginx.conf
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate and its key, of this run alone."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "fullchain.pem", folder / "privkey.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return chain, private


@contextmanager
def nginx(folder: Path, site: str) -> Iterator[None]:
    """nginx with `site` as its only site, as whoever runs this."""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{site}\n}}\n"
    )
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    subprocess.run([*command, "-t", "-q"], check=True)
    process = subprocess.Popen(command)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory, migrated: Callable[[Path], Path]) -> Iterator[Deployed]:
    """The address through nginx, the address behind it, and the folder with the logs."""
    if not Path(NGINX).exists():
        pytest.skip("no nginx: install the Debian package nginx-light")
    var, folder = tmp_path_factory.mktemp("deployed"), tmp_path_factory.mktemp("nginx")
    pages, secure, plain = free_port(), free_port(), free_port()
    address = f"https://localhost:{secure}"
    chain, private = self_signed(folder)
    site = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    for literal, here in {
        NAME: "localhost",
        "127.0.0.1:8000": f"127.0.0.1:{pages}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "/etc/tanzhi/tls/fullchain.pem": str(chain),
        "/etc/tanzhi/tls/privkey.pem": str(private),
    }.items():
        assert literal in site
        site = site.replace(literal, here)
    unwanted = ("TANZHI_DATABASE", "PYTHONWARNINGS", "TANZHI_TODAY", "TANZHI_TIME_CODES")
    environment = {k: v for k, v in os.environ.items() if k not in unwanted} | {
        "TANZHI_VAR": str(var),
        "TANZHI_PROVINCE": PROVINCE,
        "TANZHI_ADDRESS": address,
        "TANZHI_PROXY": "1",
        "TANZHI_LOG": "json",
        "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings",
    }
    var.chmod(0o700)
    migrated(var)
    (var / "tanzhi.sqlite3").chmod(0o600)
    invented = environment | {"TANZHI_TIME_CODES": "off"}  # people without telephones
    # the plants alone, and no administrator: the guide begins with an installation that has none
    province = [sys.executable, "-m", "tests.journeys.province", "plants"]
    subprocess.run(province, cwd=ROOT, env=invented, check=True)
    with ExitStack() as stack:
        for command in (["worker"], ["serve", "--port", str(pages), "--workers", "2", "--threads", "2"]):
            stack.enter_context(running(command, environment, var))
        wait_for(f"http://127.0.0.1:{pages}/healthz", var)
        stack.enter_context(nginx(folder, site))
        os.environ["TANZHI_DEPLOYED"] = json.dumps(environment)
        yield address, f"http://127.0.0.1:{pages}", var
    del os.environ["TANZHI_DEPLOYED"]


def test_a_month_is_signed_in_for_uploaded_and_deposited_through_the_proxy(
    public: Deployed, chromium: Browser, tmp_path: Path
) -> None:
    address, _, var = public
    words = WORDS["zh"]

    def visit(name: str) -> Page:
        window = chromium.new_context(base_url=address, locale=LOCALE["zh"], viewport=WIDE, ignore_https_errors=True)
        page = window.new_page()
        _sign_in(page, name, "zh")
        return page

    clerk = visit("clerk_zh")
    assert all(cookie["secure"] for cookie in clerk.context.cookies() if cookie["name"] in ("sessionid", "csrftoken"))
    clerk.get_by_role("link", name=words["list"]).first.click()
    clerk.locator("input[name=period]").fill("2024-06")
    clerk.get_by_role("button", name=words["open"], exact=True).click()
    template, filled = _downloaded(clerk, words["template"], tmp_path), tmp_path / "june.xlsx"
    fill(template, filled)
    _upload(clerk, words, filled)
    _answer_and_submit(clerk, words)
    approver = visit("approver_zh")
    receipt = _deposit(approver, clerk.url, words, tmp_path)
    assert json.loads(receipt.read_text("utf-8"))
    lines = [json.loads(line) for line in (var / "serve.log").read_text("utf-8").splitlines() if line.startswith("{")]
    uploads = [line for line in lines if line.get("method") == "POST" and line["route"].endswith("upload/")]
    assert uploads
    assert all(re.fullmatch(r"[0-9a-f]{32}", line["request"]) for line in uploads)  # the id that nginx gave
    for page in (clerk, approver):
        page.context.close()


def answer(address: str) -> tuple[int, str, str]:
    """Status, place it leads to, body; without following."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=trusting))
    try:
        with opener.open(address, timeout=30) as found:
            return found.status, "", found.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers.get("Location", ""), refused.read().decode(errors="replace")


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/livez"])
def test_what_is_for_watchdogs_is_not_to_be_had_through_the_proxy(path: str, public: Deployed) -> None:
    outside, inside, _ = public
    assert answer(f"{outside}{path}")[0] == 404
    assert answer(f"{inside}{path}")[0] == 200


def test_without_https_everybody_is_sent_there(public: Deployed) -> None:
    outside, inside, _ = public
    assert answer(f"{inside}/about/")[:2] == (301, f"https://{inside.removeprefix('http://')}/about/")
    assert answer(f"{outside}/about/")[0] == 200


def test_the_guides_own_commands_make_the_administrators_and_find_all_as_it_should_be(public: Deployed) -> None:
    """As they stand in docs/how-to/deploy.md, run by whoever runs this, with the port of this installation."""
    guide = (ROOT / "docs/how-to/deploy.md").read_text("utf-8")
    written = re.findall(r"^    (?:runuser -u tanzhi -- )?(/opt/tanzhi/bin/tanzhi .+|curl .+)$", guide, re.M)
    assert [line.split()[1] for line in written] == ["admin", "check-deploy", "http://127.0.0.1:8000/healthz"]
    environment, answers = json.loads(os.environ["TANZHI_DEPLOYED"]), []
    for line in written:
        here = line.replace("http://127.0.0.1:8000", public[1])
        program, *words = shlex.split(here)
        command = (
            [sys.executable, "-m", "tanzhi.cli", *words] if program.endswith("tanzhi") else [program, "-s", *words]
        )
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), line
        answers.append(done.stdout)
    assert f"{public[0]}/organisations/invitation/" in answers[0]
    assert json.loads(answers[2])["status"] == "ok"


def workers_of(var: Path) -> set[int]:
    return {int(n) for n in re.findall(r"worker-\d+ with PID: (\d+)", (var / "serve.log").read_text("utf-8"))}


def test_a_process_of_the_server_lends_its_connections_again(public: Deployed) -> None:
    """Opening one reads the whole schema, so that it would take longer than the page."""
    _, inside, var = public
    kept: set[int] = set()
    until = time.monotonic() + 60
    while kept != workers_of(var) and time.monotonic() < until:  # each of the two must have answered once
        answer(f"{inside}/about/")
        answer(f"{inside}/healthz")
        for worker in workers_of(var):
            opened = [os.readlink(each) for each in Path(f"/proc/{worker}/fd").iterdir() if each.is_symlink()]
            kept |= {worker} if str(var / "tanzhi.sqlite3") in opened else set()
    assert kept == workers_of(var)


def test_whoever_hangs_up_before_the_answer_takes_no_turn_away(public: Deployed) -> None:
    """Two processes of two turns each; more go away than there are turns."""
    _, inside, _ = public
    host, port = inside.removeprefix("http://").split(":")
    for _ in range(12):
        with socket.create_connection((host, int(port)), timeout=30) as line:
            line.sendall(f"GET /about/ HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    assert {answer(f"{inside}/livez")[0] for _ in range(8)} == {200}


def test_a_process_of_the_server_that_dies_is_begun_anew(public: Deployed) -> None:
    _, inside, var = public
    numbers = workers_of(var)
    assert len(numbers) == 2
    for number in numbers:
        os.kill(number, signal.SIGKILL)
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            if answer(f"{inside}/livez")[0] == 200:
                break
        except OSError:
            time.sleep(0.5)
    again = {int(n) for n in re.findall(r"worker-\d+ with PID: (\d+)", (var / "serve.log").read_text("utf-8"))}
    assert len(again - numbers) == 2


def test_after_all_of_it_the_log_answers_for_every_row(public: Deployed) -> None:
    """In a real installation, where nobody is refused for a row without an entry: none was written."""
    environment = json.loads(os.environ["TANZHI_DEPLOYED"])
    command = [sys.executable, "-m", "tanzhi.cli", "evidence", "verify", "--lang", "en"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "without an entry" not in (public[2] / "serve.log").read_text() + (public[2] / "worker.log").read_text()
