"""One consistent view of the database for everything that is read inside, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Read as of one moment and lock nobody out; inside a transaction that runs already, that one is taken."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()  # whose mode is its own
    if connection.vendor == "sqlite":
        database: Any = connection
        usual, database.transaction_mode = database.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            database.transaction_mode = usual
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
