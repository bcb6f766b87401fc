"""The trials: each breaks or burdens a running installation and says what came of it."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tanzhi.cli.worker import READY
from tests.reliability.installation import ROOT, Installation, writing
from tests.reliability.seed import SPENDABLE

PEOPLE = 4


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table."""

    trial: str
    measured: str
    faults: list[str]

    @property
    def passed(self) -> bool:
        return not self.faults


Server = Callable[[str], None]  # "kill" or "start" the database's server; nothing where there is none


def books(installation: Installation, acknowledged: list[str]) -> list[str]:
    """What is lost, doubled or torn, by the books, the memory of acts, the log, and the two checkers."""
    state = installation.state(int(str(installation.sown["accounts"][0])))
    keys = Counter(state["keys"])
    faults = [f"lost: {key}" for key in acknowledged if not keys[key]]
    faults += [f"doubled: {key}" for key, times in keys.items() if times > 1]
    counts = {name: state[name] for name in ("acts", "holds", "entries", "postings", "holds_here", "spent")}
    if len({*list(counts.values())[:4]}) > 1 or counts["holds_here"] != counts["spent"]:
        faults.append(f"torn: {counts}")
    if state["torn"]:
        faults.append(f"torn postings: {state['torn']}")
    for words in (("evidence", "verify", "--json"), ("registry", "check", "--json")):
        answer = installation.tanzhi(*words)
        if answer.returncode:
            faults.append(f"{' '.join(words)}: {answer.stdout[-600:]}{answer.stderr[-300:]}")
    return faults


def kills(installation: Installation, rounds: int, database: Server | None) -> Result:
    """`kill -9` of server, worker (which seals) and database, in turn, while people write; then all of it again."""
    victims = ["serve", "worker"] + (["database"] if database else [])
    acknowledged: list[str] = []
    chance = random.Random(1)
    for name in ("serve", "worker"):
        installation.start(name)
    for turn in range(rounds):
        victim = victims[turn % len(victims)]
        with writing(installation, PEOPLE, f"r{turn}") as written:
            installation.wait_for(lambda written=written: len(written) > PEOPLE)
            time.sleep(chance.random() / 2)
            if victim == "database" and database:
                database("kill")
                database("start")
            else:
                installation.kill(victim)
                installation.start(victim)
            before = len(written)
            installation.wait_for(lambda written=written, before=before: len(written) > before)
        acknowledged += written
        if installation.processes["worker"].poll() is not None:
            installation.start("worker")
    resent = chance.sample(acknowledged, min(20, len(acknowledged)))
    account = int(str(installation.sown["accounts"][0]))
    refused = [f"sent again: {key}" for key in resent if installation.spend(account, key)[0] != 200]
    installation.stop()
    return Result(
        f"kill -9, {rounds} rounds", f"{len(acknowledged)} acknowledged", refused + books(installation, acknowledged)
    )


