"""The head signed last, kept outside the database: a log that is shorter or other than it is refused.

The sealer writes it after its commit. A crash between the two leaves an older one here, which the log still holds.
"""

from __future__ import annotations

import fcntl
import json
import re
from dataclasses import dataclass

from django.utils import timezone

from .canonical import canonical
from .faults import NO_LAST_HEAD, WENT_BACK, LogFault
from .keys import LAST_HEAD, MAC_KEY, folder, make_first, replace_durably
from .models import Head
from .numbers import size_of

RESTORED = "restored"
ROOT = re.compile("[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Pin:
    """Size and root of a head; size 0 before the first."""

    size: int
    root: str

    def __str__(self) -> str:
        return f"{self.size}:{self.root}"


def pin() -> Pin:
    """What the log must hold."""
    make_first()
    file = folder() / LAST_HEAD
    try:
        raw = json.loads(file.read_bytes())
        return Pin(int(raw["size"]), str(raw["root"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise LogFault("EVD-33", NO_LAST_HEAD.format(file=file)) from None


def keep(head: Head) -> None:
    """Remember a head once it is committed; two sealers may come here in either order, the longer log stays."""
    with (folder() / MAC_KEY).open("rb") as lock:  # a file that is never replaced
        fcntl.flock(lock, fcntl.LOCK_EX)
        if head.size > pin().size:
            replace_durably(folder() / LAST_HEAD, _written(Pin(head.size, bytes(head.root).hex())))


def refuse_going_back() -> None:
    """Refuse a database whose log does not hold the head signed last."""
    last, newest = pin(), Head.objects.order_by("-size").first()
    same = Head.objects.filter(size=last.size).values_list("root", flat=True).first() if last.size else b""
    if same is None or bytes(same).hex() != last.root:
        raise LogFault("EVD-33", WENT_BACK.format(found=newest.size if newest else 0, expected=str(last)))


def accept_restored_head(reason: str) -> Pin:
    """Take the database's newest head for the last one, with a note beside the keys; after a restore, never else."""
    file, head = folder() / LAST_HEAD, Head.objects.order_by("-size").first()
    before = file.read_bytes().decode("utf-8", "replace") if file.exists() else ""
    now = Pin(head.size, bytes(head.root).hex()) if head else Pin(0, "")
    if before and before.encode() == _written(now):
        return now
    note = {"accepted": str(now), "at": timezone.now().isoformat(), "before": before, "reason": reason}
    with (folder() / RESTORED).open("a", encoding="utf-8") as notes:
        notes.write(json.dumps(note, ensure_ascii=False, sort_keys=True) + "\n")
    replace_durably(file, _written(now))
    return now


def pin_in(words: str) -> Pin | None:
    """A head as people keep it, SIZE:ROOT; None where the words are none."""
    size, _, root = words.strip().partition(":")
    number = size_of(size)
    return Pin(number, root.lower()) if number is not None and ROOT.fullmatch(root) else None


def _written(head: Pin) -> bytes:
    return canonical({"root": head.root, "size": head.size})
