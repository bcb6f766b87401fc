"""What the log says of a request, and what it never says."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from tanzhi.actions.log_context import log_context
from tanzhi.actions.refusal import Refused
from tanzhi.organisations.people.model import Person
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web import counters
from tanzhi.web.logs import SAFE, JsonLine, TextLine, logging_settings

SECRET = "张三-secret-4711"
HEX = re.compile(r"[0-9a-f]{16}")


def fails(request: HttpRequest, kind: str, secret: str = "") -> HttpResponse:
    """Ends in each of the ways in which a page can."""
    ends = {
        "400": SuspiciousOperation(SECRET),
        "404": Http404(SECRET),
        "409": Refused("T-NO", Text("不行", "No")),
        "500": ValueError(SECRET),
        "503": OperationalError("database is locked"),
    }
    if kind == "403":
        from django.core.exceptions import PermissionDenied

        raise PermissionDenied
    raise ends[kind]


urlpatterns = [path("fails/<str:kind>/", fails), path("fails/<str:kind>/<str:secret>/", fails)]


@pytest.fixture
def site(settings: Any) -> Client:
    """The whole site, and beside it a page that fails in every way."""
    from tanzhi.web import urls

    both = ModuleType("both")
    vars(both).update(vars(urls), urlpatterns=[*urlpatterns, *urls.urlpatterns])
    settings.ROOT_URLCONF = both
    return Client(raise_request_exception=False)


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """Every line that the installation's log would hold, as a program reads it."""
    written: list[dict[str, Any]] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(self.format(record)))

    collector = Collector()
    collector.setFormatter(JsonLine())
    root = logging.getLogger()
    root.addHandler(collector)
    yield written
    root.removeHandler(collector)


def access(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["logger"] == "tanzhi.access"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["400", "403", "404", "409", "500", "503"])
def test_every_error_page_shows_the_id_under_which_the_log_has_it(
    kind: str, site: Client, lines: list[dict[str, Any]]
) -> None:
    answer = site.get(f"/fails/{kind}/")
    (line,) = access(lines)
    assert HEX.fullmatch(line["request"])
    assert answer.headers["X-Request-ID"] == line["request"]
    assert f"<code>{line['request']}</code>" in answer.content.decode()
    assert (line["method"], line["route"], line["status"]) == ("GET", "fails/<str:kind>/", answer.status_code)
    assert line["bytes"] == len(answer.content)


@pytest.mark.django_db
def test_an_unforeseen_fault_leaves_its_stack_under_the_same_id(site: Client, lines: list[dict[str, Any]]) -> None:
    answer = site.get("/fails/500/")
    (fault,) = [line for line in lines if line["level"] == "ERROR"]
    assert fault["request"] == answer.headers["X-Request-ID"]
    assert "in fails" in fault["stack"]
    assert fault["stack"].endswith("builtins.ValueError")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["400", "404", "409", "500"])
def test_no_query_body_secret_path_or_message_reaches_the_log(
    kind: str, site: Client, lines: list[dict[str, Any]]
) -> None:
    site.post(f"/fails/{kind}/{SECRET}/?name={SECRET}", {"password": SECRET}, headers={"x-request-id": SECRET})
    assert access(lines)
    written = json.dumps(lines, ensure_ascii=False)
    assert "4711" not in written
    assert "张三" not in written


def test_signing_in_wrongly_writes_no_name(clerk_person: Person, lines: list[dict[str, Any]]) -> None:
    address = reverse("organisations:sign_in")
    for _ in range(2):
        Client().post(address, {"username": clerk_person.sign_in_name, "password": SECRET})
    assert [line["status"] for line in access(lines)] == [422, 422]
    assert clerk_person.sign_in_name not in json.dumps(lines)


def test_a_signed_in_person_stands_in_the_access_log_by_number_alone(
    clerk_person: Person, lines: list[dict[str, Any]]
) -> None:
    client = Client()
    client.force_login(clerk_person, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("web:home"))
    (line,) = access(lines)
    assert line["person"] == clerk_person.pk
    assert clerk_person.name not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "brought", "taken"),
    [
        (1, "req-20241128-0001", True),
        (0, "req-20241128-0001", False),
        (1, "x\nforged line", False),
        (1, "short", False),
        (1, "a" * 65, False),
        (1, "名字名字名字名字", False),
    ],
)
def test_an_id_is_taken_from_a_trusted_server_and_only_if_it_is_one(
    settings: Any, proxies: int, brought: str, taken: bool
) -> None:
    settings.PROXIES = proxies
    answer = Client(REMOTE_ADDR="127.0.0.1").get("/about/", HTTP_X_REQUEST_ID=brought)
    assert (answer.headers["X-Request-ID"] == brought) is taken


def record(message: str, fault: BaseException | None = None) -> logging.LogRecord:
    exc_info = (type(fault), fault, fault.__traceback__) if fault else None
    return logging.LogRecord("t", logging.ERROR, "", 0, message, (), exc_info)


def test_a_line_break_in_a_message_makes_no_second_line() -> None:
    with log_context(request="abc"):
        text = TextLine().format(record("one\nFORGED\r\n"))
    assert text.count("\n") == 0
    assert text.endswith("request=abc")


@pytest.mark.parametrize("kind", SAFE)
def test_messages_that_cannot_quote_data_are_written(kind: type[Exception]) -> None:
    assert json.loads(JsonLine().format(record("x", kind("the cause"))))["stack"].endswith(": the cause")


def test_other_messages_are_written_only_where_the_installation_asks_for_them() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(SECRET) from cause
    except ValueError as fault:
        private, full = JsonLine().format(record("x", fault)), JsonLine(messages=True).format(record("x", fault))
    assert SECRET not in private
    assert "KeyError" in private
    assert full.count(SECRET) == 2


def test_the_settings_build_a_log_that_writes_either_form(capsys: pytest.CaptureFixture[str]) -> None:
    import logging.config

    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        for form, begins in (("json", "{"), ("text", "20")):
            logging.config.dictConfig(logging_settings(form, "INFO", messages=False))
            logging.getLogger("tanzhi.test").info("hello")
            assert capsys.readouterr().err.startswith(begins)
    finally:
        root.handlers[:] = before
        root.setLevel(level)


def test_requests_are_counted_over_all_processes_by_class_of_status(settings: Any, tmp_path: Any) -> None:
    import subprocess
    import sys

    settings.VAR = tmp_path
    counters._own.clear()
    counters.count(200, 0.25)
    counters.count(204, 0.25)
    code = (
        "from django.conf import settings; import sys\n"
        "settings.configure(VAR=sys.argv[1])\n"
        "from tanzhi.web import counters; counters.count(503, 1.5)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    assert counters.totals() == {
        "1xx": (0, 0.0), "2xx": (2, 0.5), "3xx": (0, 0.0), "4xx": (0, 0.0), "5xx": (1, 1.5),
    }  # fmt: skip
    counters.clear()
    counters._own.clear()
    assert counters.totals()["2xx"] == (0, 0.0)
