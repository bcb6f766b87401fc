"""The other process of `test_ledger`: begins a ledger, forks posters that it kills, and says what is there."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

LEGS = 5


def begin() -> None:
    from tests import factories
    from tests.streams.market.conftest import made

    books = made(factories.world())
    books.move(books.source, books.plant, 10**9)


def rounds(acknowledged: Path, count: int) -> None:
    """So many children, one after the other, each killed without warning after it has begun."""
    acknowledged.touch()
    for turn in range(count):
        size = acknowledged.stat().st_size
        child = os.fork()
        if child == 0:
            post_until_killed(acknowledged, turn)
        while acknowledged.stat().st_size == size:
            if os.waitpid(child, os.WNOHANG)[0]:
                raise RuntimeError("a poster ended by itself")
            time.sleep(0.005)
        time.sleep((turn * 37 % 11) / 80)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def post_until_killed(acknowledged: Path, turn: int) -> None:
    """Sets of several legs; each that the ledger acknowledged is noted and flushed before the next, and sent twice."""
    from tanzhi.streams.market.ledger.legs import Leg
    from tanzhi.streams.market.ledger.model import Account, UnitKind
    from tanzhi.streams.market.ledger.posting import post
    from tests.streams.market.conftest import CLERK

    unit = UnitKind.objects.get(code="CEA21")
    plant, other = Account.objects.filter(kind="holding").order_by("pk")
    with acknowledged.open("a") as notes:
        for number in range(10**6):
            key = f"{turn}-{number}"
            for _ in range(2):
                post(CLERK, key, "test", {}, [Leg("test", unit.pk, plant.pk, other.pk, 1)] * LEGS)
            notes.write(f"{key}\n")
            notes.flush()
            os.fsync(notes.fileno())


def alone() -> None:
    """PostgreSQL may still be at what a killed child had asked of it."""
    from django.db import connection

    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.01)


def verify(acknowledged: Path) -> None:
    """Noted, lost, torn, faults of the checker."""
    from django.db.models import Count

    from tanzhi.streams.market.ledger.check import check
    from tanzhi.streams.market.ledger.model import Balance, Command

    noted = acknowledged.read_text().split()
    present = dict(Command.objects.filter(kind="test").annotate(n=Count("transfers")).values_list("key", "n"))
    posted = {key: n for key, n in present.items() if "-" in key}
    lost = [key for key in noted if key not in posted]
    torn = [key for key, n in posted.items() if n != LEGS]
    held = Balance.objects.filter(account__kind="holding").order_by("account_id").values_list("amount", flat=True)
    moved = sum(posted.values())
    wrong = 0 if list(held) == [10**9 - moved, moved] else 1
    sys.stdout.write(f"{len(noted)} {len(lost)} {len(torn)} {len(check().faults) + wrong}")


if __name__ == "__main__":
    import django

    django.setup()
    from django.db import connection

    from tanzhi.evidence.tracking import unrecorded

    with unrecorded():  # the ledger by itself, without acts
        begin()
        connection.close()
        rounds(Path(sys.argv[1]), int(sys.argv[2]))
        alone()
        verify(Path(sys.argv[1]))
