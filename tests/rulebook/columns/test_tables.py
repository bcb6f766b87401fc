"""Tables that do not fit together are refused before anything is computed from them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.columns import Coded, Columns
from tanzhi.rulebook.kernel.columns.tables import Tables

UNITS = {"enterprise": {"enterprise": np.array(["A", "B"])}, "unit": {"unit": np.array(["1", "2"])}}


@pytest.mark.parametrize(
    ("owners", "fits"),
    [([0, 1], True), ([0, 0], True), ([1, 1], True), ([0, 2], False), ([1, 0], False), ([-1, 1], False)],
)
def test_owners_are_rows_of_the_level_above_in_order(owners: list[int], fits: bool) -> None:
    owner = {"unit": np.array(owners)}
    if fits:
        found = Tables(guidelines()["power"], UNITS, owner)
        assert found.offsets("unit", "enterprise").tolist() == [0, owners.count(0), 2]
        return
    with pytest.raises(ValueError, match="owners must be rows of the level above"):
        Tables(guidelines()["power"], UNITS, owner)


def test_several_records_above_need_an_owner_for_each_row() -> None:
    with pytest.raises(ValueError, match="needs an owner"):
        Tables(guidelines()["power"], UNITS)


def test_a_record_without_a_key_is_called_by_its_number_from_one_on() -> None:
    """Units are counted within the enterprise that holds them."""
    tables = {
        "enterprise": {"enterprise": np.array(["", "B", " "])},
        "unit": {"unit": np.array(["", "", "G3", ""])},
    }
    named = Tables(guidelines()["power"], tables, {"unit": np.array([0, 0, 1, 1])})
    assert list(named.keys("enterprise")) == ["1", "B", "3"]
    assert list(named.keys("unit")) == ["1", "2", "G3", "2"]


@pytest.mark.parametrize(
    ("enterprises", "names"),
    [
        (Coded(np.array([1, 0, 1]), ("A", "B")), ["B", "A", "B"]),
        (Coded(np.array([1, 0, 1]), (" ", "B")), ["B", "2", "B"]),
        (Coded(np.array([1, -1, 0]), ("A", "B")), ["B", "2", "A"]),
        (np.array(["B", "", "A"]), ["B", "2", "A"]),
        (np.array([], dtype=object), []),
    ],
)
def test_the_key_of_a_row_is_its_word_or_its_number(enterprises: Any, names: list[str]) -> None:
    columns = Columns(guidelines()["power"], 2023, {"enterprise": {"enterprise": enterprises}})
    codes = columns.level_key("enterprise", slice(0, len(names)))
    assert [codes.categories[index] for index in codes.index] == names
    assert columns.level_key("enterprise", slice(1, 2)).index.tolist() == codes.index[1:2].tolist()
