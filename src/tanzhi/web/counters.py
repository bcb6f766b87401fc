"""Requests counted by status class over all processes of the server: one small file a process, added up when asked.

Counters only grow while the server runs; `clear` is for its start. A process that ended leaves its file, so that
nothing counted is lost when a worker is replaced.
"""

from __future__ import annotations

import mmap
import os
import struct
import threading
from pathlib import Path

from django.conf import settings

CLASSES = 6  # 0xx (never) to 5xx, so that a status' first digit is its place
_FORM = struct.Struct(f"<{CLASSES}q{CLASSES}d")
_lock = threading.Lock()
_own: dict[int, mmap.mmap] = {}  # by process, so that a forked child opens its own


def folder() -> Path:
    return Path(settings.VAR) / "run"


def clear() -> None:
    """Begin at nothing; only for the process that starts the others."""
    for path in folder().glob("requests-*"):
        path.unlink(missing_ok=True)


def count(status: int, seconds: float) -> None:
    """One request more; a disk that takes no file costs the count and not the answer."""
    with _lock:
        try:
            memory = _own.get(os.getpid()) or _open()
        except OSError:
            return
        values = list(_FORM.unpack_from(memory))
        place = min(status // 100, CLASSES - 1)
        values[place] += 1
        values[CLASSES + place] += seconds
        _FORM.pack_into(memory, 0, *values)


def totals() -> dict[str, tuple[int, float]]:
    """By status class (`2xx`): how many requests, and the seconds they took together."""
    sums = [0.0] * (2 * CLASSES)
    for path in folder().glob("requests-*"):
        content = path.read_bytes()
        if len(content) == _FORM.size:
            sums = [a + b for a, b in zip(sums, _FORM.unpack(content), strict=True)]
    return {f"{n}xx": (int(sums[n]), sums[CLASSES + n]) for n in range(1, CLASSES)}


def _open() -> mmap.mmap:
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder() / f"requests-{os.getpid()}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(descriptor, _FORM.size)
        memory = mmap.mmap(descriptor, _FORM.size)
    finally:
        os.close(descriptor)
    _own.clear()
    _own[os.getpid()] = memory
    return memory
