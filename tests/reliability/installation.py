"""An installation under trial: its server and worker as processes, requests over HTTP, and what its books say."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.reliability.seed import UNIT

ROOT = Path(__file__).parents[2]
TOKEN = "t" * 32
PATIENCE = 120


@dataclass
class Installation:
    """`database`: an address; empty for the SQLite file in `var`."""

    var: Path
    database: str = ""
    settings: str = "tanzhi.web.settings"
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        own = {"TANZHI_VAR": str(self.var), "DJANGO_SETTINGS_MODULE": self.settings, "LC_ALL": "C"}
        own |= {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "LANG": "en_GB"}
        dropped = ("TANZHI_DATABASE", "PYTHONWARNINGS")
        inherited = {name: value for name, value in os.environ.items() if name not in dropped}
        return inherited | own | ({"TANZHI_DATABASE": self.database} if self.database else {})

    def python(self, *words: object) -> str:
        command = [sys.executable, *map(str, words)]
        answer = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        if answer.returncode:
            raise RuntimeError(f"{words}: {answer.stdout}{answer.stderr}")
        return answer.stdout

    def tanzhi(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tanzhi.cli", *map(str, words), "--lang", "en"]
        return subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)

    def seed(self, migrated: Path | None = None) -> None:
        """`migrated`: an SQLite file to begin with, which saves the migrations."""
        self.var.mkdir(parents=True, exist_ok=True)
        if migrated and not self.database:
            shutil.copy(migrated, self.var / "tanzhi.sqlite3")
        else:
            self.python("-m", "tanzhi.cli", "migrate")
        self.python("-m", "tests.reliability.seed", "seed", self.var)

    @property
    def sown(self) -> dict[str, Any]:
        return dict(json.loads((self.var / "seed.json").read_text()))

    def state(self, account: int) -> dict[str, object]:
        return dict(json.loads(self.python("-m", "tests.reliability.seed", "state", account)))

    # --- processes --------------------------------------------------------------------------------

    def start(self, name: str, *options: str) -> None:
        """`serve` or `worker`, in a group of its own, so that all of it can be killed."""
        words = [name, *options]
        if name == "serve":
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            words += ["--port", str(self.port)]
        with (self.var / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "tanzhi.cli", *words],
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if name == "serve":
            self.wait_for(lambda: self.ask("GET", "/healthz")[0] is not None)

    def wait_for(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > until:
                raise TimeoutError(f"{self.var}: nothing after {PATIENCE} s")
            time.sleep(0.1)

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        process = self.processes.pop(name)
        os.killpg(process.pid, number)
        process.wait(timeout=PATIENCE)

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    # --- requests ---------------------------------------------------------------------------------

    def ask(
        self, method: str, path: str, body: object = None, *, person: int = 0, key: str = "", session: str = ""
    ) -> tuple[int | None, str]:
        """Status and text of the answer; None where no whole answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        session = session or str(self.sown["sessions"][person])
        headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        headers |= {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return None, ""
        finally:
            connection.close()

    def spend(self, account: int, key: str, *, person: int = 0, tonnes: int = 1) -> tuple[int | None, str]:
        """Set one tonne of a holding apart: a write that the log, the books and the memory of acts all answer for."""
        body = {"unit": UNIT, "tonnes": tonnes, "reason": f"trial {key}"}
        return self.ask("POST", f"/api/actions/registry.freeze?subject={account}", body, person=person, key=key)


@contextmanager
def writing(installation: Installation, people: int, name: str) -> Iterator[list[str]]:
    """Several people write all the while; the list grows by the key of each write that was acknowledged."""
    account, acknowledged, going = installation.sown["accounts"][0], [], [True]

    def write(person: int) -> None:
        number = 0
        while going[0]:
            number += 1
            key = f"{name}-{person}-{number}"
            if installation.spend(account, key)[0] == 200:
                acknowledged.append(key)
            else:
                time.sleep(0.05)

    with ThreadPoolExecutor(people) as pool:
        workers = [pool.submit(write, person) for person in range(people)]
        try:
            yield acknowledged
        finally:
            going[0] = False
        for worker in workers:
            worker.result()
