"""What follows from deposited versions is worked out once, for all that is missing at once, and goes by its keys."""

from __future__ import annotations

import pytest

from tanzhi.filings.months.derived import Derived

Stamp = tuple[int, str]  # a version's key and digest


@pytest.fixture
def asked_for() -> list[list[Stamp]]:
    return []


@pytest.fixture
def lengths(asked_for: list[list[Stamp]]) -> Derived[Stamp, int]:
    def derive(keys: list[Stamp]) -> dict[Stamp, int]:
        asked_for.append(keys)
        return {key: len(key[1]) for key in keys if key[1]}

    return Derived(derive, most=2)


def test_what_is_missing_is_worked_out_at_once_and_only_once(
    lengths: Derived[Stamp, int], asked_for: list[list[Stamp]]
) -> None:
    assert lengths.of([(1, "a"), (2, "bb"), (1, "a")]) == {(1, "a"): 1, (2, "bb"): 2}
    assert list(lengths.of([(2, "bb"), (1, "a")])) == [(2, "bb"), (1, "a")]
    assert asked_for == [[(1, "a"), (2, "bb")]]


def test_another_digest_of_the_same_version_is_another_key(lengths: Derived[Stamp, int]) -> None:
    assert lengths.of([(1, "a")]) == {(1, "a"): 1}
    assert lengths.of([(1, "abc")]) == {(1, "abc"): 3}


def test_what_has_no_value_is_left_out(lengths: Derived[Stamp, int]) -> None:
    assert lengths.of([(1, ""), (2, "bb")]) == {(2, "bb"): 2}


def test_the_one_used_longest_ago_goes_first_and_no_answer_is_cut(
    lengths: Derived[Stamp, int], asked_for: list[list[Stamp]]
) -> None:
    assert len(lengths.of([(1, "a"), (2, "b"), (3, "c")])) == 3  # more than are kept
    lengths.of([(2, "b")])
    lengths.of([(4, "d")])  # 3 was used before 2
    lengths.of([(2, "b")])
    lengths.of([(3, "c")])
    assert asked_for == [[(1, "a"), (2, "b"), (3, "c")], [(4, "d")], [(3, "c")]]
