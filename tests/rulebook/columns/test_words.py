"""Every word in every state: columns say what records say."""

import inspect
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanzhi.rulebook.kernel import words
from tanzhi.rulebook.kernel.columns import Columns, flatten
from tests.rulebook.columns.comparing import differences
from tests.rulebook.columns.populations import records
from tests.rulebook.columns.wordbook import RULES, wordbook

STATES = {"known": "3.00", "blank": "", "not_reported": "NR", "excluded": "EX", "not_determinable": "abc", "zero": "0"}
LEFT = {"remainder", "decided", "quantized", "against_others"}
"""What no column can do."""


def test_every_word_is_tried():
    public = {name for name, word in inspect.getmembers(words, inspect.isfunction) if not name.startswith("_")}
    source = inspect.getsource(inspect.getmodule(RULES["sum_of"][1]))
    assert {name for name in public if f"{name}(" in source} == public


@pytest.mark.parametrize("second", STATES)
@pytest.mark.parametrize("first", STATES)
def test_two_children_in_any_two_states(first: str, second: str) -> None:
    items = [{"x": STATES[first], "y": STATES[second], "kind": "coal"}, {"x": STATES[second], "y": STATES[first]}]
    groups = [{"a": STATES[first], "b": "2", "items": items}, {"a": "1.5", "items": items[:1]}, {"items": []}]
    assert differences(wordbook, 2023, groups, chunk=100) == []


def test_three_children_in_any_states_at_once():
    groups = [
        {
            "a": "0.05",
            "items": [
                {"x": STATES[s], "y": "7.25", "free": "0.333", "kind": k} for s, k in zip(chosen, KINDS, strict=True)
            ],
        }
        for chosen in product(STATES, repeat=3)
    ]
    assert differences(wordbook, 2023, groups, chunk=10_000) == []


KINDS = ("coal", "NR", "gas")
SETTINGS = settings(
    max_examples=200, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)  # fmt: skip


@SETTINGS
@given(groups=st.lists(records(wordbook, 2023), min_size=1, max_size=5), chunk=st.sampled_from([1, 3, 1000]))
def test_any_records(groups: list[dict[str, Any]], chunk: int) -> None:
    assert differences(wordbook, 2023, groups, chunk=chunk) == []


def test_only_what_no_column_can_do_is_left_to_records():
    groups = [
        {"a": "1.5", "b": "2", "place": "north", "items": [{"x": "3", "y": "7", "free": "0.5", "kind": "gas"}] * 2}
    ]
    columns = Columns(wordbook, 2023, flatten(wordbook, groups * 50))
    columns.results(*RULES)
    assert columns.left_to_records == LEFT
