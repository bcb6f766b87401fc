"""Many at the same moment, with real threads on a database they share: one winner, one posting, no deadlock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tanzhi.actions.registry import Refused
from tanzhi.evidence.tracking import unrecorded
from tanzhi.streams.market.ledger.check import check
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.posting import post
from tests import factories
from tests.actions.test_double_click import closing, share_a_file
from tests.streams.market.conftest import CLERK, Books, made

CLERKS = 50

pytestmark = pytest.mark.django_db(transaction=True)


def begin() -> Books:
    books = made(factories.world())
    books.move(books.source, books.plant, 100)
    books.move(books.source, books.other, 100)
    return books


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadPoolExecutor]:
    share_a_file(tmp_path, monkeypatch)
    with unrecorded():
        yield ThreadPoolExecutor(CLERKS)


def outcomes(pool: ThreadPoolExecutor, books: Books, same_key: bool) -> Counter[str]:
    """Fifty clerks at once: each wants all that the plant holds."""
    together = Barrier(CLERKS)

    def spend(number: int) -> str:
        together.wait(timeout=30)
        leg = Leg("test", books.cea.pk, books.plant.pk, books.other.pk, 100)
        try:
            return f"posted {post(CLERK, 'one' if same_key else f'k-{number}', 'test', {}, [leg]).pk}"
        except Refused as refused:
            return refused.code

    return Counter(one.result() for one in [pool.submit(closing(spend), number) for number in range(CLERKS)])


def test_fifty_double_spends_leave_one_winner(pool: ThreadPoolExecutor) -> None:
    with pool:
        books = pool.submit(closing(begin)).result()
        found = outcomes(pool, books, same_key=False)
        assert found.pop("REG-SHORT") == CLERKS - 1
        assert list(found.values()) == [1]
        assert pool.submit(closing(lambda: check().faults)).result() == []


def test_one_request_sent_fifty_times_is_posted_once(pool: ThreadPoolExecutor) -> None:
    with pool:
        books = pool.submit(closing(begin)).result()
        found = outcomes(pool, books, same_key=True)
        assert list(found.values()) == [CLERKS]
        assert pool.submit(closing(lambda: books.held(books.other))).result() == 200


def test_transfers_to_and_fro_never_stop_each_other(pool: ThreadPoolExecutor) -> None:
    """Accounts are locked in one order, so two that pay each other at once both get through."""

    def pay(number: int) -> None:
        there, back = (books.plant, books.other) if number % 2 else (books.other, books.plant)
        unit = books.cea.pk
        for turn in range(4):
            legs = [Leg("test", unit, there.pk, back.pk, 2), Leg("test", unit, back.pk, there.pk, 1)]
            post(CLERK, f"t-{number}-{turn}", "test", {}, legs)

    with pool:
        books = pool.submit(closing(begin)).result()
        for one in [pool.submit(closing(pay), number) for number in range(8)]:
            one.result()
        assert pool.submit(closing(lambda: check().faults)).result() == []
