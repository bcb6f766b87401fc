"""What is timed of the ledger, on whichever database the environment names.

As a program it takes one work a line, `NAME COUNT`, and answers with its seconds; so SQLite and PostgreSQL are measured
in turn, each in a process of its own.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

ACCOUNTS = 1_000
PLENTY = 10**9
AT = datetime(2024, 1, 2, 4, tzinfo=UTC)


class Works:
    """Made-up accounts that hold plenty, and the works on them; each answers with seconds of the clock on the wall."""

    def __init__(self, accounts: int = ACCOUNTS) -> None:
        from tanzhi.actions.registry import Actor, perform
        from tanzhi.streams.market.ledger.accounts import own_account
        from tanzhi.streams.market.ledger.model import HOLDING, SOURCE, Account, UnitKind
        from tanzhi.streams.market.ledger.posting import Who

        named = {"code": "970000", "zh": "示例", "en": "Example", "since": date(2020, 1, 1), "kind": "province"}
        region = perform("organisations.add_region", Actor.platform(), data=named).result
        made = [
            Account(number=f"bench-{n}", region=region, kind=HOLDING, purpose=f"bench-{n}", opened_at=AT)
            for n in range(accounts)
        ]
        Account.objects.bulk_create(made)
        self.accounts = list(Account.objects.filter(kind=HOLDING, region=region).values_list("pk", flat=True))
        self.unit = UnitKind.objects.create(code="BENCH", kind="CEA", first_year=2023, last_year=2023).pk
        self.who, self.keys, self.draw = Who(1, 2, AT, AT.date()), count(1), random.Random(2024)
        source = own_account(region, SOURCE, AT).pk
        self._post([self._leg(source, account, PLENTY) for account in self.accounts])

    def _leg(self, debit: int, credit: int, amount: int = 1) -> Any:
        from tanzhi.streams.market.ledger.legs import Leg

        return Leg("bench", self.unit, debit, credit, amount)

    def _post(self, legs: list[Any], recorded: bool = False) -> None:
        from django.db import transaction

        from tanzhi.evidence.log import record
        from tanzhi.streams.market.ledger.posting import post

        with transaction.atomic():
            post(self.who, f"bench-{next(self.keys)}", "bench", {"legs": len(legs)}, legs)
            if recorded:
                record("bench.posted", "", {})

    def _pairs(self, size: int) -> list[Any]:
        return [self._leg(*self.draw.sample(self.accounts, 2)) for _ in range(size)]

    def batch(self, size: int) -> float:
        """One set of so many transfers between any accounts."""
        return self._timed([self._pairs(size)])

    def hot(self, size: int) -> float:
        """One set in which every transfer touches the same account."""
        one, *others = self.accounts
        return self._timed([[self._leg(one, self.draw.choice(others)) for _ in range(size)]])

    def single(self, size: int) -> float:
        """So many sets of one transfer, through the service."""
        return self._timed([[leg] for leg in self._pairs(size)])

    def batch_recorded(self, size: int) -> float:
        """The same as `batch`, with an entry in the log that answers for every row."""
        return self._timed([self._pairs(size)], recorded=True)

    def single_recorded(self, size: int) -> float:
        """The same as `single`, each with an entry in the log that answers for its rows."""
        return self._timed([[leg] for leg in self._pairs(size)], recorded=True)

    def _timed(self, sets: list[list[Any]], recorded: bool = False) -> float:
        begun = time.perf_counter()
        for legs in sets:
            self._post(legs, recorded)
        return time.perf_counter() - begun

    def check(self, _size: int) -> float:
        """The checker's rules on every row; what does not agree stops the measurement."""
        from tanzhi.streams.market.ledger.check import check
        from tanzhi.streams.market.ledger.invariants import CORE

        begun = time.perf_counter()
        found = check(CORE)
        taken = time.perf_counter() - begun
        if not found.agrees:
            raise AssertionError(found.faults)
        return taken

    def rows(self, _size: int) -> float:
        """Every row beside its digest, and every digest beside its entry; what does not agree stops the measurement."""
        from tanzhi.evidence.row_check import check
        from tanzhi.evidence.taking_up import take_up

        take_up("bench.taken_up", "posted without an entry")
        begun = time.perf_counter()
        if faults := list(check()):
            raise AssertionError(faults[:3])
        return time.perf_counter() - begun

    def read(self, _size: int) -> float:
        """The same rows read once by the same driver and hashed, the least that whoever checks them can do."""
        from django.db import connection

        from tanzhi.evidence.answered import tables

        begun = time.perf_counter()
        for name in (*tables(), "evidence_rowdigest"):
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{name}"')
                for row in cursor.fetchall():
                    hashlib.sha256(repr(row).encode()).digest()
        return time.perf_counter() - begun

    def count(self, _size: int) -> float:
        """The entries counted, the least that whoever reads them all can do."""
        from tanzhi.streams.market.ledger.model import Entry

        begun = time.perf_counter()
        Entry.objects.count()
        return time.perf_counter() - begun


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from tanzhi.evidence.tracking import unrecorded

    call_command("migrate", interactive=False, verbosity=0)
    with unrecorded():
        works = Works()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for asked in sys.stdin:
            name, size = asked.split()
            sys.stdout.write(f"{getattr(works, name)(int(size))}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
