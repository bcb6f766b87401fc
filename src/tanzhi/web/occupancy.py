"""Who uses an installation: servers, workers and commands share it, a restore has it alone.

A lock of the operating system on a file in the installation's folder: it ends with its process, however that ends.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

LOCK = "in-use.lock"
RESTORING = "restoring"  # beside it: the folder of a restore that is under way or was cut off
PATIENCE_SECONDS = 10.0


class Occupied(Exception):
    """Somebody else uses the installation in a way that forbids it; `users` names processes where they are known."""

    def __init__(self, users: list[str]) -> None:
        super().__init__(", ".join(users))
        self.users = users


def occupy(folder: Path, *, alone: bool = False, patience: float = PATIENCE_SECONDS) -> int:
    """Use the installation in `folder` until the file descriptor that this gives is closed.

    Raises `Occupied` when it stays in use for `patience` seconds: shared use waits for a restore only, use alone for
    everybody.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:  # a folder to which this user may not write can still be read
        handle = os.open(folder / LOCK, os.O_RDONLY)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                users = _users(handle)
                os.close(handle)
                raise Occupied(users) from None
            time.sleep(0.05)
        else:
            return handle


def occupy_while_this_runs(folder: Path) -> int:
    """What a process that serves pages or runs jobs calls once; refuses data that a restore left half exchanged."""
    handle = occupy(folder)
    if (folder / RESTORING).exists():
        raise RuntimeError(f"{folder / RESTORING}: a restore was cut off; run `tanzhi migrate` once, which settles it")
    return handle


def _users(handle: int) -> list[str]:
    """Processes that have the lock, by number and command, where the system tells them (Linux)."""
    inode = f":{os.fstat(handle).st_ino}"
    try:
        lines = [line.split() for line in Path("/proc/locks").read_text("utf-8").splitlines()]
    except OSError:
        return []
    numbers = {words[4] for words in lines if "FLOCK" in words and words[5].endswith(inode) and "->" not in words}
    users = []
    for number in sorted(numbers, key=int):
        try:
            words = Path(f"/proc/{number}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            words = []
        command = " ".join(word for word in words if word)[:120]
        users.append(f"{number} {command}".strip())
    return users
