"""When this installation was backed up last: a line beside its data, so that a page can say how old it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

FILE = "last-backup.json"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The moment of a backup, and whether it was restored in a temporary place to try it."""

    at: datetime
    drilled: bool


def note_backup(at: datetime, drilled: bool) -> None:
    """Written by `tanzhi backup` once the archive stands."""
    path = Path(settings.VAR) / FILE
    path.write_text(json.dumps({"at": at.isoformat(), "drilled": drilled}) + "\n", "utf-8")


def last_backup() -> LastBackup | None:
    """The last one on record; a file that cannot be read is none."""
    try:
        line = json.loads((Path(settings.VAR) / FILE).read_text("utf-8"))
        return LastBackup(datetime.fromisoformat(line["at"]), bool(line["drilled"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
