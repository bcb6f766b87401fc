"""Special and excluded units of each plan's tables: each case, below, on and above its limit; expected by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tanzhi.rulebook.accounting.power.unit_class import SPECIAL_KINDS
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.allocation.power.special import CASES
from tanzhi.rulebook.kernel import RecordNode
from tanzhi.rulebook.kernel.evaluation import evaluate

ORDINARY = {
    "unit": "1", "unit_class": "II", "cooling": "water", "unit_power_supplied": "1000.000",
    "unit_generation": "1000.000", "load_coefficient": "90.00", "unit_obligation_emission": "50000",
}  # fmt: skip
# 1000 MWh × benchmark of class II, floor: 0.979, 0.8773, 0.8729, 0.8090, 0.8049, 0.8017, 0.7985
BY_BENCHMARK = {2019: 979, 2020: 979, 2021: 877, 2022: 872, 2023: 809, 2024: 804, 2025: 801, 2026: 798}
EXCLUDED, AS_EMITTED = range(2019, 2025), range(2025, 2027)
EVERY = (*EXCLUDED, *AS_EMITTED)


def unit(year: int, **change: str) -> RecordNode:
    return evaluate(power_allocation, year, {"units": [ORDINARY | change]}).children[0]


def found(year: int, **change: str) -> tuple[str, str, int]:
    node = unit(year, **change)
    allowance = node.value("unit_allowance").number
    assert isinstance(allowance, Decimal)
    return str(node.value("special_case").number), str(node.value("treatment").number), int(allowance)


def expected(year: int, case: str) -> tuple[str, str, int]:
    """Nothing to 2024, from 2025 what it emitted; where the plan does not know the case, by benchmark."""
    if case == "none":
        return "none", "benchmark", BY_BENCHMARK[year]
    return (case, "excluded", 0) if year <= 2024 else (case, "as_emitted", 50_000)


@pytest.mark.parametrize("year", EVERY)
def test_an_ordinary_unit_is_allocated_by_benchmark(year: int) -> None:
    assert found(year) == expected(year, "none")


@pytest.mark.parametrize("year", EVERY)
@pytest.mark.parametrize(
    ("share", "limits"),
    [("biomass_share", (10, 20)), ("secondary_share", (10, 10)), ("green_share", (None, 20))],
)
def test_a_share_above_its_limit_makes_a_special_unit_and_on_it_does_not(
    year: int, share: str, limits: tuple[int | None, int]
) -> None:
    limit = limits[year >= 2025]
    if limit is None:
        return
    case = share.removesuffix("_share")
    for value, then in ((f"{limit - 1}.99", "none"), (f"{limit}.00", "none"), (f"{limit}.01", case)):
        assert found(year, **{share: value}) == expected(year, then)


@pytest.mark.parametrize("year", AS_EMITTED)
def test_biomass_and_secondary_energy_together_have_a_limit_from_2025(year: int) -> None:
    assert found(year, biomass_share="12.00", secondary_share="8.00") == expected(year, "none")
    assert found(year, biomass_share="12.01", secondary_share="8.00") == expected(year, "joint")


@pytest.mark.parametrize("year", EVERY)
@pytest.mark.parametrize("kind", sorted(SPECIAL_KINDS))
def test_every_special_kind_is_outside_or_gets_what_it_emitted(year: int, kind: str) -> None:
    if kind == "emergency_reserve" and year <= 2024:
        assert found(year, special_kind=kind) == expected(year, "none")  # a case of the plan of 2025 alone
    elif kind == "heat_only" and year >= 2025:
        assert found(year, special_kind=kind) == ("kind", "excluded", 0)  # it generates nothing
    else:
        assert found(year, special_kind=kind) == expected(year, "kind")


@pytest.mark.parametrize("year", EVERY)
@pytest.mark.parametrize(
    ("name", "case", "since"), [("began_in_year", "began", 2021), ("closed_before_allocation", "closed", 2023)]
)
def test_a_unit_that_began_or_was_closed_is_special_where_the_plan_says_so(
    year: int, name: str, case: str, since: int
) -> None:
    if year < since:
        return
    assert found(year, **{name: "yes"}) == expected(year, case)
    assert found(year, **{name: "no"}) == expected(year, "none")


@pytest.mark.parametrize("year", AS_EMITTED)
@pytest.mark.parametrize(("emission", "case"), [(25_999, "small"), (26_000, "none"), (26_001, "none")])
def test_an_enterprise_below_26_000_t_gets_what_it_emitted_from_2025(year: int, emission: int, case: str) -> None:
    """The enterprise's total counts, not the unit's: two units of half each."""
    halves = (str(emission // 2), str(emission - emission // 2))
    units = [ORDINARY | {"unit": n, "unit_obligation_emission": half} for n, half in zip("12", halves, strict=True)]
    root = evaluate(power_allocation, year, {"units": units})
    assert {str(one.value("special_case").number) for one in root.children} == {case}
    by_benchmark = max(2 * BY_BENCHMARK[year], 8 * emission // 10)  # topped up under the cap of 20 %, floor
    assert root.value("enterprise_allowance").number == (emission if case == "small" else by_benchmark)


@pytest.mark.parametrize("year", EVERY)
def test_what_is_outside_allocation_owes_nothing_and_what_is_inside_is_not_touched_by_it(year: int) -> None:
    special: dict[str, Any] = ORDINARY | {"unit": "2", "special_kind": "own_gas", "unit_obligation_emission": "30000"}
    root = evaluate(power_allocation, year, {"units": [ORDINARY, special]})
    alone = evaluate(power_allocation, year, {"units": [ORDINARY]})
    more = 30_000 if year >= 2025 else 0
    for name in ("enterprise_emission", "enterprise_obligation"):
        assert root.value(name).number == alone.value(name).number + more


def test_every_case_is_tried() -> None:
    tried = {"none", "kind", "biomass", "secondary", "joint", "green", "began", "closed", "small"}
    assert set(CASES) == tried


@pytest.mark.parametrize("year", range(2021, 2025))
def test_an_excluded_unit_is_pre_allocated_nothing(year: int) -> None:
    base = {"base_emission": "1000"}
    assert unit(year, **base).value("pre_allocation").number == 700
    assert unit(year, **base, special_kind="own_gas").value("pre_allocation").number == 0
