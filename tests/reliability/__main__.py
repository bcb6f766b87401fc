"""`make reliability`: every trial on SQLite and on a PostgreSQL of its own; one table; fails if anything failed."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.databases import migrated_file
from tests.reliability import trials
from tests.reliability.installation import ROOT, Installation
from tests.reliability.trials import Result, Server

FULL = {"rounds": 60, "spends": 4800, "verifications": 50}
PAGE = ROOT / "docs" / "development" / "reliability.md"


@contextmanager
def engines(names: list[str], place: Path) -> Iterator[dict[str, tuple[str, Server | None]]]:
    """Address and server of each database; PostgreSQL waits for its disk, as an installation's does."""
    served: dict[str, tuple[str, Server | None]] = {}
    folder = place / "server"
    if "SQLite" in names:
        served["SQLite"] = ("", None)
    try:
        if "PostgreSQL" in names:
            folder.mkdir()
            place.chmod(0o755)
            started = subprocess.run(
                [ROOT / ".ci" / "postgres", "start", folder, "on"], capture_output=True, text=True, check=True
            )
            served["PostgreSQL"] = (started.stdout.strip(), _server(folder / "postgresql"))
        yield served
    finally:
        if folder.exists():
            subprocess.run([ROOT / ".ci" / "postgres", "stop", folder], check=False)


def _server(home: Path) -> Server:
    """Kills the database's server without warning, and starts it again on what it left."""
    binaries = max(Path("/usr/lib/postgresql").glob("*/bin"))
    pid = home / "data" / "postmaster.pid"
    ordinary = ["runuser", "-u", "postgres", "--"] if home.owner() == "postgres" else []
    options = f"-k {home} -c listen_addresses='' -c max_connections=300"

    def act(what: str) -> None:
        if what == "kill":
            subprocess.run(["kill", "-9", pid.read_text().split()[0]], check=True)
        else:
            words = [binaries / "pg_ctl", "-D", home / "data", "-o", options, "-l", home / "log", "-w", "start"]
            # what served the connections ends by itself a little later, and until then holds the shared memory
            for last in (*[False] * 60, True):
                started = subprocess.run([*ordinary, *words], check=last, capture_output=True)
                if started.returncode == 0:
                    break
                time.sleep(0.5)

    return act


def run(engine: str, address: str, server: Server | None, place: Path, numbers: dict[str, int]) -> Iterator[Result]:
    """Every trial once, on one installation."""
    installation = Installation(place / engine, address)
    installation.seed(migrated_file())
    steps = (
        lambda: trials.double_spends(installation, numbers["spends"]),
        lambda: trials.kills(installation, numbers["rounds"], server),
        lambda: trials.verified_under_load(installation, numbers["verifications"]),
        lambda: trials.rows_altered(installation),
        lambda: trials.backed_up_while_writing(installation),
        lambda: trials.two_workers(installation),
        lambda: trials.ended_in_an_upload(installation),
        lambda: trials.disk_full(installation),
    )
    for step in steps:
        try:
            yield step()
        finally:
            installation.stop()


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    for name, number in FULL.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--databases", nargs="+", default=["SQLite", "PostgreSQL"])
    parser.add_argument("--write", action="store_true", help="keep the table in docs/development/reliability.md")
    options = parser.parse_args()
    numbers = {name: getattr(options, name) for name in FULL}
    lines = ["| database | trial | measured | result |", "|---|---|---|---|"]
    failed = 0
    _say(*lines)
    with tempfile.TemporaryDirectory() as folder, engines(options.databases, Path(folder)) as served:
        for engine, (address, server) in served.items():
            for result in run(engine, address, server, Path(folder), numbers):
                failed += not result.passed
                words = "held" if result.passed else "FAILED: " + "; ".join(result.faults[:3]).replace("\n", " ")
                lines.append(f"| {engine} | {result.trial} | {result.measured} | {words} |")
                _say(lines[-1])
    if options.write:
        before, _, _ = PAGE.read_text("utf-8").partition("| database |")
        at = datetime.now(UTC).strftime("%Y-%m-%d")
        head = before.rpartition("Last run")[0] + f"Last run: {at}, {numbers}.\n\n"
        PAGE.write_text(head + "\n".join(lines) + "\n", "utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
