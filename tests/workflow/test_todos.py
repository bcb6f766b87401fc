"""What waits for whom, by deadline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import same
from tanzhi.workflow.todos import todo
from tanzhi.workflow.todos.todo import Todo
from tests.databases import nothing_kept


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(todo, "_SOURCES", [])
    with nothing_kept():
        yield


def one(name: str, due: date | None) -> Todo:
    return Todo(same(name), name, due, "/", "t")


def test_what_is_due_first_stands_first_and_what_has_no_deadline_last(sources: None) -> None:
    todo.register(lambda actor: [one("never", None), one("late", date(2024, 8, 9))])
    todo.register(lambda actor: [one("soon", date(2024, 7, 1))])
    assert [item.subject for item in todo.todos(Actor(1, "x"))] == ["soon", "late", "never"]


def test_a_source_registered_twice_counts_once(sources: None) -> None:
    def source(actor: Actor) -> list[Todo]:
        return [one("a", None)]

    todo.register(source)
    todo.register(source)
    assert len(todo.todos(Actor(1, "x"))) == 1


def test_days_left_are_negative_once_late() -> None:
    item = one("a", date(2024, 8, 9))
    assert (item.days_left(date(2024, 8, 1)), item.days_left(date(2024, 8, 11))) == (8, -2)
    assert one("b", None).days_left(date(2024, 8, 1)) is None
