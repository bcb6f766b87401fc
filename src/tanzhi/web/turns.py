"""Whose request is worked on now: acts take turns among themselves, so that a crowd that deposits holds up no page.

A request that waits here holds a thread and nothing else. One that is worked on holds a database connection and a
share of the interpreter: so many of them at once as `tanzhi serve --threads` says, at most half of them acts. On SQLite
one act: a second would wait for the first one's transaction, and slow it down by what it does meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Any

READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Turns:
    """A WSGI application before another; a turn ends when the answer is sent or its reader is gone."""

    def __init__(self, application: Application, at_once: int, one_writer: bool = False) -> None:
        self.application = application
        self.at_once = threading.BoundedSemaphore(at_once)
        self.acts = threading.BoundedSemaphore(1 if one_writer else max(1, at_once // 2))

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        with ExitStack() as turn:
            if environ["REQUEST_METHOD"] not in READING:
                turn.enter_context(self.acts)  # first, so that acts which wait take no place from pages
            turn.enter_context(self.at_once)
            return TurnAnswer(self.application(environ, start_response), turn.pop_all())


class TurnAnswer:
    """What the application answers; closing it ends the turn, after the application let go of its connection."""

    def __init__(self, body: Iterable[bytes], turn: ExitStack) -> None:
        self.body, self.turn = body, turn

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.body)

    def close(self) -> None:
        with self.turn:
            if close := getattr(self.body, "close", None):
                close()
