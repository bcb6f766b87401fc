"""Example E13 of the reference sheet: four cities, 17 % over five years; and the identity under any input."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhi.rulebook.intensity.decomposition import METHODS, Bounds, CityBase, Way, basis_of, decompose
from tanzhi.rulebook.intensity.fault import IntensityFault

D = Decimal
TARGET = D("0.17")


def cities(weights=("1.10", "0.95", "1.05", "0.80")):
    rows = [("A", "5200", "3300", "0.055"), ("B", "3100", "900", "0.06"), ("C", "2400", "1500", "0.065")]
    rows.append(("D", "1300", "2300", "0.05"))
    return [CityBase(r[0], *map(D, r[1:]), weight=D(w)) for r, w in zip(rows, weights, strict=True)]


def percent(x: Decimal, places: str = "0.000001") -> Decimal:
    return (x * 100).quantize(D(places))


def test_the_cap_and_the_emission_at_unchanged_intensity():
    basis = basis_of(cities(), TARGET, 5)
    assert basis.intensity == D("1.5")
    assert basis.cap.quantize(D("0.000001")) == D("13082.396044")
    shown = [b.quantize(D("0.000001")) for b in basis.unchanged]
    assert shown == [D(x) for x in ("6796.192033", "4148.499291", "3288.207992", "1659.166031")]


def test_an_equal_rate_must_exceed_the_target_where_heavy_cities_grow_fast():
    found = decompose(cities(), TARGET, 5, Way())
    assert {percent(rate) for rate in found.exact.values()} == {D("17.679699")}


def test_weights_give_the_rates_of_the_example_with_no_residual():
    found = decompose(cities(), TARGET, 5, Way("weighted"))
    assert [percent(x) for x in found.exact.values()] == [
        D(x) for x in ("19.081727", "16.479674", "18.214376", "13.877620")
    ]
    assert abs(found.residual) < D("1e-40")
    assert percent(found.exact_decline, "0.0000000001") == D("17.0000000000")


def test_published_rates_keep_the_target_with_the_least_excess():
    found = decompose(cities(), TARGET, 5, Way("weighted"))
    assert list(found.published.values()) == [D(x) for x in ("0.191", "0.165", "0.182", "0.138")]
    assert percent(found.published_decline) == D("17.002059")


def test_bounds_hold_and_the_rest_is_shared_by_the_others():
    found = decompose(cities(), TARGET, 5, Way("weighted", Bounds(D("0.15"), D("0.185"))))
    assert min(found.exact.values()) == D("0.15")
    assert max(found.exact.values()) <= D("0.185")
    assert abs(found.residual) < D("1e-40")


def test_bounds_that_cannot_be_met_say_by_how_much():
    with pytest.raises(IntensityFault) as refused:
        decompose(cities(), TARGET, 5, Way(bounds=Bounds(D(0), D("0.10"))))
    # Σb·0.10 against Σb − C with the sheet's figures: 2809.669303 − 1589.206535 = 1220.46
    assert refused.value.code == "INT-10"
    assert "1220.46" in refused.value.message.en


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("bounds", [Bounds(), Bounds(D("0.10"), D("0.40"))])
def test_every_method_ends_on_the_identity(method, bounds):
    assert abs(decompose(cities(), TARGET, 5, Way(method, bounds, common=D("0.9"))).residual) < D("1e-40")


@pytest.mark.parametrize(
    ("common", "rates"),
    [  # λ (1 − I* G/E) with λ from the identity, in exact fractions outside Tanzhi
        ("0.9", ("16.243907", "27.980969", "16.571698", "0.000000")),
        ("0.5", ("18.030863", "22.577491", "18.157841", "3.047470")),
        ("3", ("0.000000", "67.727366", "0.000000", "0.000000")),
    ],
)
def test_the_rates_of_convergence_follow_the_intensity_that_was_chosen(common, rates):
    found = decompose(cities(), TARGET, 5, Way("convergence", common=D(common)))
    assert [percent(rate) for rate in found.exact.values()] == [D(rate) for rate in rates]
    assert percent(found.exact_decline, "0.0000000001") == D("17.0000000000")


def test_the_province_s_own_intensity_at_the_target_is_told_and_not_assumed():
    assert basis_of(cities(), TARGET, 5).target_intensity.quantize(D("1e-12")) == D("1.245")  # 1.5 × 0.83


@pytest.mark.parametrize("common", [None, "0", "-1", "3.4445"])
def test_an_intensity_to_converge_to_that_is_not_stated_or_above_every_city_is_refused(common):
    way = Way("convergence", common=None if common is None else D(common))
    with pytest.raises(IntensityFault) as refused:
        decompose(cities(), TARGET, 5, way)
    assert refused.value.code == "INT-20"
    # 3100 ÷ 900 is the highest of the four; 5200 ÷ 3300, 2400 ÷ 1500 and 1300 ÷ 2300 lie below
    assert ("3.4444" in refused.value.message.en) == (common == "3.4445")


@pytest.mark.parametrize("way", [
    Way("convergence", Bounds(D(0), D("0.67")), D("3")),  # B alone shares in the effort and would have to fall 67.7 %
    Way("weighted", Bounds(D(0), D("0.67"))),
])  # fmt: skip
def test_a_city_without_a_share_in_the_effort_does_not_make_an_impossible_plan_possible(way):
    with pytest.raises(IntensityFault) as refused:
        decompose(cities(weights=("0", "1", "0", "0")), TARGET, 5, way)
    assert refused.value.code == "INT-10"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([CityBase("A", D(1), D(0), D(0)), CityBase("B", D(1), D(1), D(0))], "INT-01"),
        ([CityBase("A", D(1), D(1), D(0), D(-1)), CityBase("B", D(1), D(1), D(0))], "INT-09"),
        ([CityBase("A", D(1), D(1), D(0), D(0)), CityBase("B", D(1), D(1), D(0), D(0))], "INT-09"),
        ([CityBase("A", D(1), D(1), D(0)), CityBase("A", D(1), D(1), D(0))], "INT-12"),
        ([CityBase("A", D(1), D(1), D(0))], "INT-12"),
    ],
)
def test_rows_that_cannot_be_decomposed_are_refused_by_code(rows, code):
    with pytest.raises(IntensityFault) as refused:
        decompose(rows, TARGET, 5, Way())
    assert refused.value.code == code


def test_one_step_that_is_just_enough_is_enough_though_its_quotient_does_not_end():
    """Two cities of 1/631 with weights 1 and 2 save a tenth of both: 0.2 in rates, 0.066 and 0.134 by thirds.

    Rounded down they save 0.199; one step more is 0.2 exactly. Two steps would be the excess of a digit that was cut.
    """
    rows = [CityBase("A", D(1), D(631), D(0), D(1)), CityBase("B", D(1), D(631), D("0"), D(2))]
    assert sum(decompose(rows, D("0.1"), 3, Way("weighted")).published.values()) == D("0.200")


amounts = st.integers(1, 10_000).map(Decimal)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(amounts, amounts, st.integers(0, 9), st.integers(1, 20)), min_size=2, max_size=6),
    st.sampled_from(["equal", "weighted"]),
)
def test_published_rates_are_the_best_of_all_roundings(rows, method):
    """Against a search over every vector in exact fractions."""
    made = [CityBase(str(i), e, g, D(a) / 100, D(w)) for i, (e, g, a, w) in enumerate(rows)]
    try:
        found = decompose(made, D("0.1"), 3, Way(method))
    except IntensityFault:
        return
    assert abs(found.residual) < D("1e-30")
    grown = [Fraction(c.gdp) * (1 + Fraction(c.growth)) ** 3 for c in made]
    b = [Fraction(c.emission) / Fraction(c.gdp) * g for c, g in zip(made, grown, strict=True)]
    cap = sum(Fraction(c.emission) for c in made) / sum(Fraction(c.gdp) for c in made) * Fraction(9, 10) * sum(grown)
    lows = [Fraction((Fraction(rate) + Fraction(1, 10**25)) * 1000 // 1, 1000) for rate in found.exact.values()]
    vectors = product(*[(low, low + Fraction(1, 1000)) for low in lows])
    kept = [v for v in vectors if sum(x * (1 - d) for x, d in zip(b, v, strict=True)) <= cap + Fraction(1, 10**20)]
    best = max(sum(x * (1 - d) for x, d in zip(b, v, strict=True)) for v in kept)
    own = sum(x * (1 - Fraction(d)) for x, d in zip(b, found.published.values(), strict=True))
    assert abs(own - best) < Fraction(1, 10**15)
