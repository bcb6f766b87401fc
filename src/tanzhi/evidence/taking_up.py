"""Rows taken up as they are: those that a migration wrote, and those that an operator accepts with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from .answered import stored_tables, tables
from .fault import Fault
from .log import next_number, record
from .models import Entry, RowDigest
from .row_check import check, differences
from .rows import keep, line, new_digest

AT_ONCE = 1000
MOST_NAMED = 20


class RowsAltered(Exception):
    """Rows are not as the log says, so that a migration would hide who altered them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} rows are not as the log says")
        self.faults = faults


def take_up(kind: str, reason: str) -> Entry | None:
    """One entry for every row that is not as the log says, as it is now; None if all are."""
    with transaction.atomic():
        # Rows and digests are read one after the other: no act may write its own in between. On SQLite none can.
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute('LOCK TABLE "evidence_rowdigest" IN SHARE ROW EXCLUSIVE MODE')
        number, counts, total = next_number(), Counter[str](), sha256()
        digests = (
            new_digest(table, row, content, RowDigest.ACCEPTED)
            for table in tables().values()
            for row, content, _ in differences(table)
        )
        while part := list(islice(digests, AT_ONCE)):
            for digest in part:
                counts[digest.table] += 1
                total.update(line(digest.table, digest.row, digest.digest, digest.mark))
            keep(number, part)
        if not counts:
            return None
        body = {"tables": dict(sorted(counts.items()))}
        return record(kind, "", body, {"reason": reason}, number=number, rows=total.hexdigest())


@contextmanager
def migrating(planned: list[str]) -> Iterator[None]:
    """Refuse to migrate rows that somebody altered; take up what the migrations wrote. Triggers rest meanwhile.

    A file beside the database remembers a migration that was broken off, so that the next one takes up its rows.
    """
    mark = Path(settings.VAR) / "migrating"
    if planned and not mark.exists():
        with connection.cursor() as cursor:
            recorded = RowDigest._meta.db_table in connection.introspection.table_names(cursor)
        if recorded and (faults := list(islice(check(stored_tables()), MOST_NAMED))):
            raise RowsAltered(faults)
        mark.touch()
    yield
    if mark.exists():
        take_up("evidence.migrated", ", ".join(planned))
        mark.unlink()
