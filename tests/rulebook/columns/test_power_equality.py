"""Columns and records over random and adversarial power enterprises: every state and every digit the same."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanzhi.rulebook.accounting.power import power
from tests.rulebook.columns.comparing import differences
from tests.rulebook.columns.populations import filed

ENTERED = [
    {"parameter": "coal_oxidation_rate", "value": value, "since": "2026-01-01", "keys": keys,
     "source": "test", "entered_by": "a", "entered_at": "2026-01-01"}
    for value, keys in (
        ("0.985", {"oxidation_boiler": "pulverised", "oxidation_band": "1"}),
        ("0.97", {"oxidation_boiler": "circulating_bed", "oxidation_band": "1"}),
    )
]  # fmt: skip


def rows(level: str, *names: str) -> st.SearchStrategy[dict[str, Any]]:
    """Rows with some fields always asked and any others sometimes."""
    rules = {r.name: r for r in power.edition(2022).by_level[level] + power.edition(2026).by_level[level] if r.filed}
    always = {name: filed(rules[name], there=True) for name in names}
    return st.fixed_dictionaries(always, optional={n: filed(r) for n, r in rules.items() if n not in always})


@st.composite
def enterprises(draw: st.DrawFn) -> dict[str, Any]:
    year = draw(st.sampled_from([2021, 2023, 2026]))
    return {**draw(rows("enterprise")), "units": [draw(units(year)) for _ in range(draw(st.integers(0, 2)))]}


@st.composite
def units(draw: st.DrawFn, year: int) -> dict[str, Any]:
    return {
        "unit": draw(st.sampled_from(["1", "2", "", 3])),
        **draw(rows("unit", "rated_power", "main_fuel")),
        "months": [draw(months(f"{year}-{n:02d}")) for n in range(1, draw(st.integers(0, 4)) + 1)],
    }


@st.composite
def months(draw: st.DrawFn, key: str) -> dict[str, Any]:
    row = draw(rows("month", "generation", "running_hours"))
    return {"month": draw(st.sampled_from([key, key, ""])), **row, "fuels": draw(st.lists(fuels(), max_size=2))}


@st.composite
def fuels(draw: st.DrawFn) -> dict[str, Any]:
    coal = st.sampled_from(["bituminous", "bituminous", "coal_gangue", "diesel", "natural_gas"])
    measured = draw(st.sampled_from([(), ("carbon_air_dried", "moisture_air_dried", "moisture_as_received")]))
    row = draw(rows("fuel", "fuel_consumption", "net_calorific_value", *measured))
    samples = draw(st.lists(rows("sample", "sample_mass", "sample_calorific_value"), max_size=2))
    return {**row, **draw(st.sampled_from([{}, {"fuel": "bituminous"}])), "fuel": draw(coal), "samples": samples}


SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SETTINGS
@given(year=st.sampled_from(range(2019, 2026)), plants=st.lists(enterprises(), min_size=1, max_size=4))
def test_any_enterprise_is_the_same_in_columns_and_records(year: int, plants: list[dict[str, Any]]) -> None:
    assert differences(power, year, plants) == []


@SETTINGS
@given(plants=st.lists(enterprises(), min_size=1, max_size=4), entered=st.booleans())
def test_a_missing_parameter_of_2026_is_missing_in_both(plants: list[dict[str, Any]], entered: bool) -> None:
    parameters = power.parameters.with_entries(ENTERED) if entered else None
    assert differences(power, 2026, plants, parameters) == []
