"""Gives entries their place in the tree and signs the head; one sealer at a time, never inside a writer.

It trusts no row: an entry without the platform's code, a log shorter than the head signed last, stored nodes that do
not lead to that head, all stop it with a code. What waits keeps waiting until somebody has looked.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from .canonical import canonical
from .faults import NUMBERED, TWICE, UNWITNESSED, LogFault
from .keys import Era, mac_key, public_hex, rotate, signing_key
from .log import log_id, moment
from .models import Entry, Head, Node
from .pinned import keep, refuse_going_back
from .set_aside import is_witnessed
from .set_aside import waiting as waiting_entries
from .stored_tree import frontier, position

_LOCK = 0x74616E7A6869  # "tanzhi"
_BATCH = 5000


def seal() -> Head | None:
    """Seal what waits; gives the newest head, None if the log is empty. `LogFault` where it must not go on."""
    with transaction.atomic():
        _alone()
        refuse_going_back()
        last = Head.objects.order_by("-size").first()
        waiting = list(waiting_entries()[:_BATCH])
        if not waiting:
            return last
        # Places in the tree are given here alone.
        numbered = Entry.objects.aggregate(last=Max("leaf_index"))["last"]
        count, covered = (0 if numbered is None else numbered + 1), last.size if last else 0
        if count != covered:
            raise LogFault("EVD-36", NUMBERED.format(found=count, expected=covered))
        refuse_unwitnessed(waiting)
        # Append to the stored edge: places, the nodes that became complete, and the signed head.
        edge, completed = frontier(last), []
        for entry in waiting:
            entry.leaf_index = edge.size
            completed += [
                Node(position=position(level, index), hash=node)
                for level, index, node in edge.append(bytes(entry.leaf_hash))
            ]
        with connection.cursor() as cursor:  # one by one, which takes a twentieth of one statement for many
            places = [(entry.leaf_index, entry.pk) for entry in waiting]
            cursor.executemany('UPDATE "evidence_entry" SET "leaf_index" = %s WHERE "id" = %s', places)
        Node.objects.bulk_create(completed, batch_size=2000)
        # A head never older than the one before it or than what it covers, should somebody set the clock back.
        key = signing_key()
        at = max([timezone.now(), *(entry.at for entry in waiting), *([last.at] if last else [])])
        head = Head(
            log=log_id(),
            size=edge.size,
            previous=last.size if last else 0,
            root=edge.root(),
            at=at,
            key=public_hex(key),
        )
        head.signature = key.sign(head_message(head))
        head.save(force_insert=True)
        transaction.on_commit(lambda: keep(head))
        return head


def seal_all() -> Head | None:
    """Seal until nothing waits."""
    head = seal()
    while waiting_entries().exists():
        head = seal()
    return head


def rotate_key() -> Era:
    """A new signing key; the old one signs for it and stays for what it signed. Not while somebody seals."""
    with transaction.atomic():
        _alone()
        refuse_going_back()
        return rotate()


def _alone() -> None:
    """Wait for another sealer; on SQLite the transaction itself is the only writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def refuse_unwitnessed(waiting: Sequence[Entry]) -> None:
    """Refuse an entry that the platform did not write, or that stands in the log already."""
    key = mac_key()
    leaves: set[bytes] = set()
    for entry in waiting:
        if not is_witnessed(entry, key):
            raise LogFault("EVD-34", UNWITNESSED.format(pk=entry.pk))
        leaf_hash = bytes(entry.leaf_hash)
        if leaf_hash in leaves:
            raise LogFault("EVD-34", TWICE.format(pk=entry.pk))
        leaves.add(leaf_hash)
    hashes = [entry.leaf_hash for entry in waiting]
    for start in range(0, len(hashes), 500):
        sealed = Entry.objects.filter(leaf_hash__in=hashes[start : start + 500], leaf_index__isnull=False)
        if copy := sealed.values_list("pk", flat=True).first():
            raise LogFault("EVD-34", TWICE.format(pk=copy))


def head_message(head: Head) -> bytes:
    """The bytes that a head's signature covers."""
    return canonical(head_fields(head))


def head_fields(head: Head) -> dict[str, str | int]:
    """A head as receipts and the public see it."""
    root, at = bytes(head.root).hex(), moment(head.at)
    return {"at": at, "log": head.log, "previous": head.previous, "root": root, "size": head.size}
