"""What columns gather of several stretches, of none, and of names that a year does not have."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tanzhi.rulebook.kernel import FLOOR, Guideline, Level, Parameters, Text, given
from tanzhi.rulebook.kernel.columns import Columns, flatten
from tanzhi.rulebook.kernel.columns.chunk import SMALL
from tests.rulebook.columns.comparing import differences
from tests.rulebook.kernel.bakery import bakery

LABEL = Text("量", "quantity")


@cache
def brickyard() -> Guideline:
    """An invented guideline of one level; it asks for dust since 2024."""
    yard = Guideline("brickyard", title=LABEL, levels={"kiln": Level("kilns", LABEL)}, parameters=Parameters())

    @yard.input("t", level="kiln", decimals=2, label=LABEL)
    def clay(): ...

    @yard.input("t", level="kiln", decimals=2, label=LABEL)
    def dust_since_2024(): ...

    @yard.quantity("t", level="kiln", decimals=2, rounding=FLOOR, label=LABEL)
    def clay_by_thirds(clay):
        return clay / 3 * 3

    @yard.quantity("t", level="kiln", label=LABEL)
    def half(clay):
        return clay / 2

    @yard.quantity("1", level="kiln", label=LABEL)
    def is_large(clay):
        return clay > 1

    @yard.quantity("t", level="kiln", decimals=2, label=LABEL)
    def burnt(clay, dust=None):
        return clay - given(dust, 0)

    yard.seal()
    return yard


def test_answers_of_several_stretches_are_answers_where_some_have_none() -> None:
    """A stretch in which nothing was filed has no answer; those of the others stand all the same."""
    columns = Columns(brickyard(), 2023, flatten(brickyard(), [{"clay": ""}, {"clay": "3"}, {"clay": "0.5"}]), chunk=1)
    result = columns.column("is_large")
    assert result.answers is not None
    assert result.answers.tolist() == [False, True, False]
    assert [result.number(row) for row in range(3)] == [None, True, False]


def test_a_population_of_nobody_has_no_rows() -> None:
    columns = Columns(brickyard(), 2023, {})
    results = columns.results("clay_by_thirds", "half", "is_large", "burnt")
    assert [len(result) for result in results.values()] == [0, 0, 0, 0]
    rounded, half = results["clay_by_thirds"], results["half"]
    assert [numbers.tolist() for numbers in (rounded.units, half.values, half.bounds) if numbers is not None] == [
        []
    ] * 3
    assert rounded.sum() == 0


def test_stretches_that_decide_too_little_are_cut_in_two_and_lose_no_row() -> None:
    """x ÷ 3 × 3 lies on the step of its floor in every row, so that records decide all of them: it is x again."""
    rows = SMALL + 76
    units = np.arange(1, 2 * rows + 1, dtype=np.int64)
    columns = Columns(brickyard(), 2023, {"kiln": {"clay": units}}, chunk=rows)
    result = columns.column("clay_by_thirds")
    assert result.units is not None
    assert result.units.tolist() == units.tolist()
    assert columns.recomputed >= 2 * rows


def test_a_name_that_is_not_in_force_yet_is_absent() -> None:
    """Nothing is taken away for dust before dust is asked for; from then on it is."""
    kilns = [{"clay": "3.00", "dust": "1.00"}]
    assert differences(brickyard(), 2023, kilns) == []
    before, after = (Columns(brickyard(), year, flatten(brickyard(), kilns)).column("burnt") for year in (2023, 2024))
    assert (str(before.number(0)), str(after.number(0))) == ("3.00", "2.00")


def test_rules_with_a_parameter_are_computed_by_columns() -> None:
    filed = {"flour": "rye", "flour_used": "10.00", "moisture": "12.0"}
    ovens = [{"oven_area": "12.0", "months": [{"month": "2023-01", "flours": [filed]}]}]
    columns = Columns(bakery, 2023, flatten(bakery, [{"ovens": ovens}]))
    columns.results(*columns.edition.rules)
    assert columns.left_to_records == set()


@cache
def henhouse() -> Guideline:
    """An invented guideline of two levels."""
    levels = {"farm": Level("farms", LABEL), "hen": Level("hens", LABEL)}
    house = Guideline("henhouse", title=LABEL, levels=levels, parameters=Parameters())

    @house.input("1", level="hen", decimals=0, label=LABEL)
    def eggs(): ...

    house.seal()
    return house


@pytest.mark.parametrize(
    ("hens", "chunk", "stretches"),
    [
        ([1] * 10, 3, [(0, 3), (3, 6), (6, 9), (9, 10)]),
        ([1] * 10, 10, [(0, 10)]),
        ([2, 2, 1, 5, 1], 4, [(0, 2), (2, 3), (3, 4), (4, 5)]),
        ([2, 2, 1, 5, 1], 1, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]),
        ([2, 0, 2, 0], 2, [(0, 2), (2, 4)]),
        ([], 3, []),
    ],
)
def test_a_stretch_holds_as_many_whole_records_as_its_largest_level_allows(
    hens: list[int], chunk: int, stretches: list[tuple[int, int]]
) -> None:
    farms = [{"hens": [{"eggs": "1"}] * count} for count in hens]
    assert list(Columns(henhouse(), 2023, flatten(henhouse(), farms), chunk=chunk)._stretches()) == stretches
