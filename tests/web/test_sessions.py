"""A session ends so long after its last use, and reading a page seldom writes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tanzhi.web import middleware
from tanzhi.web.middleware import USED_STEP

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

WRITING = ("INSERT", "UPDATE", "DELETE")
LISTS = ("web:home", "organisations:list", "filings:list")


def writes(client: Client, address: str) -> list[str]:
    from django.db import connection

    with CaptureQueriesContext(
        connection,
    ) as statements:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in statements.captured_queries if one["sql"].lstrip().upper().startswith(WRITING)]


@pytest.mark.parametrize("name", LISTS)
def test_whoever_reads_page_after_page_writes_nothing(name: str, enter: Callable[[str], Client]) -> None:
    client = enter("provincial_officer")
    client.get(reverse(name))
    assert writes(client, reverse(name)) == []


def test_a_session_is_prolonged_by_use(enter: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = enter("provincial_officer"), time.time()
    client.get(reverse("web:home"))
    first = Session.objects.get().expire_date
    monkeypatch.setattr(middleware.time, "time", lambda: now + USED_STEP - 2)
    client.get(reverse("web:home"))
    assert Session.objects.get().expire_date == first
    monkeypatch.setattr(middleware.time, "time", lambda: now + USED_STEP + 2)
    answer = client.get(reverse("web:home"))
    assert Session.objects.get().expire_date > first
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.SESSION_COOKIE_AGE


def test_a_step_is_a_small_part_of_a_session() -> None:
    """Whoever works without a pause of eight hours less five minutes is never signed out."""
    assert USED_STEP * 60 <= settings.SESSION_COOKIE_AGE


@pytest.mark.parametrize("cookie", ["", "never-given"])
def test_whoever_is_not_signed_in_gets_no_session(cookie: str, client: Client, world: Any) -> None:
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    client.get(reverse("web:about"))
    assert not Session.objects.exists()
