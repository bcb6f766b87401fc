"""One change tried: a forked process reads the changed file in the place of the real one and runs the tests that it
concerns, until one fails."""

from __future__ import annotations

import importlib.machinery
import linecache
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any
from unittest import mock

from tests.mutation.changes import ROOT, Change

PATIENCE = 1800.0
"""Seconds of the clock after which a fork that waits for something is ended."""
LEAST, SLOWER = 60, 4
"""Seconds of the processor that a change has, and how many times those that its tests took when they were recorded."""
SETTINGS = ("-c", "tests/mutation/pytest.ini", "--rootdir=.", "--noconftest", "-p", "no:django", "-p", "no:xdist")
OPTIONS = ("-x", "-p", "no:cacheprovider", "-W", "ignore", "--no-header", "--tb=no")
HOUSE = ("-n", "0")
"""What needs Django and a database is tried with the house's own settings and fixtures."""
HOUSE_SECONDS = 600
KILLED, SURVIVED, ENDLESS = "killed", "survived", "endless"


def without_deadline() -> None:
    """How slow the machine is says nothing of a change; hypothesis would call it a failure."""
    import hypothesis

    every = list(hypothesis.HealthCheck)
    hypothesis.settings.register_profile("mutants", deadline=None, suppress_health_check=every)
    hypothesis.settings.load_profile("mutants")


def prepare() -> None:
    """Whatever costs time to import and is not ours, so that the forks have it."""
    import coverage
    import numpy
    import pint
    import pytest
    import yaml

    assert all((coverage, numpy, pint, pytest, yaml))
    without_deadline()
    assert "tanzhi" not in sys.modules, "the forks must read Tanzhi themselves"


def attempt(change: Change, tests: Sequence[str], recorded: float) -> int:
    """Begins to try a change, on tests that took so many seconds when they were recorded; gives the process that does.

    Its time is the processor's: how busy the machine is says nothing of whether the tests end.
    """
    pid = os.fork()
    if pid:
        return pid
    code = 3
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.chdir(ROOT)
        os.setpgid(0, 0)
        of_house = "rulebook" not in change.file.parts
        allowed = HOUSE_SECONDS if of_house else LEAST + int(recorded * SLOWER)
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed))
        put_in_place(change)
        import pytest

        code = int(pytest.main([*(HOUSE if of_house else SETTINGS), *OPTIONS, *tests]))
    finally:
        os._exit(code)


def put_in_place(change: Change) -> None:
    """Whoever reads this file, by import or as text, reads the changed one."""
    path, text = str(change.file), change.applied()
    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    read_text, get_code = Path.read_text, importlib.machinery.SourceFileLoader.get_code

    def changed_text(file: Path, *arguments: Any, **keywords: Any) -> str:
        return text if os.path.realpath(file) == path else read_text(file, *arguments, **keywords)

    def changed_code(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        here = os.path.realpath(loader.get_filename(name))
        return compile(text, path, "exec") if here == path else get_code(loader, name)

    # in this fork alone, which ends by itself
    mock.patch.object(Path, "read_text", changed_text).start()
    mock.patch.object(importlib.machinery.SourceFileLoader, "get_code", changed_code).start()


class Running:
    """The processes that try changes, as many as there are processors."""

    def __init__(self) -> None:
        self.begun: dict[int, tuple[Change, float]] = {}

    def begin(self, change: Change, tests: Sequence[str], recorded: float) -> None:
        self.begun[attempt(change, tests, recorded)] = (change, time.monotonic())

    def ended(self) -> list[tuple[Change, str]]:
        """Those that ended since, with what came of them; one that takes too long is ended."""
        results = []
        for pid, (change, at) in list(self.begun.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                ended = os.waitstatus_to_exitcode(status)
                spent = ended in (-signal.SIGXCPU, -signal.SIGKILL)
                results.append((change, ENDLESS if spent else KILLED if ended else SURVIVED))
            elif time.monotonic() - at > PATIENCE:
                with suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                results.append((change, ENDLESS))
            else:
                continue
            del self.begun[pid]
        return results
