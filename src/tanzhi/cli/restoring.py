"""Where a restore puts what it brings, and how one that was cut off is settled."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from .databases import LONGEST_NAME, PostgresqlServer, RenamedDatabases, SqliteFile, present_database
from .swap import FileSwap, journal_of, prepare, settle

KEYS = "keys"
BELONGINGS = ("files", KEYS, "secret-key")  # of an installation's folder; the database may stand elsewhere
DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Stage:
    """A restored installation beside the present one: its folder, its database, and what would be exchanged."""

    folder: Path  # of the exchange
    var: Path  # of the restored installation
    databases: RenamedDatabases | None  # None: the database is a file among the moves


def stage(var: Path, folder: Path) -> Stage:
    """Prepare an exchange in `folder`; each new thing lies on the disk of what it replaces, so that renaming does."""
    present, new, old = present_database(), folder / "new", folder / "old"
    targets = {name: (var / name).resolve() for name in BELONGINGS}
    if isinstance(present, SqliteFile):
        file = present.file.resolve()
        targets |= {f"{DATABASE}{end}": file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm", "")}
    moves = []
    for name, target in targets.items():
        beside = target.parent
        while not beside.exists():
            beside = beside.parent
        apart = beside.stat().st_dev != var.stat().st_dev
        sides = {"new": new, "old": old}
        places = {
            side: target.with_name(f".{target.name}.{side}") if apart else top / name for side, top in sides.items()
        }
        moves.append(FileSwap(target, places["new"], places["old"], replaces=name != "secret-key"))
    databases, server = None, {}
    if isinstance(present, PostgresqlServer):
        token = secrets.token_hex(4)
        server = {kind: f"{present.name[: LONGEST_NAME - 13]}_{kind}_{token}" for kind in ("new", "old")}
        databases = RenamedDatabases(present, **server)
    prepare(folder, moves, server)
    new.mkdir(exist_ok=True)
    for name, move in zip(targets, moves, strict=True):
        if move.new != new / name:
            (new / name).symlink_to(move.new)
    return Stage(folder, new, databases)


def settle_restore(folder: Path) -> bool:
    """Finish or undo the restore that was cut off in this folder; says whether the restored data stand."""
    _, server = journal_of(folder)
    present = present_database()
    databases = RenamedDatabases(present, **server) if isinstance(present, PostgresqlServer) and server else None
    return settle(folder, databases)
