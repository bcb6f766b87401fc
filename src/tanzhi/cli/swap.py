"""Exchanges present data for restored data by renames, with a journal: whatever cuts it off, either the old data
stand whole or the new.

The folder of an exchange holds `journal.json` from its first moment (what takes whose place), `begun` while renames
are made (what was there before) and `done` once the new data stand. `settle` brings a folder that was left in any of
these states to its end: forward if the new data stand, back if not.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

JOURNAL, BEGUN, DONE, READY = "journal.json", "begun.json", "done", "done.waiting"


@dataclass(frozen=True, slots=True)
class FileSwap:
    """`new` takes the place of what stands at `target`, which is put at `old` meanwhile.

    `replaces`: what stands at the target goes even where nothing new comes (a write-ahead log of the old database).
    """

    target: Path
    new: Path
    old: Path
    replaces: bool = True

    def as_dict(self) -> dict[str, str | bool]:
        paths = {"target": str(self.target), "new": str(self.new), "old": str(self.old)}
        return paths | {"replaces": self.replaces}


class Databases(Protocol):
    """Databases of a server, which are exchanged by the server itself, all or nothing."""

    def exchange(self) -> None: ...
    def exchanged(self) -> bool: ...
    def drop_new(self) -> None: ...
    def drop_old(self) -> None: ...


def prepare(folder: Path, moves: list[FileSwap], server: dict[str, str] | None = None) -> None:
    """Write down what is going to be exchanged, before anything new is put beside the old."""
    folder.mkdir(parents=True)
    _write(folder / JOURNAL, {"moves": [move.as_dict() for move in moves], "server": server or {}})
    for move in moves:
        move.new.parent.mkdir(parents=True, exist_ok=True)
        move.old.parent.mkdir(parents=True, exist_ok=True)


def journal_of(folder: Path) -> tuple[list[FileSwap], dict[str, str]]:
    """What is exchanged in this folder; nothing, if it was cut off before that was written."""
    file = folder / JOURNAL
    if not file.exists():
        return [], {}
    content = json.loads(file.read_text("utf-8"))
    moves = [
        FileSwap(Path(move["target"]), Path(move["new"]), Path(move["old"]), move["replaces"])
        for move in content["moves"]
    ]
    return moves, dict(content["server"])


def swap(folder: Path, databases: Databases | None = None) -> None:
    """Put the new data in the place of the old; if that fails, all is put back and the failure raised."""
    moves, _ = journal_of(folder)
    try:
        os.sync()  # the new data are on the disk before anything old moves
        (folder / READY).touch()  # so that saying "done" needs no room on a full disk
        _write(folder / BEGUN, {"present": [os.path.lexists(move.target) for move in moves]})
        for move in moves:
            if os.path.lexists(move.target) and (move.replaces or move.new.exists()):
                os.rename(move.target, move.old)
            if move.new.exists():
                os.rename(move.new, move.target)
        _sync({move.target.parent for move in moves})
        if databases:
            databases.exchange()
        os.rename(folder / READY, folder / DONE)
        _sync({folder})
    finally:
        settle(folder, databases)


def settle(folder: Path, databases: Databases | None = None) -> bool:
    """End what was begun in this folder and remove it; says whether the new data stand. May itself be cut off."""
    moves, _ = journal_of(folder)
    stands = (folder / DONE).exists() or (databases is not None and databases.exchanged())
    if not stands and (folder / BEGUN).exists():
        present = json.loads((folder / BEGUN).read_text("utf-8"))["present"]
        for move, was_there in reversed(list(zip(moves, present, strict=True))):
            # The old thing at its place again; a new one that stands there goes back to where it came from.
            moved_away = os.path.lexists(move.old)
            if os.path.lexists(move.target) and (moved_away or (not was_there and not move.new.exists())):
                _remove(move.new)
                os.rename(move.target, move.new)
            if moved_away:
                os.rename(move.old, move.target)
        _sync({move.target.parent for move in moves})
        (folder / BEGUN).unlink()
    if stands:
        (folder / DONE).touch()  # the server's word ends with its old database
    if databases:
        (databases.drop_old if stands else databases.drop_new)()
    for move in moves:
        _remove(move.old)
        _remove(move.new)
    # what says which way to go is the last thing to leave
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name in (JOURNAL, DONE)):
        _remove(entry)
    folder.rmdir()
    return stands


def _write(file: Path, content: dict[str, object]) -> None:
    waiting = file.with_name(f"{file.name}.part")
    with waiting.open("w", encoding="utf-8") as out:
        json.dump(content, out)
        out.flush()
        os.fsync(out.fileno())
    os.rename(waiting, file)
    _sync({file.parent})


def _sync(folders: set[Path]) -> None:
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
