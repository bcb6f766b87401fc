"""The dimensional proof, refusals, growth by EX1, claims by EX10, the catalogue of methodologies."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.rulebook.ccer import afforestation, solar_thermal
from tanzhi.rulebook.ccer.claims import Claims, Crediting, by_year, earliest_day, may_be_claimed, whole_vintages
from tanzhi.rulebook.ccer.growth import Curve
from tanzhi.rulebook.ccer.methodologies import methodologies, published_by
from tanzhi.rulebook.kernel import check
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tests.rulebook.dimensions import prove_dimensions
from tests.rulebook.worked import FOLDER

D = Decimal
GUIDELINES = {one.name: one for one in (solar_thermal, afforestation)}
REFUSED = read_yaml(FOLDER / "ccer_refused.yaml")
PINE, LOCUST = Curve(D(120), D("0.060"), D("2.20")), Curve(D(55), D("0.110"), D("2.00"))
TABLE = {1: ("0.230", "0.597"), 2: ("0.992", "2.145"), 3: ("2.270", "4.345"), 4: ("4.011", "6.969"),
         5: ("6.153", "9.843"), 6: ("8.634", "12.839"), 7: ("11.395", "15.860"), 8: ("14.380", "18.836"),
         9: ("17.541", "21.720"), 10: ("20.834", "24.478")}  # fmt: skip
TOTALS = {1: "738.2", 2: "2787.6", 3: "5860.4", 4: "9702.8", 5: "14104.7", 6: "18895.8", 7: "23939.5",
          8: "29127.4", 9: "34374.1", 10: "39612.7"}  # fmt: skip
CREDITING = Crediting(date(2021, 3, 1), date(2031, 2, 28))


@pytest.mark.parametrize("guideline", GUIDELINES.values(), ids=lambda one: one.name)
def test_every_formula_yields_the_unit_it_declares(guideline):
    assert prove_dimensions(guideline) == []


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["code"])
def test_a_wrong_value_is_told_by_its_code_in_both_languages(case):
    found = check(evaluate(GUIDELINES[case["guideline"]], 2024, case["record"]))
    told = {f.code: f for f in found}[case["code"]]
    assert told.severity == case["severity"]
    assert told.message.zh != told.message.en


@pytest.mark.parametrize(
    "meter",
    [
        {"calibration": "in_class"},
        {"calibration": "late", "meter_class": "0.2"},
        {"calibration": "out_of_class", "measured_error": "0.3"},
    ],
    ids=str,
)
def test_a_meter_that_says_enough_is_not_asked_again(meter):
    record = {"readings": [{"reading": "1", "direction": "export", "electricity_read": "1", **meter}]}
    assert "CCR-21" not in {finding.code for finding in check(evaluate(solar_thermal, 2019, record))}


@pytest.mark.parametrize("age", TABLE)
def test_the_growth_curves_give_the_volumes_of_the_example(age):
    found = [curve.volume(age).quantize(D("0.001")) for curve in (PINE, LOCUST)]
    assert found == [D(x) for x in TABLE[age]]


@pytest.mark.parametrize("age", TOTALS)
def test_the_stocks_of_the_example_at_every_age(age):
    strata = [
        {"stratum": "1", "species": "chinese_pine", "area": "600", "volume_at_end": str(PINE.volume(age))},
        {"stratum": "2", "species": "hard_broadleaf", "area": "400", "volume_at_end": str(LOCUST.volume(age))},
    ]
    record = {"years": str(age), "strata": [one | {"volume_at_start": "0"} for one in strata]}
    found = evaluate(afforestation, 2026, record).value("tree_change").number
    assert found.quantize(D("0.1")) == D(TOTALS[age])


def test_the_margins_are_added_and_not_multiplied():
    found = evaluate(solar_thermal, 2019, {"grid": "northwest"}).value("combined_margin").number
    assert (found, found != D("0.098298")) == (D("0.66645"), True)


LAW = Claims(after=date(2020, 9, 22), months=60)
"""Measures, art. 17."""


def test_an_application_reaches_five_years_back_and_no_further():
    """EX10: an application of 2026-09-15 may claim from 2021-09-15 on; what lies before is lost."""
    assert earliest_day(date(2026, 9, 15), CREDITING, LAW) == date(2021, 9, 15)
    assert earliest_day(date(2024, 9, 15), CREDITING, LAW) == date(2021, 3, 1)
    assert earliest_day(date(2024, 9, 15), Crediting(date(2019, 1, 1), date(2029, 1, 1)), LAW) == date(2020, 9, 23)


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [
        (date(2021, 9, 15), date(2026, 8, 31), True),
        (date(2021, 9, 14), date(2026, 8, 31), False),
        (date(2025, 1, 1), date(2026, 9, 16), False),
        (date(2025, 2, 1), date(2025, 1, 1), False),
    ],
)
def test_every_day_of_a_period_must_be_claimable(first, last, may):
    assert may_be_claimed(first, last, date(2026, 9, 15), CREDITING, LAW) is may


def test_vintages_are_whole_tonnes_year_by_year():
    exact = {2021: D("47395.7"), 2022: D("189400.7"), 2023: D("201233.9"), 2024: D("207890.1"), 2025: D("211487.3")}
    found = whole_vintages(exact)
    assert (sum(found.values()), found[2021]) == (857_405, 47_395)


@given(st.dictionaries(st.integers(2021, 2040), st.decimals("0", "1000000", places=3), max_size=8))
def test_whole_vintages_never_promise_more_than_was_reduced(exact):
    found = whole_vintages(exact)
    assert sum(found.values()) <= sum(exact.values(), D(0))


def test_eighteen_editions_are_known_and_a_design_uses_only_those_of_its_day():
    assert len(methodologies()) == 18
    assert set(published_by(date(2024, 6, 30))) == {f"CCER-{n}-V01" for n in ("14-001", "14-002", "01-001", "01-002")}
    assert methodologies()["CCER-01-001-V01"].guideline is solar_thermal
    assert methodologies()["CCER-14-005-V01"].guideline is None


def test_an_edition_is_used_from_the_day_on_which_it_was_published():
    assert "CCER-14-001-V01" in published_by(date(2023, 10, 24))
    assert published_by(date(2023, 10, 23)) == {}


def test_vintages_are_rounded_down_year_by_year_in_their_order() -> None:
    """A year that emitted more than it removed counts no less than it did."""
    exact = {2023: D("10.999"), 2021: D("-0.5"), 2022: D("7")}
    assert list(whole_vintages(exact).items()) == [(2021, -1), (2022, 7), (2023, 10)]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2023, 12, 31), date(2024, 1, 1), {2023: 1, 2024: 1}),
        (date(2023, 7, 1), date(2023, 7, 1), {2023: 1}),
        (date(2022, 12, 30), date(2024, 1, 2), {2022: 2, 2023: 365, 2024: 2}),
    ],
)
def test_a_period_is_shared_out_by_the_days_of_each_year(first: date, last: date, days: dict[int, int]) -> None:
    whole = sum(days.values())
    assert by_year(first, last, D(100)) == {year: D(100) * count / whole for year, count in days.items()}


@pytest.mark.parametrize(("change", "counted"), [("-0.5", "-0.5"), ("0", "0"), ("0.5", "0.47"), ("2", "1.88")])
def test_a_gain_however_small_is_deducted_from_and_a_loss_is_not(change: str, counted: str) -> None:
    """6 % for the sampling."""
    assert afforestation.edition(2024)["tree_removal"].function(D(change), D("0.06")) == D(counted)
