"""An answer stands until the next act, and not a moment longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from tanzhi.evidence import log
from tanzhi.evidence.until_next_act import UntilNextAct

if TYPE_CHECKING:
    from tests.factories import World


@pytest.fixture
def works(world: World) -> list[str]:
    """The keys that were worked out, in their order."""
    act("first")
    return []


def act(subject: str) -> None:
    with transaction.atomic():
        log.record("sample", f"sample:{subject}", {"subject": subject})


def asker(works: list[str], most: int = 9) -> Callable[[str], int]:
    kept: UntilNextAct[int] = UntilNextAct(most)

    def ask(key: str) -> int:
        def work() -> int:
            works.append(key)
            return len(works)

        return kept.of(key, work)

    return ask


def test_an_answer_is_worked_out_once_for_each_key_until_an_act(works: list[str]) -> None:
    ask = asker(works)
    assert [ask("a"), ask("a"), ask("b"), ask("a")] == [1, 1, 2, 1]
    act("second")
    assert [ask("a"), ask("a"), ask("b")] == [3, 3, 4]


def test_an_act_that_is_taken_back_leaves_no_answer_behind(works: list[str]) -> None:
    """The next entry has the number of the one that was taken back, and another digest."""
    ask = asker(works)
    assert ask("a") == 1
    with transaction.atomic():
        act("taken back")
        assert ask("a") == 2
        transaction.set_rollback(True)
    assert ask("a") == 3
    act("third")
    assert ask("a") == 4


def test_nothing_is_kept_of_rows_that_no_entry_answers_for_yet(works: list[str], world: World) -> None:
    ask = asker(works)
    with transaction.atomic():
        world.plant.state = "closed"
        world.plant.save(update_fields=["state"])
        assert [ask("a"), ask("a")] == [1, 2]
        transaction.set_rollback(True)
    assert [ask("a"), ask("a")] == [3, 3]


def test_an_act_during_the_work_makes_its_answer_old(works: list[str]) -> None:
    kept: UntilNextAct[str] = UntilNextAct(9)

    def meanwhile() -> str:
        act("meanwhile")
        kept.of("other", lambda: "new")
        return "old"

    assert kept.of("a", meanwhile) == "old"
    assert kept.of("a", lambda: "new") == "new"


def test_the_answer_that_was_used_longest_ago_goes(works: list[str]) -> None:
    ask = asker(works, most=2)
    for key in "abac":
        ask(key)
    assert works == ["a", "b", "c"]
    ask("a")
    ask("b")
    assert works == ["a", "b", "c", "b"]


def test_an_entry_that_comes_after_one_with_a_higher_number_is_seen(
    works: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where several write at a time, an act may have its number before another's and be committed after it."""
    monkeypatch.setattr(log, "ONE_WRITER", frozenset())
    number = log.next_number()
    with transaction.atomic():
        log.record("sample", "sample:other", {"subject": "other"}, number=number + 1)
    before = log.state_of_records()
    with transaction.atomic():
        log.record("sample", "sample:late", {"subject": "late"}, number=number)
    assert log.state_of_records() != before
