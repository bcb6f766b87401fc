"""The installation's signing keys: Ed25519, made at first use, readable by its owner alone."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


def folder() -> Path:
    return Path(settings.VAR) / "keys"


def signing_key() -> Ed25519PrivateKey:
    """The newest key; the first one is made here."""
    return _signing_key(folder())


@cache
def _signing_key(place: Path) -> Ed25519PrivateKey:
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not list(place.glob("*.key")):
        _make(place / "0001.key")
    newest = sorted(place.glob("*.key"))[-1]
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(newest.read_text().strip()))


def _make(path: Path) -> None:
    raw = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(raw.hex())


def public_hex(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def signed_by(public: str, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
