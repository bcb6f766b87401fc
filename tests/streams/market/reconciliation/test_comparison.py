"""The comparison of a statement with our postings: each comes out once, whatever order they are in."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tanzhi.streams.market.reconciliation.comparison import (
    NEAR_DAYS,
    LedgerMovement,
    StatementComparison,
    StatementMovement,
    compare,
)

DAY = date(2023, 8, 10)
UNITS, KINDS, AMOUNTS = ("CEA21", "CEA22"), ("trade", "transfer", ""), (-500, -100, 100, 100, 500)


def row(key: int, amount: int = 100, day: date = DAY, kind: str = "trade", unit: str = "CEA22") -> StatementMovement:
    return StatementMovement(key, unit, day, amount, kind)


def posting(
    key: int, amount: int = 100, day: date = DAY, kind: str = "trade", *, within: bool = True, mirrors: int = 0
) -> LedgerMovement:
    return LedgerMovement(key, "CEA22", day, amount, kind, within, mirrors)


def keys(result: StatementComparison) -> dict[str, list[tuple[int | None, int | None]]]:
    names = ("matched", "different", "missing_here", "missing_there", "reversed_here")
    return {name: [pair.keys for pair in getattr(result, name)] for name in names if getattr(result, name)}


movements = st.lists(
    st.tuples(st.sampled_from(UNITS), st.integers(0, 25), st.sampled_from(AMOUNTS), st.sampled_from(KINDS)),
    max_size=12,
)


@given(movements, movements, st.sets(st.integers(1, 12)), st.randoms(use_true_random=False))
def test_each_row_and_each_posting_of_the_period_comes_out_once_and_their_order_changes_nothing(
    there: list[tuple[str, int, int, str]],
    here: list[tuple[str, int, int, str]],
    outside: set[int],
    random: Random,
) -> None:
    rows = [StatementMovement(key, u, DAY + timedelta(d), a, k) for key, (u, d, a, k) in enumerate(there, 1)]
    postings = [
        LedgerMovement(key, u, DAY + timedelta(d), a, k, within=key not in outside)
        for key, (u, d, a, k) in enumerate(here, 1)
    ]
    result = compare(rows, postings)
    pairs = [pair for name in StatementComparison.__slots__ for pair in getattr(result, name)]
    counted = Counter(pair.row.key for pair in pairs if pair.row)
    assert counted == Counter(each.key for each in rows)
    posted = Counter(pair.posting.key for pair in pairs if pair.posting)
    assert max(posted.values(), default=1) == 1
    assert {each.key for each in postings if each.within} <= posted.keys()
    for pair in result.matched:
        assert pair.row
        assert pair.posting
        assert (pair.row.unit, pair.row.day, pair.row.amount) == (
            pair.posting.unit, pair.posting.day, pair.posting.amount,
        )  # fmt: skip
    random.shuffle(rows)
    random.shuffle(postings)
    assert compare(rows, postings) == result


@given(movements)
def test_a_statement_of_our_own_postings_agrees_in_every_row(here: list[tuple[str, int, int, str]]) -> None:
    rows = [StatementMovement(key, u, DAY + timedelta(d), a, k) for key, (u, d, a, k) in enumerate(here, 1)]
    postings = [LedgerMovement(each.key, each.unit, each.day, each.amount, each.kind) for each in rows]
    assert keys(compare(rows, postings)) == (
        {"matched": [(e.key, e.key) for e in sorted_as_listed(rows)]} if rows else {}
    )


def sorted_as_listed(rows: list[StatementMovement]) -> list[StatementMovement]:
    return sorted(rows, key=lambda each: (each.unit, each.day, each.amount, each.kind, each.key))


def test_of_two_postings_alike_the_one_of_the_same_operation_is_the_partner() -> None:
    result = compare([row(1, kind="transfer")], [posting(1), posting(2, kind="transfer")])
    assert keys(result) == {"matched": [(1, 2)], "missing_there": [(None, 1)]}


def test_the_same_quantity_on_another_day_is_one_movement_up_to_the_limit_of_days() -> None:
    for days, expected in (
        (1, {"different": [(1, 1)]}),
        (NEAR_DAYS - 1, {"different": [(1, 1)]}),
        (NEAR_DAYS, {"different": [(1, 1)]}),
        (NEAR_DAYS + 1, {"missing_here": [(1, None)], "missing_there": [(None, 1)]}),
    ):
        assert keys(compare([row(1)], [posting(1, day=DAY + timedelta(days))])) == expected


def test_a_posting_outside_of_the_period_may_be_a_partner_by_its_day_and_is_missing_nowhere() -> None:
    later = DAY + timedelta(3)
    assert keys(compare([row(1)], [posting(1, day=later, within=False)])) == {"different": [(1, 1)]}
    assert keys(compare([], [posting(1, day=later, within=False)])) == {}
    assert keys(compare([row(1)], [posting(1, 90, within=False)])) == {"missing_here": [(1, None)]}


def test_another_quantity_on_the_same_day_is_one_movement_of_the_same_operation_and_direction_only() -> None:
    assert keys(compare([row(1)], [posting(1, 90)])) == {"different": [(1, 1)]}
    alone = {"missing_here": [(1, None)], "missing_there": [(None, 1)]}
    assert keys(compare([row(1)], [posting(1, -90)])) == alone
    assert keys(compare([row(1)], [posting(1, 90, kind="issue")])) == alone
    assert keys(compare([row(1, kind="")], [posting(1, 90, kind="issue")])) == {"different": [(1, 1)]}


def test_what_we_reversed_is_no_difference_unless_the_registry_has_one_of_the_two() -> None:
    pair = [posting(1), replace(posting(2, -100), day=DAY + timedelta(2), mirrors=1)]
    assert keys(compare([], pair)) == {"reversed_here": [(None, 1), (None, 2)]}
    assert keys(compare([row(1)], pair)) == {"matched": [(1, 1)], "missing_there": [(None, 2)]}