def double_spends(installation: Installation, tries: int) -> Result:
    """Many people spend the same holding at once: exactly the holding is spent, and each loser is told by a code."""
    account = int(str(installation.sown["accounts"][1]))
    tonnes = -(-2 * SPENDABLE // min(tries, 2 * SPENDABLE))  # so that half of the tries at most can succeed
    installation.start("serve")
    with ThreadPoolExecutor(16) as pool:
        sent = [pool.submit(installation.spend, account, f"d{n}", person=1, tonnes=tonnes) for n in range(tries)]
        answers = [future.result() for future in sent]
    installation.stop()
    state = installation.state(account)
    won = sum(status == 200 for status, _ in answers)
    losers = Counter((status, _code(text)) for status, text in answers if status != 200)
    expected = {"holds_here": SPENDABLE // tonnes, "spent": SPENDABLE // tonnes * tonnes, "left": SPENDABLE % tonnes}
    faults = [f"{name}: {state[name]}, not {number}" for name, number in expected.items() if state[name] != number]
    faults += [] if won == expected["holds_here"] else [f"{won} acknowledged"]
    coded = {kind for kind in losers if kind[0] in (409, 422) and kind[1].startswith("REG-")}
    faults += [f"{losers[kind]} × {kind}" for kind in losers.keys() - coded]
    checked = installation.tanzhi("registry", "check")
    faults += [checked.stdout] if checked.returncode else []
    measured = f"{state['spent']} t of {SPENDABLE} t spent, {won} acknowledged, {sum(losers.values())} refused"
    return Result(f"{tries} double spends", measured, faults)


def _code(text: str) -> str:
    try:
        return str(json.loads(text)["code"])
    except (ValueError, KeyError, TypeError):
        return text[:80]


def verified_under_load(installation: Installation, times: int) -> Result:
    """`evidence verify` while people write and the worker seals: never an alarm."""
    for name in ("serve", "worker"):
        installation.start(name)
    alarms = []
    with writing(installation, PEOPLE, "v") as written:
        for _ in range(times):
            answer = installation.tanzhi("evidence", "verify", "--json")
            if answer.returncode:
                alarms.append(answer.stdout[-400:] + answer.stderr[-400:])
    installation.stop()
    return Result(
        f"{times} verifications under load", f"{len(written)} writes meanwhile", alarms + books(installation, written)
    )


def backed_up_while_writing(installation: Installation) -> Result:
    """A backup taken while people write can be restored and verifies."""
    for name in ("serve", "worker"):
        installation.start(name)
    with writing(installation, PEOPLE, "b") as written:
        installation.wait_for(lambda: len(written) > PEOPLE)
        before = list(written)
        archive = installation.var.with_name(f"{installation.var.name}.tar.gz")
        answer = installation.tanzhi("backup", archive, "--drill")
    installation.stop()
    faults = [] if answer.returncode == 0 and "drill passed" in answer.stdout else [answer.stdout + answer.stderr]
    archive.unlink(missing_ok=True)
    return Result("backup while writing", f"{len(before)} writes before", faults + books(installation, written))


EVERY_ROW = "test_every_column_altered_and_a_row_of_every_table_inserted_or_deleted_is_named"
COUNT = (
    "import django; django.setup(); from tanzhi.evidence.answered import tables; "
    "print(f'{sum(len(t.columns) for t in tables().values())} columns of {len(tables())} tables')"
)


def rows_altered(installation: Installation) -> Result:
    """Each column altered in a row of its own, a row of each table inserted and one deleted: `verify` names them all.

    The test of CI on a database of its own beside this installation's, without a sample.
    """
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-n", "0", f"tests/evidence/test_rows.py::{EVERY_ROW}"],
        env=installation.environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    faults = [] if answer.returncode == 0 and "1 passed" in answer.stdout else [answer.stdout[-600:]]
    return Result("rows altered behind the log", installation.python("-c", COUNT).strip(), faults)


def two_workers(installation: Installation) -> Result:
    """Two workers seal the same log: heads follow from it, and nothing is sealed twice."""
    installation.start("serve")
    before = _workers_begun(installation)
    installation.start("worker")
    first = installation.processes.pop("worker")
    installation.start("worker")
    installation.wait_for(lambda: _workers_begun(installation) >= before + 2)  # until then a signal simply ends one
    with writing(installation, PEOPLE, "w") as written:
        time.sleep(5)
    both = [process.poll() for process in (first, installation.processes["worker"])]
    os.killpg(first.pid, signal.SIGTERM)
    ended = first.wait(timeout=60)
    installation.stop()
    faults = [] if both == [None, None] and ended == 0 else [f"ended: {both}, {ended}"]
    return Result("two workers", f"{len(written)} writes", faults + books(installation, written))


def _workers_begun(installation: Installation) -> int:
    """How many workers have said that they had begun."""
    said_so = installation.var / "worker.log"
    lines = said_so.read_text("utf-8").splitlines() if said_so.exists() else []
    return sum(line in (READY.zh, READY.en) for line in lines)


def ended_in_an_upload(installation: Installation) -> Result:
    """SIGTERM while an upload is half sent: the server ends, nothing is half saved."""
    installation.start("serve")
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n' + b"z" * 5000
    with socket.create_connection(("127.0.0.1", installation.port)) as line:
        head = f"POST /api/actions/registry.freeze HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body) * 9}\r\n"
        line.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n" + body)
        time.sleep(0.5)
        process = installation.processes.pop("serve")
        os.kill(process.pid, signal.SIGTERM)
        try:
            ended: object = process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            ended = "never"
            os.killpg(process.pid, signal.SIGKILL)
    left = [path.name for path in installation.var.glob("files/*") if path.is_file()]
    faults = ([] if ended == 0 else [f"ended: {ended}"]) + [f"left: {name}" for name in left]
    return Result("SIGTERM in an upload", f"ended {ended}", faults + books(installation, []))


def disk_full(installation: Installation) -> Result:
    """A database that may not grow (SQLite's own limit) refuses writes, tells so, and goes on when there is room."""
    if installation.database:
        return Result("disk full", "SQLite only", [])
    account = int(str(installation.sown["accounts"][0]))
    installation.start("serve")
    file = installation.var / "tanzhi.sqlite3"
    installation.spend(account, "f0")
    # a limit on the size of files that the server may write: what a full disk answers
    pids = _processes_of(installation)
    for pid in pids:
        subprocess.run(["prlimit", f"--pid={pid}", "--fsize=1024:"], check=True)
    answers = [installation.spend(account, f"f{n}")[0] for n in range(1, 6)]
    for pid in _processes_of(installation):
        subprocess.run(["prlimit", f"--pid={pid}", "--fsize=unlimited:"], check=True)
    installation.stop()
    installation.start("serve")
    after = installation.spend(account, "f9")[0]
    installation.stop()
    faults = [] if set(answers) == {507} and after == 200 else [f"answers {answers}, then {after}"]
    with sqlite3.connect(file) as database:
        faults += [str(row) for row in database.execute("PRAGMA integrity_check") if row != ("ok",)]
    database.close()
    return Result("disk full", f"{answers} then {after}", faults + books(installation, ["f0", "f9"]))


def _processes_of(installation: Installation) -> list[int]:
    group = installation.processes["serve"].pid
    listed = subprocess.run(["ps", "-eo", "pid=,pgid="], capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if int(line.split()[1]) == group]
