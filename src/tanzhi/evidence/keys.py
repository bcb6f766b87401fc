"""The installation's keys, outside the database: whoever can write every row still cannot write history.

    keys/0001.key      Ed25519, signs heads; 0002.key and so on after a rotation
    keys/history       which public key is valid from which size on, one JSON line each, signed by the key before it
    keys/entries.mac   every entry carries a code by it; the sealer refuses an entry without
    keys/last-head     the head signed last: the log in the database may never be shorter (`pinned.py`)

They are made together, once, while the log is empty. A missing one stops the log and says so.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from .canonical import canonical
from .faults import NO_HISTORY, NO_KEYS, NO_MAC_KEY, OTHER_KEY, LogFault
from .models import Entry, Head

MAC_KEY, HISTORY, LAST_HEAD = "entries.mac", "history", "last-head"
EMPTY_PIN = canonical({"root": "", "size": 0})


def folder() -> Path:
    return Path(settings.VAR) / "keys"


# --- what signs heads -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Era:
    """A public key and the size of the log after which it signs."""

    key: str
    after: int
    at: str
    signature: str

    def message(self) -> bytes:
        return canonical({"after": self.after, "at": self.at, "key": self.key})

    def as_dict(self) -> dict[str, Any]:
        return {"after": self.after, "at": self.at, "key": self.key, "signature": self.signature}


def signing_key() -> Ed25519PrivateKey:
    """The key that signs now; the first ones are made here while the log is empty."""
    make_first()
    newest, files = history()[-1], sorted(folder().glob("[0-9]*.key"), reverse=True)
    if not files:
        raise LogFault("EVD-30", NO_KEYS.format(folder=folder()))
    for file in files:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text().strip()))
        if public_hex(key) == newest.key:
            return key
    raise LogFault("EVD-32", OTHER_KEY.format(file=files[0].name))


def history() -> list[Era]:
    """Every public key in the order of their days; each but the first is signed by the one before it."""
    make_first()
    file = folder() / HISTORY
    try:
        eras = [Era(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]
    except (OSError, ValueError, TypeError):
        raise LogFault("EVD-32", NO_HISTORY.format(file=file)) from None
    for before, era in pairwise(eras):
        if not signed_by(before.key, era.message(), bytes.fromhex(era.signature)) or era.after < before.after:
            raise LogFault("EVD-32", NO_HISTORY.format(file=file))
    if not eras:
        raise LogFault("EVD-32", NO_HISTORY.format(file=file))
    return eras


def valid_at(size: int, eras: list[Era]) -> str:
    """The public key that signs a head of this size."""
    return next(era.key for era in reversed(eras) if era.after < size or era is eras[0])


def fingerprint(public: str) -> str:
    """A public key in the length that people compare: 32 hexadecimal digits of its SHA-256 in groups of four."""
    digest = hashlib.sha256(bytes.fromhex(public)).hexdigest()[:32]
    return " ".join(digest[i : i + 4] for i in range(0, 32, 4))


def rotate() -> Era:
    """A new signing key, valid after the newest head; the sealer calls this while nobody seals."""
    old, eras = signing_key(), history()
    head = Head.objects.order_by("-size").first()
    new = Ed25519PrivateKey.generate()
    at = timezone.now().isoformat(timespec="microseconds")
    unsigned = Era(public_hex(new), head.size if head else 0, at, "")
    era = Era(unsigned.key, unsigned.after, at, old.sign(unsigned.message()).hex())
    number = 1 + max(int(file.stem) for file in folder().glob("[0-9]*.key"))
    _write(folder() / f"{number:04d}.key", _private_hex(new).encode())  # of no effect until the history names it
    lines = [json.dumps(each.as_dict(), sort_keys=True) for each in [*eras, era]]
    replace_durably(folder() / HISTORY, ("\n".join(lines) + "\n").encode())
    return era


def public_hex(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def signed_by(public: str, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private_hex(key: Ed25519PrivateKey) -> str:
    raw = serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    return key.private_bytes(*raw).hex()


# --- what marks entries ---------------------------------------------------------------------------


def mac_key() -> bytes:
    """The key with which entries are marked as the platform's own."""
    file = folder() / MAC_KEY
    try:
        return bytes.fromhex(file.read_text())
    except FileNotFoundError:
        make_first()
    try:
        return bytes.fromhex(file.read_text())
    except (OSError, ValueError):
        raise LogFault("EVD-31", NO_MAC_KEY.format(folder=folder())) from None


def mac_of(key: bytes, row: tuple[str, str, str, bytes]) -> bytes:
    """The code over an entry's columns: kind, subject, time in UTC with microseconds, leaf hash."""
    kind, subject, at, leaf_hash = row
    return hmac.digest(key, canonical({"at": at, "kind": kind, "leaf": leaf_hash.hex(), "subject": subject}), "sha256")


# --- the first keys -------------------------------------------------------------------------------


def make_first() -> None:
    """Make all keys at once while the log is empty and nothing is there; otherwise leave everything as it is."""
    place = folder()
    if place.is_dir() and any(place.iterdir()):
        return
    if Entry.objects.exists() or Head.objects.exists():
        raise LogFault("EVD-30", NO_KEYS.format(folder=place))
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix="keys-", dir=place.parent))
    key = Ed25519PrivateKey.generate()
    first = Era(public_hex(key), 0, timezone.now().isoformat(timespec="microseconds"), "")
    _write(beside / "0001.key", _private_hex(key).encode())
    _write(beside / MAC_KEY, secrets.token_bytes(32).hex().encode())
    _write(beside / HISTORY, (json.dumps(first.as_dict(), sort_keys=True) + "\n").encode())
    _write(beside / LAST_HEAD, EMPTY_PIN)
    try:
        os.rename(beside, place)  # one process wins; a folder with keys in it is not replaced
    except OSError:
        shutil.rmtree(beside)
    _sync(place.parent)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, content: bytes) -> None:
    """Write beside and rename: after a power cut the old or the new stands there, whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    _write(beside, content)
    os.replace(beside, path)
    _sync(path.parent)


def _sync(place: Path) -> None:
    opened = os.open(place, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)
