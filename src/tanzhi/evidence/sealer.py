"""Gives entries their place in the tree and signs the head; one sealer at a time, never inside a writer."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from .canonical import canonical
from .keys import public_hex, signing_key
from .log import algorithm, log_id
from .models import Entry, Head
from .tree import Tree

_LOCK = 0x74616E7A6869  # "tanzhi"
_BATCH = 5000


def seal() -> Head | None:
    """Seal what waits; gives the newest head, None if the log is empty."""
    with transaction.atomic():
        _alone()
        waiting = list(Entry.objects.filter(leaf_index__isnull=True).order_by("id")[:_BATCH])
        if not waiting:
            return Head.objects.order_by("-size").first()
        tree = tree_of_sealed()
        for entry in waiting:
            entry.leaf_index = tree.append(bytes(entry.leaf_hash))
        Entry.objects.bulk_update(waiting, ["leaf_index"], batch_size=500)
        return _sign(tree)


def seal_all() -> Head | None:
    """Seal until nothing waits."""
    head = seal()
    while Entry.objects.filter(leaf_index__isnull=True).exists():
        head = seal()
    return head


def _alone() -> None:
    """Wait for another sealer; on SQLite the transaction itself is the only writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def tree_of_sealed() -> Tree:
    """The tree as the leaf hashes stand in the database."""
    tree = Tree(algorithm())
    hashes = Entry.objects.filter(leaf_index__isnull=False).order_by("leaf_index").values_list("leaf_hash", flat=True)
    tree.extend(bytes(leaf_hash) for leaf_hash in hashes.iterator(chunk_size=5000))
    return tree


def head_message(log: str, size: int, root: str, at: str) -> bytes:
    """The bytes that a head's signature covers."""
    return canonical({"at": at, "log": log, "root": root, "size": size})


def _sign(tree: Tree) -> Head:
    key, now = signing_key(), timezone.now()
    message = head_message(log_id(), tree.size, tree.root().hex(), now.isoformat(timespec="microseconds"))
    return Head.objects.create(
        log=log_id(), size=tree.size, root=tree.root(), at=now, key=public_hex(key), signature=key.sign(message)
    )
