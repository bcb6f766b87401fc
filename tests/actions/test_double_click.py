"""The same call twice at the same moment: one change, one outcome, with real threads on a database they share."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from tanzhi.actions.registry import Actor, perform
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation, OrganisationEvent
from tests import factories

ROUNDS = 4


def share_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's tests live in memory, where threads lock differently: they get a copy in a file, as in service."""
    if connection.vendor == "sqlite":
        copy = folder / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        monkeypatch.setitem(connections.settings["default"], "NAME", str(copy))


def closing(work: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any) -> Any:
        try:
            return work(*arguments)
        finally:
            connection.close()

    return run


def one_clerk() -> tuple[Organisation, Actor]:
    """Made by a thread: the log refuses to be emptied, so the tests' own database must never hold an entry."""
    plant = factories.organisation("PLANT", factories.region("990000"))
    return plant, actor_of(factories.person("clerk", ("enterprise_filer", plant)))


def count() -> int:
    return OrganisationEvent.objects.filter(basis__startswith="key-").count()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share_a_file(tmp_path, monkeypatch)
    together = Barrier(2)

    def click(clerk: Actor, plant: Organisation, key: str) -> int:
        together.wait(timeout=10)
        return int(perform("t.note", clerk, plant.pk, {"words": key}, idempotency_key=key).result.pk)

    with ThreadPoolExecutor(2) as pool:
        plant, clerk = pool.submit(closing(one_clerk)).result()
        for turn in range(ROUNDS):
            clicks = [pool.submit(closing(click), clerk, plant, f"key-{turn}") for _ in range(2)]
            first, second = [one.result() for one in clicks]
            assert first == second
        assert pool.submit(closing(count)).result() == ROUNDS
