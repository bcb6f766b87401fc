"""Whose request is worked on now; the application behind is a stand-in that waits until a test lets it go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from tanzhi.web.turns import READING, Turns

PATIENCE = 10
ACTING = ("POST", "PUT", "PATCH", "DELETE")


class Work:
    """An application that says what is at work, and ends each request when it is released."""

    def __init__(self) -> None:
        self.begun: dict[str, threading.Event] = {}
        self.release: dict[str, threading.Event] = {}
        self.at_work: list[str] = []

    def expect(self, *names: str) -> None:
        for name in names:
            self.begun[name], self.release[name] = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        name = environ["PATH_INFO"]
        self.at_work.append(name)
        self.begun[name].set()
        assert self.release[name].wait(PATIENCE)
        self.at_work.remove(name)
        return [name.encode()]


def ask(turns: Turns, method: str, name: str) -> bytes:
    answer = turns({"REQUEST_METHOD": method, "PATH_INFO": name}, lambda *_: None)
    try:
        return b"".join(answer)
    finally:
        answer.close()  # type: ignore[attr-defined]  # as every WSGI server does


@pytest.mark.parametrize("method", ACTING)
def test_a_crowd_of_acts_takes_half_of_the_turns_and_a_page_passes_by(method: str) -> None:
    work = Work()
    acts = [f"act {n}" for n in range(6)]
    work.expect(*acts, "page")
    turns = Turns(work, 4)
    with ThreadPoolExecutor(8) as pool:
        waiting: list[Future[bytes]] = [pool.submit(ask, turns, method, act) for act in acts[:2]]
        assert all(work.begun[act].wait(PATIENCE) for act in acts[:2])
        waiting += [pool.submit(ask, turns, method, act) for act in acts[2:]]
        work.release["page"].set()
        assert ask(turns, "GET", "page") == b"page"
        assert sorted(work.at_work) == acts[:2]
        for act in acts:
            work.release[act].set()
        assert [future.result(PATIENCE).decode() for future in waiting] == acts


@pytest.mark.parametrize("method", sorted(READING))
def test_no_more_are_worked_on_at_once_than_there_are_turns(method: str) -> None:
    work = Work()
    pages = [f"page {n}" for n in range(4)]
    work.expect(*pages)
    turns = Turns(work, 3)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(ask, turns, method, page) for page in pages[:3]]
        assert all(work.begun[page].wait(PATIENCE) for page in pages[:3])
        waiting.append(pool.submit(ask, turns, method, pages[3]))
        assert not work.begun[pages[3]].wait(0.2)
        work.release[pages[0]].set()
        assert work.begun[pages[3]].wait(PATIENCE)
        for page in pages:
            work.release[page].set()
        assert [future.result(PATIENCE).decode() for future in waiting] == pages


def test_where_one_can_write_at_a_time_one_acts_and_three_read() -> None:
    work = Work()
    names = ["act", "next act", "page 0", "page 1", "page 2"]
    work.expect(*names)
    turns = Turns(work, 4, one_writer=True)
    with ThreadPoolExecutor(5) as pool:
        waiting = [pool.submit(ask, turns, "POST", "act")]
        assert work.begun["act"].wait(PATIENCE)
        waiting.append(pool.submit(ask, turns, "POST", "next act"))
        waiting += [pool.submit(ask, turns, "GET", page) for page in names[2:]]
        assert all(work.begun[page].wait(PATIENCE) for page in names[2:])
        assert not work.begun["next act"].is_set()
        for name in names:
            work.release[name].set()
        assert [future.result(PATIENCE).decode() for future in waiting] == names


def test_a_single_turn_is_for_acts_and_pages_alike() -> None:
    work = Work()
    work.expect("act", "page")
    work.release["act"].set()
    work.release["page"].set()
    turns = Turns(work, 1)
    assert [ask(turns, "POST", "act"), ask(turns, "GET", "page")] == [b"act", b"page"]


class Sent:
    """What an application answers bit by bit; notes what happens to it."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.free_at_close: bool | None = None

    def __iter__(self) -> Iterator[bytes]:
        yield b"half"
        yield b"whole"

    def close(self) -> None:
        self.free_at_close = self.turns.at_once.acquire(blocking=False)


def test_a_turn_lasts_until_the_answer_is_closed_and_its_connection_let_go() -> None:
    turns = Turns(lambda *_: sent, 1)
    sent = Sent(turns)
    answer = turns({"REQUEST_METHOD": "POST", "PATH_INFO": "/"}, lambda *_: None)
    assert next(iter(answer)) == b"half"
    assert not turns.at_once.acquire(blocking=False)
    answer.close()  # type: ignore[attr-defined]
    assert sent.free_at_close is False
    assert turns.at_once.acquire(blocking=False)
    assert turns.acts.acquire(blocking=False)


def test_what_fails_gives_its_turn_back() -> None:
    def fails(*_: Any) -> Iterable[bytes]:
        raise RuntimeError

    turns = Turns(fails, 1)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            turns({"REQUEST_METHOD": "POST", "PATH_INFO": "/"}, lambda *_: None)
    assert turns.at_once.acquire(blocking=False)
    assert turns.acts.acquire(blocking=False)
