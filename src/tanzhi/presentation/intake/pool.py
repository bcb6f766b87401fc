"""Two warm processes that read uploads: bounded in memory, processor and wall time, replaced where one ends."""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from . import child
from .limits import Limits, Unreadable

PROCESSES = 2
WALL_SECONDS = 4.8  # to read one file; the processor's limit is in `child`
WAIT_SECONDS = 10  # for a free process
MOST_ANSWER = 2**26
SOURCE = Path(__file__).resolve().parents[3]
NOTHING: dict[str, str] = {}  # of the environment: no address, no secret
START = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); from {child.__name__} import main; main()"


class Reader:
    """One process and the socket to it."""

    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  our own interpreter and our own module
                [sys.executable, "-I", "-S", "-c", START],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=NOTHING,
                cwd="/",
                start_new_session=True,
            )

    def read(self, kind: str, content: bytes, limits: Limits) -> dict[str, Any]:
        """The answer to one file; `OSError` where the process ended or took too long."""
        until = time.monotonic() + WALL_SECONDS
        job = json.dumps({"kind": kind, "size": len(content), "limits": asdict(limits)}).encode() + b"\n"
        self.socket.settimeout(WALL_SECONDS)
        self.socket.sendall(job + content)
        size = int.from_bytes(self._exactly(8, until), "big")
        if size > MOST_ANSWER:
            raise OSError("the answer is too long")
        answer: dict[str, Any] = orjson.loads(self._exactly(size, until))
        return answer

    def _exactly(self, size: int, until: float) -> bytes:
        got = bytearray()
        while len(got) < size:
            self.socket.settimeout(max(until - time.monotonic(), 0.001))
            piece = self.socket.recv(min(2**20, size - len(got)))
            if not piece:
                raise OSError("the process ended")
            got += piece
        return bytes(got)

    def ended(self) -> int:
        """By which signal (negative) a process ended that no longer answers."""
        self.socket.close()
        return int(self.process.wait())

    def close(self) -> None:
        self.socket.close()
        self.process.kill()
        self.process.wait()

    def forget(self) -> None:
        """After a fork the process is the parent's: only the copy of the socket is let go."""
        self.socket.close()
        self.process.returncode = 0


@dataclass(slots=True)
class Pool:
    """As many processes as are needed at once, at most two; an idle one stays warm for the next file."""

    idle: list[Reader] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    places: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(PROCESSES))

    def read(self, kind: str, content: bytes, limits: Limits) -> dict[str, Any]:
        """What the file holds; `Unreadable` by whatever count, limit or fault stopped the reading."""
        if not self.places.acquire(timeout=WAIT_SECONDS):
            raise Unreadable("XLS-BUSY")
        try:
            answer = self._read(kind, content, limits)
        finally:
            self.places.release()
        if "stop" in answer:
            raise Unreadable(*answer["stop"])
        return answer

    def _read(self, kind: str, content: bytes, limits: Limits) -> dict[str, Any]:
        reader = self._reader()
        try:
            answer = reader.read(kind, content, limits)
        except OSError as fault:
            late = isinstance(fault, TimeoutError) or reader.ended() == -signal.SIGXCPU
            reader.close()
            raise Unreadable("XLS-LIMIT", actual="time" if late else "memory") from None
        except BaseException:
            reader.close()
            raise
        if answer["last"]:
            reader.close()
            return answer
        with self.lock:
            self.idle.append(reader)
        return answer

    def _reader(self) -> Reader:
        """A process that lives."""
        while True:
            with self.lock:
                reader = self.idle.pop() if self.idle else None
            if reader is None:
                try:
                    return Reader()
                except OSError:
                    raise Unreadable("XLS-BUSY") from None
            if reader.process.poll() is None:
                return reader
            reader.close()

    def close(self) -> None:
        """End the idle processes; one that is at work ends with its answer."""
        with self.lock:
            readers, self.idle = self.idle, []
        for reader in readers:
            reader.close()


_pool = Pool()


def read(kind: str, content: bytes, limits: Limits) -> dict[str, Any]:
    """A file through the pool of this process."""
    return _pool.read(kind, content, limits)


def close() -> None:
    _pool.close()


def _after_fork() -> None:
    """A forked process shares no reader with its parent."""
    global _pool
    inherited, _pool = _pool.idle, Pool()
    for reader in inherited:
        reader.forget()


atexit.register(close)
os.register_at_fork(after_in_child=_after_fork)
