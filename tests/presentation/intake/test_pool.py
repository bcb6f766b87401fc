"""The processes that read uploads: bounded before a file is opened, replaced when they end, alone with the file."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tanzhi.presentation.intake import child, pool
from tanzhi.presentation.intake.limits import Limits, Unreadable
from tanzhi.presentation.intake.reader import read_file
from tests.presentation.intake.workbooks import number, row, workbook

GOOD = workbook(row(number("A1", 1)))


@pytest.fixture
def warm():
    """A pool that has read something, with its one process."""
    own = pool.Pool()
    own.read("workbook", GOOD, Limits())
    yield own
    own.close()


def run(words: str) -> str:
    answer = subprocess.run(  # as the pool starts it, but for what is done then
        [sys.executable, "-I", "-S", "-c", pool.START.removesuffix("main()") + words],
        capture_output=True, text=True, check=True, env={}, cwd="/",
    )  # fmt: skip
    return answer.stdout


def test_the_reading_process_imports_nothing_but_python_and_the_reader():
    rooms = {name.partition(".")[0] for name in run("print(*sys.modules)").split()}
    assert rooms - set(sys.stdlib_module_names) - {"__main__", "pyexpat"} == {"tanzhi"}
    mine = {name for name in run("print(*sys.modules)").split() if name.startswith("tanzhi.presentation.intake.")}
    names = ("child", "delimited", "formats", "limits", "package", "workbook")
    assert mine == {f"tanzhi.presentation.intake.{name}" for name in names}
    assert "rulebook" not in run("print(*sys.modules)")


def test_memory_is_bounded_before_a_file_is_opened_and_no_file_can_be_written(warm):
    with open(f"/proc/{warm.idle[0].process.pid}/limits") as file:
        limits = {line[:25].strip(): line[25:].split()[:2] for line in file}
    assert limits["Max address space"] == [str(child.MEMORY_BYTES)] * 2
    assert limits["Max file size"] == limits["Max core file size"] == ["0", "0"]
    assert limits["Max cpu time"][0] != "unlimited"


def test_a_process_that_reads_one_file_reads_the_next_too(warm):
    before = warm.idle[0].process.pid
    warm.read("workbook", GOOD, Limits())
    assert [reader.process.pid for reader in warm.idle] == [before]


def test_a_process_that_took_its_last_file_is_replaced_before_the_next_one(monkeypatch):
    few = f"sys.modules[{child.__name__!r}].JOBS = 2; main()"
    monkeypatch.setattr(pool, "START", pool.START.replace("main()", few))
    own = pool.Pool()
    pids = []
    for _ in range(5):
        assert own.read("workbook", GOOD, Limits())["sheets"]
        pids += [reader.process.pid for reader in own.idle]
    own.close()
    assert len(set(pids)) == len(pids) == 3


def test_a_file_that_needs_too_much_memory_is_refused_by_code(warm):
    process = warm.idle[0].process.pid
    status = Path(f"/proc/{process}/status").read_text()
    used = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmSize"))
    resource.prlimit(process, resource.RLIMIT_AS, ((used + 8000) * 1024,) * 2)
    cells = "".join(row(f'<c r="A{n}" t="s"><v>0</v></c>', r=n) for n in range(1, 300))
    with pytest.raises(Unreadable) as stopped:
        warm.read("workbook", workbook(cells, strings=f"<si><t>{'长' * 32_000}</t></si>"), Limits())
    assert (stopped.value.code, stopped.value.actual) == ("XLS-LIMIT", "memory")
    assert warm.read("workbook", GOOD, Limits())["sheets"][0]["rows"] == [[["1"]]]


def test_a_file_that_passes_every_count_ends_with_its_time_on_the_processor(warm):
    data = f"<row>{'<c/>' * 16_000}</row>" * 120
    with pytest.raises(Unreadable) as stopped:
        warm.read("workbook", workbook(data), Limits(cells=10**9, ratio=10**6, cpu_seconds=0))
    assert (stopped.value.code, stopped.value.actual) == ("XLS-LIMIT", "time")
    assert warm.read("workbook", GOOD, Limits())["sheets"][0]["rows"] == [[["1"]]]


def test_a_process_that_was_killed_is_replaced_and_its_file_is_refused_by_code(warm, monkeypatch):
    before = warm.idle[0]
    os.kill(before.process.pid, signal.SIGSTOP)
    killer = threading.Timer(0.2, os.kill, (before.process.pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(Unreadable, match="XLS-LIMIT"):
        warm.read("workbook", GOOD, Limits())
    killer.join()
    assert warm.read("workbook", GOOD, Limits())["sheets"]
    assert warm.idle[0].process.pid != before.process.pid


def test_while_one_process_hangs_another_file_is_read_and_a_third_is_told_to_wait(warm, monkeypatch):
    monkeypatch.setattr(pool, "WAIT_SECONDS", 0)
    stuck, second = warm.idle[0], threading.Event()
    os.kill(stuck.process.pid, signal.SIGSTOP)
    refused = []

    def hang() -> None:
        try:
            warm.read("workbook", GOOD, Limits())
        except Unreadable as fault:
            refused.append(fault.code)
        second.set()

    thread = threading.Thread(target=hang)
    thread.start()
    while warm.idle:
        time.sleep(0.01)
    assert warm.read("workbook", GOOD, Limits())["sheets"]
    with warm.places, pytest.raises(Unreadable, match="XLS-BUSY"):
        warm.read("workbook", GOOD, Limits())
    assert not second.is_set()
    os.kill(stuck.process.pid, signal.SIGKILL)
    thread.join()
    assert refused == ["XLS-LIMIT"]


def test_a_process_that_answers_too_late_is_ended(warm, monkeypatch):
    monkeypatch.setattr(pool, "WALL_SECONDS", 0.2)
    stuck = warm.idle[0].process
    os.kill(stuck.pid, signal.SIGSTOP)
    with pytest.raises(Unreadable, match="XLS-LIMIT"):
        warm.read("workbook", GOOD, Limits())
    assert stuck.returncode == -signal.SIGKILL


def test_a_forked_process_reads_with_processes_of_its_own():
    assert read_file(GOOD, "a.xlsx").findings == []
    before = [reader.process.pid for reader in pool._pool.idle]
    forked = os.fork()
    if not forked:
        try:
            own = read_file(GOOD, "a.xlsx").findings == [] and pool._pool.idle[0].process.pid not in before
            pool.close()
        finally:
            os._exit(0 if own else 1)
    assert os.waitpid(forked, 0)[1] == 0
    assert read_file(GOOD, "a.xlsx").findings == []
    assert [reader.process.pid for reader in pool._pool.idle] == before


@pytest.mark.parametrize("end", ["sys.exit()", "os.kill(os.getpid(), 9)"])
def test_no_reading_process_is_left_behind(end):
    words = (
        "import os, sys; from tanzhi.presentation.intake import pool;"
        "reader = pool._pool._reader(); pool._pool.idle.append(reader); print(reader.process.pid, flush=True);" + end
    )
    ended = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, env=os.environ, check=False)
    pid = int(ended.stdout)
    for _ in range(500):
        try:
            if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(0.02)
    pytest.fail(f"{pid} still runs")
