"""Writing to the log, and reading a subject's history out of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from .canonical import canonical
from .disclosure import parted
from .keys import history, mac_key, mac_of
from .models import Entry, Head, Payload
from .rows import digest_of, digests_of, keep
from .tracking import GATHERED_WRITERS, GatheredEntry, noted
from .tree import hasher

SALT_BYTES = 32


def algorithm() -> str:
    return str(getattr(settings, "TANZHI_EVIDENCE_HASH", "sha256"))


def log_id() -> str:
    """Which log this is, by the name of its hash and its first key: a rotation of keys does not make another log."""
    return f"tanzhi:{algorithm()}:{history()[0].key[:16]}"


def next_number() -> int:
    """The key that the next entry gets if nothing is recorded before: for a row that names its own entry."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence('evidence_entry', 'id'))")
        elif gathered := noted().gathered:
            return int(gathered[-1].entry.pk) + 1
        else:  # the transaction is the only writer
            cursor.execute("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'evidence_entry'")
        return int(cursor.fetchone()[0])


_INSERT_ENTRY = (
    'INSERT INTO "evidence_entry" ("id", "kind", "subject", "at", "canonical", "leaf_hash", "mac") '
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_INSERT_PART = 'INSERT INTO "evidence_payload" ("entry_id", "part", "salt", "content") VALUES (%s, %s, %s, %s)'


def record(
    kind: str,
    subject: str,
    body: dict[str, Any],
    private: dict[str, Any] | None = None,
    *,
    number: int | None = None,
    rows: str = "",
) -> Entry:
    """Put an entry into the log, inside the caller's transaction; the sealer gives it its place later.

    `body` holds who, what and digests: ASCII keys, no floats. What of it is public says `disclosure.yaml`; the rest,
    and `private` altogether, stands beside under salted digests. The entry answers for every row that the transaction
    wrote since its last entry, so it comes after them; `number` is the key that `next_number` promised to one of them,
    `rows` the digest of rows that were digested under it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry belongs to the transaction of what it records")
    key, now, digest = mac_key(), timezone.now(), hasher(algorithm())
    parts = parted(kind, subject, body, private or {})
    leaf: dict[str, Any] = parts.public | {"at": moment(now)}
    beside: list[tuple[str, bytes, bytes]] = []
    for part, content in ((Payload.PARTICULARS, parts.particulars), (Payload.PERSONAL, parts.personal)):
        if content:
            salt, data = secrets.token_bytes(SALT_BYTES), canonical(content)
            leaf[part] = digest(salt + data).hex()
            beside.append((part, salt, data))
    writes = noted()
    entry = Entry(pk=next_number() if number is None else number, kind=kind, subject=subject, at=now)
    events, erased = writes.unrecorded, frozenset(writes.erased)
    writes.gathered.append(GatheredEntry(entry, key, leaf, beside, events, erased, rows))
    writes.recorded = len(writes.events)
    if not writes.is_gathering:
        write_gathered()
    return entry


def write_gathered() -> None:
    """Write the entries that were recorded and not written, each with the digests of the rows that it answers for."""
    writes, digest = noted(), hasher(algorithm())
    waiting = writes.gathered[writes.written :]
    if not waiting:
        return
    writes.written = len(writes.gathered)  # said first: what follows reads the log
    lists = digests_of(waiting, writes.unrecorded)
    entries: list[tuple[Any, ...]] = []
    for gathered, digests in zip(waiting, lists, strict=True):
        entry = gathered.entry
        rows = gathered.rows or (digest_of(digests) if digests else "")
        entry.canonical = canonical(gathered.leaf | {"rows": rows} if rows else gathered.leaf)
        entry.leaf_hash = digest(b"\x00" + entry.canonical)
        entry.mac = mac_of(gathered.key, (entry.kind, entry.subject, moment(entry.at), entry.leaf_hash))
        at = connection.ops.adapt_datetimefield_value(entry.at)
        entries.append((entry.pk, entry.kind, entry.subject, at, entry.canonical, entry.leaf_hash, entry.mac))
        entry._state.adding, entry._state.db = False, connection.alias
    with connection.cursor() as cursor:  # every act writes them: as rows, which takes a fifth of the time
        cursor.executemany(_INSERT_ENTRY, entries)
        cursor.executemany(_INSERT_PART, [(each.entry.pk, *part) for each in waiting for part in each.beside])
    for gathered, digests in zip(waiting, lists, strict=True):
        keep(gathered.entry.pk, digests)
    if not writes.is_gathering:
        writes.gathered.clear()
        writes.written = 0


GATHERED_WRITERS.append(write_gathered)


@contextmanager
def gathering() -> Iterator[None]:
    """Acts of one transaction, whose entries are written together at its end, or before anybody reads the log."""
    writes = noted()
    if writes.is_gathering or not transaction.get_connection().in_atomic_block:
        raise RuntimeError("entries are gathered once, inside the transaction of what they record")
    writes.is_gathering = True
    try:
        yield
        writes.is_gathering = False
        write_gathered()
    finally:  # what failed is taken back, with what was gathered of it
        writes.is_gathering = False
        writes.gathered.clear()
        writes.written = 0


def moment(at: datetime) -> str:
    """A time as the log writes it: UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def particulars(entry: Entry) -> dict[str, Any] | None:
    """The body of an entry, public fields and particulars together; None once its particulars are erased.

    For whoever may see the subject, and for the platform's own comparisons.
    """
    row = Payload.objects.filter(entry=entry, part=Payload.PARTICULARS).first()
    if row is None or row.content is None:
        return None
    public = json.loads(bytes(entry.canonical)).get("body", {})
    return dict(public | json.loads(bytes(row.content))["body"])


def timeline(subject: str) -> list[Entry]:
    """Everything that happened to a subject, oldest first."""
    return list(Entry.objects.filter(subject=subject).order_by("id"))


ONE_WRITER = frozenset({"sqlite"})
LATE = 1000  # numbers below the newest, among which an entry may stand later: its transaction is still at work


def state_of_records() -> str:
    """By what somebody knows whether an act was done since. Records change by acts alone and every act leaves an entry:
    while this says the same, whatever was computed of the records stands.

    The newest entry's digest; where several write at a time, also how many of the last numbers are there, because an
    entry with a lower number may come later. Empty while there is no entry.
    """
    newest = Entry.objects.order_by("-pk").values_list("pk", "leaf_hash").first()
    if newest is None:
        return ""
    number, leaf_hash = newest
    late = "" if connection.vendor in ONE_WRITER else f":{Entry.objects.filter(pk__gt=number - LATE).count()}"
    return f"{bytes(leaf_hash).hex()}{late}"


class Moment(NamedTuple):
    """The newest entry of a moment: its digest tells it from another that took its number after a rollback."""

    number: int
    leaf_hash: bytes


MOST_ACTS = 50  # since a moment; whatever was computed before more of them is computed anew


_SINCE = 'SELECT "id", "leaf_hash", "kind", "subject" FROM "evidence_entry" WHERE "id" >= %s ORDER BY "id" LIMIT %s'


def present_moment() -> Moment | None:
    """By what a later call of `acts_since` knows whether something that is computed now still stands.

    None where it cannot: the log is empty, this transaction wrote what no entry answers for yet, or several write at a
    time and an entry with a lower number may come later.
    """
    if connection.vendor not in ONE_WRITER or noted().unrecorded:
        return None
    with connection.cursor() as cursor:  # asked before every examination: as rows, which takes a tenth of the time
        cursor.execute('SELECT "id", "leaf_hash" FROM "evidence_entry" ORDER BY "id" DESC LIMIT 1')
        newest = cursor.fetchone()
    return Moment(newest[0], bytes(newest[1])) if newest else None


def acts_since(moment: Moment) -> list[tuple[str, str]] | None:
    """Kind and subject of every entry since, in order; None where that cannot be said, or they are very many."""
    if noted().unrecorded:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [moment.number, MOST_ACTS + 1])
        rows = cursor.fetchall()
    if not rows or len(rows) > MOST_ACTS or (rows[0][0], bytes(rows[0][1])) != moment:
        return None
    return [(kind, subject) for _, _, kind, subject in rows[1:]]


def latest_head() -> Head | None:
    return Head.objects.order_by("-size").first()
