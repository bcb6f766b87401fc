"""Writing to the log, and reading a subject's history out of it."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .canonical import canonical
from .models import Entry, Head, Payload
from .tree import hasher


def algorithm() -> str:
    return str(getattr(settings, "TANZHI_EVIDENCE_HASH", "sha256"))


def log_id() -> str:
    """Which log this is, with the name of its hash: two logs of different hashes are different logs."""
    from .keys import public_hex, signing_key

    return f"tanzhi:{algorithm()}:{public_hex(signing_key())[:16]}"


def record(kind: str, subject: str, body: dict[str, Any], private: dict[str, Any] | None = None) -> Entry:
    """Put an entry into the log, inside the caller's transaction; the sealer gives it its place later.

    `body` holds who, what and digests: ASCII keys, no floats. `private` is kept beside under a salted digest.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry belongs to the transaction of what it records")
    now = timezone.now()
    leaf: dict[str, Any] = {
        "at": now.isoformat(timespec="microseconds"),
        "kind": kind,
        "subject": subject,
        "body": body,
    }
    salt, content = secrets.token_bytes(32), canonical(private) if private else b""
    if private:
        leaf["private"] = hashlib.sha256(salt + content).hexdigest()
    data = canonical(leaf)
    entry = Entry.objects.create(
        kind=kind, subject=subject, at=now, canonical=data, leaf_hash=hasher(algorithm())(b"\x00" + data)
    )
    if private:
        Payload.objects.create(entry=entry, salt=salt, content=content)
    return entry


def timeline(subject: str) -> list[Entry]:
    """Everything that happened to a subject, oldest first."""
    return list(Entry.objects.filter(subject=subject).order_by("id"))


def last_leaf() -> str:
    """The newest entry's digest. Records change by acts alone and every act leaves one: until another stands here,
    whatever was computed of the records stands too.
    """
    found = Entry.objects.order_by("-pk").values_list("leaf_hash", flat=True).first()
    return bytes(found or b"").hex()


def latest_head() -> Head | None:
    return Head.objects.order_by("-size").first()
