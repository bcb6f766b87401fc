"""Entries that somebody invented behind the platform's back, set aside by an operator so that sealing goes on.

Nothing is deleted: the invented row stays for whoever looks into it, and the log says in an entry of its own which row
was set aside, with the digest of what stood in it. Only such a witnessed entry counts; a second invented one does not.
"""

from __future__ import annotations

import hashlib
import json

from django.db import transaction
from django.db.models import QuerySet

from .canonical import canonical
from .faults import NO_SUCH_ENTRY, WITNESSED, LogFault
from .keys import mac_key, mac_of
from .log import algorithm, moment, record
from .models import Entry
from .tree import hasher

KIND = "evidence.set_aside"


def waiting() -> QuerySet[Entry]:
    """Entries without a place in the tree, in their order, but for those that were set aside."""
    return Entry.objects.filter(leaf_index__isnull=True).exclude(pk__in=set_aside()).order_by("pk")


def set_aside() -> list[int]:
    """The numbers of the entries that were set aside and stand as they stood then; without the key, of none."""
    try:
        key = mac_key()
    except LogFault:
        return []
    words = [entry for entry in Entry.objects.filter(kind=KIND) if is_witnessed(entry, key)]
    bodies = [json.loads(bytes(entry.canonical))["body"] for entry in words]
    rows = {int(body["entry"]): body["row"] for body in bodies}
    unsealed = Entry.objects.filter(pk__in=rows, leaf_index__isnull=True) if rows else ()
    return [entry.pk for entry in unsealed if digest_of(entry) == rows[entry.pk]]


def put_aside(number: int, reason: str) -> Entry:
    """Set an entry aside that the platform did not write, or that copies another; EVD-37 for any other number."""
    with transaction.atomic():
        entry = Entry.objects.filter(pk=number, leaf_index__isnull=True).first()
        if entry is None:
            raise LogFault("EVD-37", NO_SUCH_ENTRY.format(pk=number))
        copied = Entry.objects.filter(leaf_hash=entry.leaf_hash).exclude(pk=number).exists()
        if is_witnessed(entry, mac_key()) and not copied:
            raise LogFault("EVD-37", WITNESSED.format(pk=number))
        return record(KIND, "", {"entry": number, "row": digest_of(entry)}, {"reason": reason})


def is_witnessed(entry: Entry, key: bytes) -> bool:
    """Whether the platform wrote it: its digest is that of its bytes, its code is by the key outside the database."""
    leaf_hash = hasher(algorithm())(b"\x00" + bytes(entry.canonical))
    code = mac_of(key, (entry.kind, entry.subject, moment(entry.at), leaf_hash))
    return leaf_hash == bytes(entry.leaf_hash) and bytes(entry.mac) == code


def digest_of(entry: Entry) -> str:
    """What stands in the row, as one SHA-256."""
    row = (entry.kind, entry.subject, moment(entry.at), bytes(entry.canonical).hex(), bytes(entry.leaf_hash).hex())
    return hashlib.sha256(canonical([*row, bytes(entry.mac).hex()])).hexdigest()
