"""Whatever stands in an address, a query or a body: never an error of the program, and in the API always one shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tanzhi.actions.typed import BIGGEST, fault_in, whole
from tanzhi.organisations.people.model import Person

HOSTILE = ("²", "abc", "-1", str(10**30), "a\0b", "中", "", "x" * 3000, "١٢")
SOURCE = Path(__file__).parents[2] / "src" / "tanzhi"
REFS = ("result:abc", "filing:abc", f"filing:{10**30}", "entry:²", "intensity.change:x-²-9", "figure:", "x:y?z")


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


ROUTES = sorted(route for route in set(routes(get_resolver().url_patterns)) if not route.startswith("api/actions/"))


def queries() -> set[str]:
    """Every name that some page reads out of an address."""
    read = re.compile(r"GET\.get\(\"(\w+)\"|GET\.getlist\(\"(\w+)\"")
    return {
        name for path in SOURCE.rglob("*.py") for pair in read.findall(path.read_text("utf-8")) for name in pair
    } - {""}


def address(route: str, value: str) -> str:
    def filled(match: re.Match[str]) -> str:
        is_number = match[0].startswith("<int:")
        return (
            quote(value or "-", safe="") if not is_number else (value if value.isascii() and value.isdigit() else "1")
        )

    return "/" + re.sub(r"<[^>]+>", filled, route)


def test_the_names_that_pages_read_are_enumerated() -> None:
    assert {"start", "ref", "year", "as"} <= queries()


@pytest.mark.parametrize("signed_in", [False, True], ids=["anonymous", "officer"])
def test_no_address_and_no_query_breaks_a_page(signed_in: bool, client: Client, officer, clerk_person) -> None:
    client.raise_request_exception = False
    if signed_in:
        client.force_login(Person.objects.get(pk=officer.person_id), "django.contrib.auth.backends.ModelBackend")
    names = sorted(queries())
    broken = []
    for number, route in enumerate(ROUTES):
        for at in (0, 3, 6):  # three of the values for each address, another three for the next
            value = HOSTILE[(number + at) % len(HOSTILE)]
            answer = client.get(address(route, value), dict.fromkeys(names, value))
            unwell = route.startswith("healthz") and answer.status_code == 503  # no worker here, and it says so
            if answer.status_code >= 500 and not unwell:
                broken.append((route, value[:20], answer.status_code))
    assert broken == []


@pytest.mark.parametrize("ref", REFS)
@pytest.mark.parametrize("start", ["²", "-1", str(10**30)])
def test_a_reference_that_is_none_is_told(ref: str, start: str, client: Client, world) -> None:
    for page in ("/explain/", "/explain.json"):
        assert client.get(page, {"ref": ref, "start": start}).status_code == 404


def test_what_no_database_keeps_is_known() -> None:
    assert [whole(word) for word in HOSTILE] == [None] * len(HOSTILE)
    assert (whole("12"), whole(str(BIGGEST)), whole(str(BIGGEST + 1)), whole("13", 12)) == (12, BIGGEST, None, None)
    deep: list[object] = []
    for _ in range(50):
        deep = [deep]
    assert [fault_in(value) for value in ("a\x07", {"a\0": 1}, [10**30], deep, "a\n\t中")] == [
        "control_character", "control_character", "too_large", "too_deep", "",
    ]  # fmt: skip


# --- the API's one shape ------------------------------------------------------------------------------------

WRONG = {
    400: lambda client: client.post("/api/actions/filings.open", b"{", content_type="application/json"),
    401: lambda client: Client().get("/api/me"),
    404: lambda client: client.get("/api/nowhere"),
    405: lambda client: client.delete("/api/me"),
    413: None,
    422: lambda client: client.post("/api/actions/filings.open", {"period": 1}, content_type="application/json"),
    500: None,
}


def shaped(answer) -> bool:
    body = json.loads(answer.content)
    return {"code", "message", "findings"} <= body.keys() and set(body["message"]) == {"zh", "en"}


@pytest.mark.parametrize("status", [status for status, request in WRONG.items() if request])
def test_the_api_tells_every_error_in_one_shape(status: int, client: Client, clerk_person) -> None:
    client.force_login(clerk_person, "django.contrib.auth.backends.ModelBackend")
    answer = WRONG[status](client)
    assert answer.status_code == status
    assert shaped(answer)


def test_the_api_tells_a_fault_of_the_platform_in_the_same_shape(client: Client, clerk_person, monkeypatch) -> None:
    client.force_login(clerk_person, "django.contrib.auth.backends.ModelBackend")
    client.raise_request_exception = False

    def broken(*_anything: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tanzhi.web.api.actor_for", broken)
    answer = client.get("/api/me")
    assert (answer.status_code, shaped(answer), json.loads(answer.content)["code"]) == (500, True, "API-FAULT")


def test_the_api_tells_too_large_a_body_in_the_same_shape(client: Client, clerk_person, settings) -> None:
    client.force_login(clerk_person, "django.contrib.auth.backends.ModelBackend")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = client.post("/api/actions/filings.open", {"period": "2" * 100}, content_type="application/json")
    assert answer.status_code in (400, 413)
    assert shaped(answer)


# --- the grid -----------------------------------------------------------------------------------------------


def test_a_grid_of_two_thousand_rows_fits_into_one_request() -> None:
    from django.conf import settings

    from tanzhi.presentation.sheets.posted import MOST_ROWS

    rows, columns, words = 2_000, 12, 40
    assert rows * columns < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert MOST_ROWS * columns * (words + len('"",')) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
