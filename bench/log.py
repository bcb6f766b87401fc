"""The log in a database: a seal and a receipt of a long log against a short one; verifying against reading."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.lines import RUNS, Line, line, quotients, seconds

TITLE = "The log in a database"
SHORT, LONG, EACH = 5_000, 500_000, 20
BATCH = 5_000


def measure(toy: bool = False) -> list[Line]:
    """On SQLite in a folder of its own; at a size for tests on the test's own database."""
    short, long, runs = (20, 60, 1) if toy else (SHORT, LONG, RUNS)
    if not toy:
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
    costs = []
    for size in (short, long):
        _grow(size)
        costs.append((seconds(_seal, runs=runs), seconds(_receipts(size), runs=runs)))
    (short_seal, short_receipt), (long_seal, long_receipt) = costs
    sizes = f"{EACH} entries each at {long:,} and at {short:,} entries, SQLite"
    return [
        line("seal in a long log ÷ in a short one", _ratios(long_seal, short_seal), "≤ 2", sizes),
        line("receipts of a long log ÷ of a short one", _ratios(long_receipt, short_receipt), "≤ 2", sizes),
        line("evidence verify ÷ reading and hashing the same rows", quotients(_verified, _read, runs), "≤ 20", sizes),
    ]


def _ratios(long: list[tuple[float, ...]], short: list[tuple[float, ...]]) -> list[float]:
    return [a[0] / b[0] for a, b in zip(sorted(long), sorted(short), strict=True)]


def _grow(size: int) -> None:
    """Entries as acts leave them, written in one go and sealed."""
    from django.utils import timezone

    from tanzhi.evidence.canonical import canonical
    from tanzhi.evidence.keys import mac_key, mac_of
    from tanzhi.evidence.log import moment
    from tanzhi.evidence.models import Entry, Payload
    from tanzhi.evidence.sealer import seal_all

    key, present = mac_key(), Entry.objects.count()
    while present < size:
        entries, parts = [], []
        for number in range(present, min(present + BATCH, size)):
            at, salt, subject = timezone.now(), secrets.token_bytes(32), f"filings.filing:{number}"
            content = canonical({"body": {"from": "a", "to": "b"}, "kind": "bench.act", "subject": subject})
            digest = hashlib.sha256(salt + content).hexdigest()
            public = canonical({"at": moment(at), "kind": "act", "particulars": digest})
            leaf = hashlib.sha256(b"\x00" + public).digest()
            mac = mac_of(key, ("bench.act", subject, moment(at), leaf))
            entries.append(Entry(kind="bench.act", subject=subject, at=at, canonical=public, leaf_hash=leaf, mac=mac))
            parts.append((salt, content))
        Entry.objects.bulk_create(entries, batch_size=500)
        rows = zip(entries, parts, strict=True)
        Payload.objects.bulk_create(
            [Payload(entry=entry, part="particulars", salt=salt, content=content) for entry, (salt, content) in rows],
            batch_size=500,
        )
        present += len(entries)
        seal_all()


def _seal() -> None:
    from django.db import transaction

    from tanzhi.evidence.log import record
    from tanzhi.evidence.sealer import seal

    with transaction.atomic():
        for number in range(EACH):
            record("bench.act", f"filings.filing:{number}", {"from": "a", "to": "b"})
    seal()


def _receipts(size: int) -> Callable[[], None]:
    from tanzhi.evidence.models import Entry
    from tanzhi.evidence.receipts import receipt

    numbers = random.Random(6962).choices(range(size), k=EACH)

    def receipts() -> None:
        for entry in Entry.objects.filter(leaf_index__in=numbers):
            if not receipt(entry):
                raise AssertionError("a sealed entry has a receipt")

    return receipts


def _verified() -> None:
    from tanzhi.evidence.checking import verify

    if faults := verify().faults:
        raise AssertionError(faults[0])


def _read() -> None:
    """The same rows and files once, by the same driver, each hashed."""
    from django.db import connection

    from tanzhi.evidence.files import place_of
    from tanzhi.evidence.models import StoredFile

    with connection.cursor() as cursor:
        for table in ("entry", "payload", "node", "head"):
            cursor.execute(f"SELECT * FROM evidence_{table}")  # names from the line above
            while rows := cursor.fetchmany(2000):
                for row in rows:
                    hashlib.sha256(_bytes(row)).digest()
    for sha256 in StoredFile.objects.values_list("sha256", flat=True):
        hashlib.sha256(Path(place_of(sha256)).read_bytes()).digest()


def _bytes(row: tuple[Any, ...]) -> bytes:
    return b"".join(bytes(each) for each in row if isinstance(each, bytes | memoryview))
