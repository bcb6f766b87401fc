"""Under which law a result was computed: package version, and a digest of rules and parameter tables."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .parameters import Parameters
from .rounding import plain

RULEBOOK = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Release:
    """The package's version and a SHA-256 in hexadecimal."""

    version: str
    digest: str

    def __str__(self) -> str:
        return f"{self.version}+{self.digest[:12]}"


def release(*laws: tuple[str, Parameters]) -> Release:
    """The release of the rulebook as installed, with what was entered into these guidelines' parameters."""
    entered = [
        {
            "guideline": name,
            "parameter": table.name,
            "keys": {key: list(codes) for key, codes in e.keys.items()},
            "value": plain(e.value),
            "since": e.since.isoformat(),
            "until": e.until.isoformat(),
            "source": e.source,
        }
        for name, parameters in laws
        for table in parameters
        for e in table.entered
    ]
    digest = rulebook_digest()
    if entered:
        ordered = sorted(json.dumps(e, sort_keys=True, ensure_ascii=True) for e in entered)
        digest = hashlib.sha256("\n".join([digest, *ordered]).encode()).hexdigest()
    return Release(package_version(), digest)


@cache
def package_version() -> str:
    return version("tanzhi")


@cache
def rulebook_digest(folder: Path = RULEBOOK) -> str:
    """SHA-256 over every rule source and parameter table, in the order of their paths, line ends made equal."""
    digest = hashlib.sha256()
    for path in sorted((p for p in folder.rglob("*") if p.suffix in {".py", ".yaml"}), key=lambda p: p.as_posix()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(folder).as_posix()} {hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()
