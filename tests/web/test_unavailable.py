"""A full disk and a database that is away are said with a code, on pages and in the API, in both languages."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tanzhi.actions import perform
from tanzhi.web.unavailable import DATABASE, ROOM, Unavailability, lack

pytestmark = pytest.mark.django_db


def caused(outer: Exception, cause: Exception | None) -> Exception:
    outer.__cause__ = cause
    return outer


def by_sqlite(words: str) -> Exception:
    return caused(OperationalError(words), sqlite3.OperationalError(words))


FAULTS: dict[str, tuple[Exception, Unavailability | None]] = {
    "SQLite on a full disk": (by_sqlite("database or disk is full"), ROOM),
    "SQLite where no file may grow": (by_sqlite("disk I/O error"), ROOM),
    "PostgreSQL on a full disk": (caused(OperationalError("no space"), psycopg.errors.DiskFull("no space")), ROOM),
    "a file on a full disk": (OSError(errno.ENOSPC, "No space left on device"), ROOM),
    "a file beyond a quota": (OSError(errno.EDQUOT, "Disk quota exceeded"), ROOM),
    "wrapped in another fault": (caused(RuntimeError("not stored"), OSError(errno.ENOSPC, "full")), ROOM),
    "SQLite locked by somebody": (by_sqlite("database is locked"), DATABASE),
    "PostgreSQL gone": (caused(OperationalError("server closed"), psycopg.OperationalError("server closed")), DATABASE),
    "a connection that was closed": (caused(InterfaceError("closed"), psycopg.InterfaceError("closed")), DATABASE),
    "a statement that is wrong, on SQLite": (by_sqlite("no such column: x"), None),
    "a statement that is wrong": (ProgrammingError("no such column"), None),
    "a file that is not there": (FileNotFoundError(errno.ENOENT, "no such file"), None),
    "a fault of the program": (ZeroDivisionError(), None),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_lacking_is_known_by_the_fault(name: str) -> None:
    fault, lacking = FAULTS[name]
    assert lack(fault) is lacking


def raising(fault: Exception) -> Callable[..., Any]:
    def fails(*_: Any, **__: Any) -> Any:
        raise fault

    return fails


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", [name for name, (_, lacking) in FAULTS.items() if lacking])
def test_a_page_and_the_api_say_it_with_its_code_and_when_to_try_again(
    name: str, language: str, enter: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault, lacking = FAULTS[name]
    assert lacking is not None
    browser = enter("provincial_officer")
    asked: dict[str, Any] = {"headers": {"Accept-Language": language}}
    with monkeypatch.context() as broken:
        broken.setattr(perform, "_performed", raising(fault))
        page = browser.post(reverse("presentation:dismiss"), {"what": "tour"}, **asked)
        address = "/api/actions/presentation.dismiss"
        api = browser.post(address, data={"what": "tour"}, content_type="application/json", **asked)
    words = lacking.message.en if language == "en" else lacking.message.zh
    assert (page.status_code, page.headers["Retry-After"]) == (lacking.status, str(lacking.again_in))
    text = page.content.decode()
    assert lacking.code in text
    assert escape(words) in text
    assert page.headers["X-Request-ID"] in text
    assert (api.status_code, api.headers["Retry-After"]) == (lacking.status, str(lacking.again_in))
    assert (api.json()["code"], api.json()["message"]) == (lacking.code, lacking.message.as_dict())
