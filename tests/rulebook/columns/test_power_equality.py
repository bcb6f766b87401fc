"""Columns and records over random and adversarial power enterprises: every state and every digit the same."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel.rules import INPUT, Rule
from tests.rulebook.columns.comparing import differences

YEARS = range(2019, 2027)
ABSENT = ["", None, "NR", "EX", "abc", "1,5"]
# Halves of every scale (ties of one rounding, and of the next), zeros in several spellings, more digits than are
# declared, magnitudes beyond 2^53 units, and numbers whose differences cancel.
NUMBERS = [
    "0", "0.00", "0.005", "0.0005", "0.5", "1", "1.5", "2.5", "12", "24.5", "99.99", "100", "0.12345", "33.335",
    "0.1", "0.3", "3", "7", "11", "0.0000001", "12345678901234567890.12345", "90071992547409.93", "9007199254740993",
    "1e3", "-1.005", "83.74", "20", "45000000.00", "45000000.01", "44999999.99",
]  # fmt: skip
ENTERED = [
    {"parameter": "coal_oxidation_rate", "value": value, "since": "2026-01-01", "keys": keys,
     "source": "test", "entered_by": "a", "entered_at": "2026-01-01"}
    for value, keys in (
        ("0.985", {"oxidation_boiler": "pulverised", "oxidation_band": "1"}),
        ("0.97", {"oxidation_boiler": "circulating_bed", "oxidation_band": "1"}),
    )
]  # fmt: skip


def filed(rule: Rule) -> st.SearchStrategy[Any]:
    """A value of this field: likely, adversarial, or absent."""
    if rule.kind == INPUT:
        decimals = rule.decimals or 0
        likely = st.integers(0, 10 ** (decimals + 3)).map(lambda n: f"{n / 10**decimals:.{decimals}f}")
        return st.one_of(likely, likely, likely, st.sampled_from(NUMBERS), st.sampled_from(ABSENT))
    if rule.options:
        return st.one_of(st.sampled_from([*rule.options]), st.sampled_from([*rule.options, *ABSENT]))
    return st.sampled_from(["2023-01-15", "2023-02-30", "A-7", ""])


def rows(level: str, *names: str) -> st.SearchStrategy[dict[str, Any]]:
    """Rows with some fields always asked and any others sometimes."""
    rules = {r.name: r for r in power.edition(2022).by_level[level] + power.edition(2026).by_level[level] if r.filed}
    always = {name: filed(rules[name]) for name in names}
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
@given(year=st.sampled_from([2019, 2021, 2022, 2023, 2025]), plants=st.lists(enterprises(), min_size=1, max_size=4))
def test_any_enterprise_is_the_same_in_columns_and_records(year: int, plants: list[dict[str, Any]]) -> None:
    assert differences(power, year, plants) == []


@SETTINGS
@given(plants=st.lists(enterprises(), min_size=1, max_size=4), entered=st.booleans())
def test_a_missing_parameter_of_2026_is_missing_in_both(plants: list[dict[str, Any]], entered: bool) -> None:
    parameters = power.parameters.with_entries(ENTERED) if entered else None
    assert differences(power, 2026, plants, parameters) == []
