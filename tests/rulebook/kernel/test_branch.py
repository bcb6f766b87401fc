"""A figure shows the reservations of the branch that it came from, and no others: over all rules of all guidelines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal, localcontext
from typing import Any

import pytest

from tanzhi.rulebook.kernel import RecordNode, Value, guidelines
from tanzhi.rulebook.kernel.children import Children
from tanzhi.rulebook.kernel.columns import Columns, flatten
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.rounding import EXACT, round_legally, settled
from tanzhi.rulebook.kernel.states import KNOWN, NOT_DETERMINABLE, Absent, Undecided
from tests.rulebook.test_thresholds import TRIES
from tests.rulebook.worked import cases

POISON = Absent(NOT_DETERMINABLE)
"""What no arithmetic and no comparison survives."""


def examples(name: str) -> Iterator[RecordNode]:
    """The records of all worked examples and thresholds of a guideline."""
    law = guidelines()[name]
    for case in cases():
        if case.guideline.name == name:
            yield evaluate(law, case.year, case.told["record"], on=case.told.get("day"))
    for attempt in (attempt for attempt, _ in TRIES if attempt.guideline.name == name):
        yield evaluate(law, attempt.threshold["year"], attempt.record(), on=attempt.threshold.get("day"))


def computed(top: RecordNode) -> Iterator[Value]:
    for node in top.walk():
        yield from (v for v in node.all_values() if v.rule and not v.rule.filed and v.state == KNOWN)


def again(value: Value, argument: Callable[[Value], Any]) -> Any:
    """The formula once more, with its arguments as `argument` has them."""
    arguments = {
        n: Children(map(argument, m)) if isinstance(m, list) else argument(m) for n, m in value.made_of.items()
    }
    rule = value.rule
    assert rule is not None
    try:
        with localcontext(EXACT):
            result = rule.function(**arguments)
    except Undecided as undecided:
        return undecided.absent
    if isinstance(result, bool) or not isinstance(result, Decimal | int):
        return result
    digits = rule.decimals
    return settled(Decimal(result)) if digits is None else round_legally(Decimal(result), digits, rule.rounding)


@pytest.mark.parametrize("name", sorted(guidelines()))
def test_what_a_figure_did_not_use_may_be_any_number_and_without_what_it_used_there_is_none(name: str) -> None:
    short, surplus = [], []
    for value in (value for top in examples(name) for value in computed(top)):
        parts = value.used()
        taken = {id(part) for part in parts}

        def other(part: Value, taken: set[int] = taken) -> Any:
            spared = isinstance(part.number, Decimal) and id(part) not in taken
            return part.argument * 7 + 13 if spared else part.argument  # type: ignore[operator]  # a Decimal then

        if again(value, other) != value.number:
            short.append(f"{value.node} {value}")
        for taken_one in (part for part in parts if isinstance(part.number, Decimal)):

            def without(part: Value, left_out: Value = taken_one) -> Any:
                return POISON if part is left_out else part.argument

            if not isinstance(again(value, without), Absent):
                surplus.append(f"{value.node} {value}: {taken_one}")
    assert (short, surplus) == ([], [])


def gas_unit(**fuel: str) -> dict[str, Any]:
    fuels = [{"fuel": "natural_gas", "fuel_consumption": "30000", **fuel}]
    return {"units": [{"unit": "1", "months": [{"month": "2024-01", "fuels": fuels}]}]}


def sources_of(value: Value) -> set[str]:
    return {mark.source.partition(":")[0] for mark in value.marks}


def test_measured_carbon_of_gas_shows_no_mark_of_the_defaults_that_it_did_not_use() -> None:
    law = guidelines()["power"]
    by_default = evaluate(law, 2024, gas_unit()).value("enterprise_emission")
    measured = evaluate(law, 2024, gas_unit(carbon_as_received="5.9")).value("enterprise_emission")
    defaults = {"default_net_calorific_value", "default_carbon_per_heat"}
    assert defaults <= sources_of(by_default)
    assert sources_of(measured) == {"oxidation_rate"}


def test_coal_beside_oil_shows_in_its_mean_no_mark_of_the_oil() -> None:
    record = deepcopy(gas_unit(fuel="bituminous", carbon_as_received="0.5"))
    record["units"][0]["months"][0]["fuels"].append({"fuel": "diesel", "fuel_consumption": "5"})
    value = evaluate(guidelines()["power"], 2024, record).at("unit")[0].value("coal_carbon_content")
    assert value.marks == frozenset()


def test_columns_show_in_each_row_the_marks_of_its_own_branch() -> None:
    law, records = guidelines()["power"], [gas_unit(), gas_unit(carbon_as_received="5.9")]
    column = Columns(law, 2024, flatten(law, records)).column("enterprise_emission")
    tops = [evaluate(law, 2024, record).value("enterprise_emission") for record in records]
    assert [column.marks(0), column.marks(1)] == [top.marks for top in tops]
    assert column.marks(0) != column.marks(1)
