"""An exchange that is killed at any of its steps leaves the old data whole or the new data whole, never a mixture."""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

import pytest

from tanzhi.cli.swap import FileSwap, prepare, settle, swap

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "open"}
NAMES = ("files", "keys", "secret-key", "database-wal", "database", "newcomer")
OLD = {"files/a": "old a", "files/b": "old b", "keys/1": "old 1", "secret-key": "old", "database-wal": "old wal"}
OLD |= {"database": "old"}
NEW = {"files/a": "new a", "keys/1": "new 1", "keys/2": "new 2", "database": "new", "newcomer": "new"}


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that it wrote; a power cut is not tried here."""
    monkeypatch.setattr(os, "sync", lambda: None)


class Renamed:
    """What a server does: databases by name, exchanged in one step, in a file so that it outlives a killed process."""

    def __init__(self, file: Path) -> None:
        self.file = file
        if not file.exists():
            file.write_text("present=old new=new")

    def exchange(self) -> None:
        waiting = self.file.with_suffix(".part")
        waiting.write_text("present=new old=old")
        os.rename(waiting, self.file)

    def exchanged(self) -> bool:
        return " old=" in self.file.read_text()

    def drop_new(self) -> None:
        self.file.write_text(self.file.read_text().split()[0])

    drop_old = drop_new


def written(folder: Path, content: dict[str, str]) -> None:
    for name, words in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words)


def content(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def begun(place: Path) -> Path:
    """An installation with old data and an exchange prepared beside it."""
    var, folder = place / "var", place / "var" / "restoring"
    written(var, OLD)
    moves = [
        FileSwap(var / name, folder / "new" / name, folder / "old" / name, replaces=name != "secret-key")
        for name in NAMES
    ]
    prepare(folder, moves)
    written(folder / "new", NEW)
    return folder


def in_a_child(step: int, act: object, *words: object) -> int:
    """Does it in another process, which kills itself at so many changes; gives how that process ended."""
    child = os.fork()
    if child == 0:
        left = [step]

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if event in CHANGES and not (event == "open" and arguments[1] in ("r", "rb", None)):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            act(*words)
        except BaseException:  # whatever it is: the parent must be told
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.fault
@pytest.mark.parametrize("with_server", [False, True], ids=["files", "files and a server"])
def test_killed_at_any_step_the_old_or_the_new_stands_whole(tmp_path: Path, *, with_server: bool) -> None:
    new = NEW | {"secret-key": "old"}
    stood = []
    for step in count(1):
        place = tmp_path / str(step)
        folder = begun(place)
        server = Renamed(place / "server") if with_server else None
        ended = in_a_child(step, swap, folder, server)
        assert ended in (0, -signal.SIGKILL)
        # what comes after is cut off too, at a step that wanders
        if folder.exists():
            in_a_child(step % 7 + 1, settle, folder, server)
        if folder.exists():
            settle(folder, server)
        assert content(place / "var") in (OLD, new)
        stood.append(content(place / "var") == new)
        if server:
            assert server.file.read_text() == f"present={'new' if stood[-1] else 'old'}"
        if ended == 0:
            break
    assert stood == sorted(stood)  # from one step on, and for good, the new
    assert {False, True} == set(stood)


def test_a_disk_that_refuses_a_rename_puts_all_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.rename
    for failing in range(1, 11):
        folder = begun(tmp_path / str(failing))
        left = [failing]

        def refuse(source: Path, target: Path, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(28, "no space left on device", str(target))
            rename(source, target)

        monkeypatch.setattr(os, "rename", refuse)
        with pytest.raises(OSError, match="no space"):
            swap(folder)
        monkeypatch.setattr(os, "rename", rename)
        assert content(tmp_path / str(failing) / "var") == OLD
