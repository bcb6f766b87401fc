"""The ledger's postings against pgbench on the same server, one straight after the other; goals G1 to G5 and G11."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from bench.lines import RUNS, Line, line
from bench.posting_works import Works
from tanzhi.evidence.tracking import unrecorded

TITLE = "Posting"
ROOT = Path(__file__).parents[1]
BATCH, SINGLE, SCALE, SECONDS = 10_000, 500, 10, 4
CLIENTS = (1, 4, 8)
FUNCTION = """\
\\set a random(0, {last})
\\set b random(1, {last})
SELECT registry_post('f' || gen_random_uuid(), 'bench', '{{}}', '', 1, 2, now(), current_date, ARRAY['bench'],
ARRAY[{unit}], ARRAY[{debit}]::bigint[], ARRAY[{credit}]::bigint[], ARRAY[1::bigint], ARRAY[NULL]::bigint[]);
"""
ONE = "(SELECT id FROM registry_account WHERE number = 'bench-' || ({which}))"
UNIT = "(SELECT id FROM registry_unitkind WHERE code = 'BENCH')::bigint"


def measure(toy: bool = False) -> list[Line]:
    """At a size for tests it posts on the test's own database and leaves pgbench out."""
    if toy:
        with unrecorded():
            return _small(Works(20))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        address = stack.enter_context(_server(Path(folder)))
        postgresql = stack.enter_context(_worker(Path(folder) / "one", address))
        sqlite = stack.enter_context(_worker(Path(folder) / "two", ""))
        return _lines([_round(address, Path(folder), postgresql, sqlite) for _ in range(RUNS)])


def _small(works: Works) -> list[Line]:
    rates = [30 / works.batch(30), 30 / works.hot(30), 5 / works.single(5)]
    return [
        line("set ÷ one by one", [rates[0] / rates[2]]),
        line("one account in every transfer ÷ any accounts", [rates[1] / rates[0]]),
        line("checker ÷ counting the entries", [works.check(0) / works.count(0)]),
        line("with an entry for every row ÷ without, seconds", [works.batch_recorded(30) / works.batch(30)]),
        line("rows beside their digests ÷ read and hashed", [works.rows(0) / works.read(0)]),
        line("one with an entry ÷ without, seconds", [works.single_recorded(5) / works.single(5)]),
    ]


# --- the two databases ------------------------------------------------------------------------------------


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """A PostgreSQL of its own that waits for its disk, with pgbench's tables in a database beside the ledger's."""
    script = str(ROOT / ".ci" / "postgres")
    told = subprocess.run([script, "start", str(folder), "on"], check=True, capture_output=True, text=True)
    address = told.stdout.strip()
    try:
        subprocess.run(["createdb", *_at(address), "tpcb"], check=True)
        subprocess.run(
            ["pgbench", "-i", "-q", "-s", str(SCALE), *_at(address), "tpcb"], check=True, capture_output=True
        )
        yield address
    finally:
        subprocess.run([script, "stop", str(folder)], check=True)


def _at(address: str) -> list[str]:
    user, host = address.removeprefix("postgresql://").rpartition("/")[0].split("@")
    return ["-h", unquote(host), "-U", user]


Worker = subprocess.Popen[str]


