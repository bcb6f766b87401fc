"""The whole example province, loaded once in a run, however many workers and tests ask for it.

A pytest plugin, named in `tests/conftest.py`. `TANZHI_EXAMPLE` names an installation into which `make demo` has loaded
it already or is loading it, as continuous integration does: `….loading` stands beside the folder until then.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 1200


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory, migrated: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """Puts a copy of the loaded installation (database, files, keys) where a test may change it."""

    def put(var: Path) -> Path:
        return Path(shutil.copytree(_loaded(), var))

    def _loaded() -> Path:
        if ready := os.environ.get("TANZHI_EXAMPLE"):
            _wait_for(Path(f"{ready}.loading"))
            return Path(ready)
        shared = shared_folder(tmp_path_factory)
        folder, done = shared / "example", shared / "example.done"
        with (shared / "example.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                migrated(folder)
                command = [sys.executable, "-m", "tanzhi.cli", "demo", "--no-serve"]
                subprocess.run(command, cwd=ROOT, env=environment(folder), check=True, stdout=subprocess.DEVNULL)
                done.touch()
        return folder

    return put


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory, example: Callable[[Path], Path]) -> Path:
    """What the walks of all roles through the example met; the first worker that asks walks, the others wait and read.

    `TANZHI_WALKED` names what `python -m tests.web.crawled` wrote already.
    """
    if ready := os.environ.get("TANZHI_WALKED"):
        return Path(ready)
    shared = shared_folder(tmp_path_factory)
    out = shared / "walks.json"
    with (shared / "walks.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            command = [sys.executable, "-m", "tests.web.crawled", str(out)]
            subprocess.run(command, cwd=ROOT, env=environment(example(shared / "walked")), check=True)
    return out


def _wait_for(loading: Path) -> None:
    """Until whoever loads the example beside these tests has taken his note away."""
    until = time.monotonic() + PATIENCE_SECONDS
    while loading.exists():
        if time.monotonic() > until:
            pytest.fail(f"the example was not loaded in {PATIENCE_SECONDS} seconds: {loading} still stands")
        time.sleep(1)


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run's, the same for every worker of xdist."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def environment(var: Path) -> dict[str, str]:
    """What a command of an installation in that folder sees: SQLite and this source."""
    unwanted = ("TANZHI_DATABASE", "PYTHONWARNINGS")
    own = {"TANZHI_VAR": str(var), "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings"}
    own["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    return {name: value for name, value in os.environ.items() if name not in unwanted} | own
