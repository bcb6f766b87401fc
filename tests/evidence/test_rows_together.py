"""Rows are checked while people work: what is half done is not seen, so nothing is named that nobody altered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.db import connection

from tanzhi.actions.registry import Actor, perform
from tanzhi.evidence.checking import verify
from tanzhi.evidence.row_check import check
from tanzhi.evidence.sealer import seal
from tanzhi.organisations.register.model import Organisation
from tests import factories
from tests.actions.test_double_click import closing, share_a_file

WRITERS, ROUNDS = 3, 4


def begin() -> list[int]:
    region = factories.region("990000")
    return [factories.organisation(f"PLANT-{number}", region).pk for number in range(WRITERS)]


def altered(plant: int) -> list[str]:
    """What is named once somebody altered a row behind the log, so that the check could have alarmed at all."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'organisations_organisation'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        else:
            cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE organisations_organisation SET code = 'FALSE' WHERE id = %s", [plant])
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
    return [fault.place for fault in check() if fault.code != "EVD-24"]


@pytest.mark.django_db(transaction=True)
def test_no_alarm_while_acts_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three clerks rename, the sealer seals; so many times the whole log and every row is checked meanwhile."""
    share_a_file(tmp_path, monkeypatch)
    ended = Event()

    def work(plant: int) -> int:
        count = 0
        while not ended.is_set() or not count:
            count += 1
            data = {"zh": f"名{count}", "en": f"Name {count}", "since": "2024-05-01"}
            perform("organisations.rename", Actor.platform(), Organisation.objects.get(pk=plant), data)
            seal()
        return count

    def look() -> list[str]:
        try:
            return [f"{one.code} {one.place}" for _ in range(ROUNDS) for one in (*verify().faults, *check())]
        finally:
            ended.set()

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        plants = pool.submit(closing(begin)).result()
        working = [pool.submit(closing(work), plant) for plant in plants]
        assert pool.submit(closing(look)).result() == []
        assert all(one.result() for one in working)
        assert pool.submit(closing(altered), plants[0]).result() == [f"organisations.organisation:{plants[0]}"]