@contextmanager
def _worker(folder: Path, address: str) -> Iterator[Worker]:
    """A process that posts into the database of that address, or into SQLite."""
    folder.mkdir()
    own = {"TANZHI_VAR": str(folder)} | ({"TANZHI_DATABASE": address} if address else {})
    environment = {k: v for k, v in os.environ.items() if k != "TANZHI_DATABASE"} | own
    told = [sys.executable, "-m", "bench.posting_works"]
    with subprocess.Popen(
        told, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if _pipe(process.stdout).readline() != "ready\n":
            raise RuntimeError("the ledger could not be prepared")
        yield process
        _pipe(process.stdin).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise RuntimeError("not piped")
    return pipe


def _taken(worker: Worker, work: str, size: int) -> float:
    """The seconds of a work."""
    _pipe(worker.stdin).write(f"{work} {size}\n")
    _pipe(worker.stdin).flush()
    return float(_pipe(worker.stdout).readline())


def _pgbench(address: str, clients: int, script: Path | None = None) -> float:
    """Transactions a second: pgbench's own TPC-B, or a script against the ledger."""
    chosen = ["-f", str(script), *_at(address), "tanzhi"] if script else [*_at(address), "tpcb"]
    told = ["pgbench", "-n", "-c", str(clients), "-j", "2", "-T", str(SECONDS), *chosen]
    found = subprocess.run(told, check=True, capture_output=True, text=True).stdout
    if not re.search(r"failed transactions: 0 ", found):
        raise AssertionError(found)
    rate = re.search(r"tps = ([\d.]+)", found)
    return float(rate[1]) if rate else 0.0


# --- one repetition ---------------------------------------------------------------------------------------


def _scripts(folder: Path) -> tuple[Path, Path]:
    """One transfer by the function: between any two accounts, and always out of the same."""
    made = folder / "any.sql", folder / "hot.sql"
    credit = ONE.format(which="CASE WHEN :a = :b THEN 0 ELSE :b END")
    for path, which in zip(made, (":a", "0"), strict=True):
        other = credit if which == ":a" else ONE.format(which=":b")
        debit = ONE.format(which="CASE WHEN :a = :b THEN :b ELSE :a END" if which == ":a" else "0")
        path.write_text(FUNCTION.format(last=999, unit=UNIT, debit=debit, credit=other))
    return made


def _round(address: str, folder: Path, postgresql: Worker, sqlite: Worker) -> dict[str, float]:
    """Every rate once, each beside the one that it is divided by."""
    anywhere, hot = _scripts(folder)
    found: dict[str, float] = {}
    for clients in CLIENTS:
        found[f"pgbench {clients}"] = _pgbench(address, clients)
        found[f"function {clients}"] = _pgbench(address, clients, anywhere)
        if clients == 1:
            found["service"] = SINGLE / _taken(postgresql, "single", SINGLE)
            found["batch"] = BATCH / _taken(postgresql, "batch", BATCH)
    found["hot function"] = _pgbench(address, CLIENTS[-1], hot)
    found["hot batch"] = BATCH / _taken(postgresql, "hot", BATCH)
    found["sqlite"] = BATCH / _taken(sqlite, "batch", BATCH)
    for name, worker in (("postgresql", postgresql), ("sqlite", sqlite)):
        for work, size in (("batch", BATCH), ("single", SINGLE)):
            found[f"{name} {work}"] = _taken(worker, work, size)
            found[f"{name} {work} recorded"] = _taken(worker, f"{work}_recorded", size)
        found[f"{name} rows"], found[f"{name} read"] = _taken(worker, "rows", 0), _taken(worker, "read", 0)
    found["count"], found["check"] = _taken(postgresql, "count", 0), _taken(postgresql, "check", 0)
    return found


def _lines(rounds: list[dict[str, float]]) -> list[Line]:
    best = [one | {"best": max(one[f"pgbench {clients}"] for clients in CLIENTS)} for one in rounds]
    asked = (
        ("G1: a set of 10,000, a second ÷ pgbench with 1 client", "batch", "pgbench 1", "≥ 10"),
        ("G1: a set of 10,000, a second ÷ pgbench with its best number of clients", "batch", "best", "≥ 3"),
        ("G2: a set in which all touch one account ÷ any accounts", "hot batch", "batch", "≥ 1"),
        ("G3: one transfer by the function ÷ pgbench, 1 client", "function 1", "pgbench 1", "≥ 0.9"),
        ("G3: the same with 4 clients", "function 4", "pgbench 4", "≥ 0.6"),
        ("G3: the same with 8 clients", "function 8", "pgbench 8", "≥ 0.6"),
        ("G3: out of one account, 8 clients", "hot function", "pgbench 8", "≥ 0.4"),
        ("G4: one transfer through the service ÷ the function", "service", "function 1", "≥ 0.5"),
        ("G5: a set on SQLite ÷ on PostgreSQL", "sqlite", "batch", "≥ 0.6"),
        (
            "a set with its entry, which answers for every row ÷ without, seconds",
            "postgresql batch recorded",
            "postgresql batch",
            "≤ 3",
        ),
        ("a set with its entry ÷ without, SQLite, seconds", "sqlite batch recorded", "sqlite batch", "≤ 3"),
        ("one transfer with its entry ÷ without, seconds", "postgresql single recorded", "postgresql single", "≤ 3"),
        ("one transfer with its entry ÷ without, SQLite, seconds", "sqlite single recorded", "sqlite single", "≤ 3"),
        (
            "rows beside their digests ÷ read and hashed, PostgreSQL, seconds",
            "postgresql rows",
            "postgresql read",
            "≤ 20",
        ),
        ("rows beside their digests ÷ read and hashed, SQLite, seconds", "sqlite rows", "sqlite read", "≤ 20"),
        ("G11: checker ÷ counting the entries, seconds", "check", "count", "≤ 60"),
    )
    notes = f"guards on, through the service; pgbench TPC-B at scale {SCALE}, {SECONDS} s each; PostgreSQL with fsync"
    return [line(name, [one[a] / one[b] for one in best], aim, notes) for name, a, b, aim in asked]
