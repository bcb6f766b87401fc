"""Plain functions of the rulebook on their edges: the day itself, exactly on schedule, exactly the target."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tanzhi.rulebook.allocation.compliance import ALLOWANCES, OWED, ComplianceEvent, compliance
from tanzhi.rulebook.allocation.eligibility import Offsets, credit_refused, vintage_refused
from tanzhi.rulebook.ccer.claims import Claims, Crediting, by_year, earliest_day, may_be_claimed, whole_vintages
from tanzhi.rulebook.ccer.growth import Curve
from tanzhi.rulebook.cleaner.criteria import CRITERIA, criteria_on, must_be_repeated, penalty_on
from tanzhi.rulebook.cleaner.returns import internal_rate
from tanzhi.rulebook.clocks import Calendar, CalendarFault, add_working_days, deposit_due, working_days_between
from tanzhi.rulebook.intensity.decomposition import Bounds, CityBase, Way, basis_of, decompose, exact_rates
from tanzhi.rulebook.intensity.fault import IntensityFault
from tanzhi.rulebook.intensity.published import published_rates
from tanzhi.rulebook.intensity.schedule import annual_rate, completion, light, scheduled

D = Decimal
DAY = timedelta(days=1)
DEADLINE = date(2025, 12, 31)
CLAIMS = Claims(after=date(2020, 9, 22), months=60)  # Measures, art. 17
OFFSETS = Offsets(new_from=date(2024, 1, 22), old_until=date(2024, 12, 31))  # reference sheet on power, 3.4


@pytest.mark.parametrize(("paid", "standing"), [(-1, "met"), (0, "met"), (1, "late")])
def test_the_deadline_day_itself_is_in_time(paid: int, standing: str) -> None:
    events = [ComplianceEvent(date(2025, 9, 1), OWED, 10), ComplianceEvent(DEADLINE + paid * DAY, ALLOWANCES, 10)]
    assert compliance(events, DEADLINE, date(2026, 2, 1)).standing == standing


@pytest.mark.parametrize(("tonnes", "standing", "remaining"), [(9, "overdue", 1), (10, "met", 0), (11, "met", 0)])
def test_exactly_what_is_owed_meets_it(tonnes: int, standing: str, remaining: int) -> None:
    events = [ComplianceEvent(date(2025, 9, 1), OWED, 10), ComplianceEvent(date(2025, 12, 1), ALLOWANCES, tonnes)]
    state = compliance(events, DEADLINE, date(2026, 1, 1))
    assert (state.standing, state.remaining, state.surrendered) == (standing, remaining, tonnes)


@pytest.mark.parametrize(("on", "standing"), [(DEADLINE, "open"), (DEADLINE + DAY, "overdue")])
def test_on_the_deadline_day_nothing_is_overdue_yet(on: date, standing: str) -> None:
    assert compliance([ComplianceEvent(date(2025, 9, 1), OWED, 10)], DEADLINE, on).standing == standing


def test_an_event_counts_from_its_day_on() -> None:
    events = [ComplianceEvent(date(2025, 9, 1), OWED, 10), ComplianceEvent(date(2025, 12, 1), ALLOWANCES, 10)]
    assert compliance(events, DEADLINE, date(2025, 11, 30)).allowances == 0
    assert compliance(events, DEADLINE, date(2025, 12, 1)).allowances == 10
    assert compliance(events, DEADLINE, date(2025, 8, 31)).obligation is None


@pytest.mark.parametrize(
    ("registered", "year", "on", "refused"),
    [
        (date(2024, 1, 21), 2025, date(2026, 10, 1), True),
        (date(2024, 1, 22), 2025, date(2026, 10, 1), False),
        (date(2024, 1, 21), 2024, date(2024, 12, 31), False),
        (date(2024, 1, 21), 2024, date(2025, 1, 1), True),
        (date(2024, 1, 22), 2024, date(2025, 1, 1), False),
    ],
)
def test_ccer_on_the_day_of_the_new_market_and_on_the_last_day_of_the_old(
    registered: date, year: int, on: date, refused: bool
) -> None:
    words = credit_refused(registered, year, on, OFFSETS)
    assert (words is not None) is refused
    if words is not None:
        assert registered.isoformat() in words.en


@pytest.mark.parametrize(("on", "refused"), [(date(2026, 9, 2), True), (date(2026, 9, 3), False)])
def test_arrears_open_with_the_day_of_the_plan(on: date, refused: bool) -> None:
    assert (vintage_refused(2024, 2023, on, date(2026, 9, 3)) is not None) is refused


def test_the_code_of_2026_holds_from_its_day_on() -> None:
    for criterion in CRITERIA:
        assert criterion.holds_on(criterion.since)
        assert not criterion.holds_on(criterion.since - DAY)
        if criterion.until:
            assert criterion.holds_on(criterion.until - DAY)
            assert not criterion.holds_on(criterion.until)
    assert penalty_on(date(2026, 8, 14)) != penalty_on(date(2026, 8, 15))
    assert set(criteria_on(date(2016, 7, 1))) == {"over_standard", "high_energy", "toxic"}
    assert [must_be_repeated(["toxic"], day) for day in (date(2026, 8, 14), date(2026, 8, 15))] == [True, True]
    assert not must_be_repeated(["over_standard", "other_by_state"], date(2026, 8, 15))


@pytest.mark.parametrize(
    ("investment", "benefit", "years", "rate"),
    [
        ("100", "20", 5, "0.0000"),  # just given back
        ("100", "19.99", 5, None),
        ("100", "1000", 1, "9.0000"),
        ("100", "1100", 1, "10.0000"),  # 1000 %, the most that is told
        ("100", "1100.01", 1, None),
        ("0.01", "0.011", 1, "0.1000"),
        ("100", "60", 2, "0.1307"),  # 100 = 60/x + 60/x²
    ],
)
def test_a_rate_of_return_on_its_edges(investment: str, benefit: str, years: int, rate: str | None) -> None:
    found = internal_rate(D(investment), D(benefit), years)
    assert (found if found is None else str(found.quantize(D("0.0001")))) == rate


def test_a_stand_of_no_age_has_no_volume() -> None:
    curve = Curve(D(120), D("0.060"), D("2.20"))
    assert [curve.volume(age) for age in (-1, 0)] == [0, 0]
    assert curve.volume(1).quantize(D("0.001")) == D("0.230")


CREDITING = Crediting(date(2021, 3, 1), date(2031, 2, 28))
APPLIED = date(2026, 9, 15)


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [
        (date(2021, 9, 15), date(2021, 9, 15), True),
        (date(2021, 9, 14), date(2021, 9, 15), False),
        (date(2026, 9, 15), date(2026, 9, 15), True),
        (date(2026, 9, 15), date(2026, 9, 16), False),
        (date(2022, 1, 2), date(2022, 1, 1), False),
    ],
)
def test_the_first_and_the_last_day_that_may_be_claimed(first: date, last: date, may: bool) -> None:
    assert may_be_claimed(first, last, APPLIED, CREDITING, CLAIMS) is may


def test_the_last_day_of_crediting_may_be_claimed_and_none_after_it() -> None:
    applied = date(2032, 1, 1)
    assert may_be_claimed(date(2031, 2, 1), date(2031, 2, 28), applied, CREDITING, CLAIMS)
    assert not may_be_claimed(date(2031, 2, 1), date(2031, 3, 1), applied, CREDITING, CLAIMS)
    assert earliest_day(date(2025, 9, 23), Crediting(date(2012, 1, 1), date(2030, 1, 1)), CLAIMS) == date(2020, 9, 23)
    assert earliest_day(date(2025, 9, 24), Crediting(date(2012, 1, 1), date(2030, 1, 1)), CLAIMS) == date(2020, 9, 24)


def test_a_period_is_shared_out_by_days_both_ends_included() -> None:
    shares = by_year(date(2023, 12, 31), date(2024, 1, 1), D(10))
    assert shares == {2023: D(5), 2024: D(5)}
    assert by_year(date(2024, 1, 1), date(2024, 12, 31), D(366)) == {2024: D(366)}
    assert by_year(date(2022, 12, 30), date(2024, 1, 3), D(370)) == {2022: D(2), 2023: D(365), 2024: D(3)}
    assert whole_vintages({2024: D("0.9999"), 2023: D("1")}) == {2023: 1, 2024: 0}


# 2026: 25-27 September off, 20 September (a Sunday) worked
YEAR = Calendar(
    frozenset({2026}),
    frozenset({date(2026, 9, 25), date(2026, 9, 26), date(2026, 9, 27)}),
    frozenset({date(2026, 9, 20)}),
)


@pytest.mark.parametrize(
    ("day", "worked"),
    [(18, True), (19, False), (20, True), (21, True), (25, False), (26, False), (27, False), (28, True)],
)
def test_a_day_is_worked_as_the_calendar_says(day: int, worked: bool) -> None:
    assert YEAR.is_working(date(2026, 9, day)) is worked


@pytest.mark.parametrize(("days", "end"), [(0, 18), (1, 20), (2, 21), (5, 24), (6, 28), (-1, 17), (-5, 11)])
def test_working_days_are_counted_from_the_day_after(days: int, end: int) -> None:
    start = date(2026, 9, 18)
    assert add_working_days(start, days, YEAR) == date(2026, 9, end)
    assert working_days_between(start, date(2026, 9, end), YEAR) == days


def test_working_days_between_are_negative_backwards_and_refuse_an_unknown_year() -> None:
    first, last = date(2026, 9, 18), date(2026, 9, 21)
    assert working_days_between(first, last, YEAR) == 2
    assert working_days_between(last, first, YEAR) == -2
    assert working_days_between(first, first, YEAR) == 0
    with pytest.raises(CalendarFault, match="2027"):
        YEAR.is_working(date(2027, 1, 4))


@pytest.mark.parametrize(
    ("month", "days", "due"),
    [
        ("2024-12", 40, date(2025, 2, 9)),
        ("2024-01", 40, date(2024, 3, 11)),
        ("2023-02", 40, date(2023, 4, 9)),
        ("2024-11", 20, date(2024, 12, 20)),
    ],
)
def test_a_month_is_due_forty_days_after_its_last(month: str, days: int, due: date) -> None:
    assert deposit_due(month, days) == due


@pytest.mark.parametrize(
    ("change", "latest", "colour"),
    [
        ("-0.0999", "-0.01", "orange"),
        ("-0.1", "-0.01", "green"),
        ("-0.1001", "-0.01", "green"),
        ("0", "-0.01", "red"),
        ("-0.0001", "-0.0001", "orange"),
        ("-0.2", "0", "red"),
        ("-0.2", "0.0001", "red"),
    ],
)
def test_exactly_on_schedule_is_green_and_not_falling_is_red(change: str, latest: str, colour: str) -> None:
    assert light(D(change), D(latest), D("0.1")) == colour


@pytest.mark.parametrize(
    ("target", "years", "elapsed", "due"),
    [("0.19", 2, 0, "0"), ("0.19", 2, 1, "0.1"), ("0.19", 2, 2, "0.19"), ("0.19", 1, 1, "0.19")],
)
def test_a_schedule_on_its_edges(target: str, years: int, elapsed: int, due: str) -> None:
    assert scheduled(D(target), years, elapsed).quantize(D("1e-12")) == D(due)


@pytest.mark.parametrize(
    ("target", "years", "elapsed"), [("0", 2, 1), ("1", 2, 1), ("0.1", 0, 0), ("0.1", 2, 3), ("0.1", 2, -1)]
)
def test_a_schedule_beyond_its_edges_is_refused(target: str, years: int, elapsed: int) -> None:
    with pytest.raises(IntensityFault) as refusal:
        scheduled(D(target), years, elapsed)
    assert refusal.value.code == "INT-05"


def test_completion_is_one_exactly_on_schedule_and_not_asked_before_the_first_year() -> None:
    assert completion(D("-0.1"), D("0.19"), 2, 1).quantize(D("1e-12")) == 1
    with pytest.raises(IntensityFault):
        completion(D("-0.1"), D("0.19"), 2, 0)
    assert annual_rate(D("0.19"), 2).quantize(D("1e-12")) == D("0.1")


TWINS = [CityBase("A", D(100), D(50), D(0)), CityBase("B", D(100), D(50), D(0))]


def refused_by(cities: list[CityBase], target: str = "0.1", years: int = 1, bounds: Bounds | None = None) -> str:
    with pytest.raises(IntensityFault) as refusal:
        decompose(cities, D(target), years, Way(bounds=bounds or Bounds()))
    return refusal.value.code


@pytest.mark.parametrize("bounds", [Bounds(D(0), D("0.1")), Bounds(D("0.1"), D(1)), Bounds(D("0.05"), D("0.15"))])
def test_bounds_that_just_allow_the_target_give_it(bounds: Bounds) -> None:
    found = decompose(TWINS, D("0.1"), 1, Way(bounds=bounds))
    assert [rate.quantize(D("1e-12")) for rate in found.exact.values()] == [D("0.1"), D("0.1")]
    basis = found.basis
    assert [basis.intensity, basis.gdp, basis.cap, basis.saving] == [D(2), D(100), D(180), D(20)]
    assert found.exact_decline.quantize(D("1e-12")) == D("0.1")


@pytest.mark.parametrize(
    "bounds",
    [Bounds(D(0), D("0.0999")), Bounds(D("0.1001"), D(1)), Bounds(D("0.2"), D("0.2")), Bounds(D("-0.1"), D(1)),
     Bounds(D(0), D("1.1"))],
)  # fmt: skip
def test_bounds_that_do_not_are_refused(bounds: Bounds) -> None:
    assert refused_by(TWINS, bounds=bounds) == "INT-10"


def test_rows_of_cities_on_their_edges() -> None:
    assert refused_by([CityBase("A", D(1), D(0), D(0)), TWINS[1]]) == "INT-01"
    assert refused_by([CityBase("A", D(0), D(1), D(0)), TWINS[1]]) == "INT-01"
    assert refused_by([CityBase("A", D(1), D(1), D(0), D("-0.01")), TWINS[1]]) == "INT-09"
    assert refused_by([CityBase("A", D(1), D(1), D(0), D(0)), CityBase("B", D(1), D(1), D(0), D(0))]) == "INT-09"
    assert refused_by(TWINS[:1]) == "INT-12"
    assert [refused_by(TWINS, target) for target in ("0", "1")] == ["INT-05", "INT-05"]
    assert refused_by(TWINS, years=0) == "INT-05"
    basis = basis_of([CityBase("A", D(100), D(50), D("0.1")), CityBase("B", D(100), D(50), D(0))], D("0.5"), 2)
    assert (basis.gdp, basis.unchanged, basis.cap) == (D("110.5"), (D(121), D(100)), D("110.5"))


def test_a_city_without_weight_is_given_nothing_and_one_below_the_common_intensity_neither() -> None:
    weighted = [CityBase("A", D(100), D(50), D(0), D(0)), CityBase("B", D(100), D(50), D(0), D(1))]
    rates = exact_rates(weighted, D("0.1"), 1, Way("weighted"))
    assert [rate.quantize(D("1e-12")) for rate in rates.values()] == [0, D("0.2")]
    uneven = [CityBase("A", D(40), D(50), D(0)), CityBase("B", D(160), D(50), D(0))]
    rates = exact_rates(uneven, D("0.1"), 1, Way("convergence", common=D("1.8")))  # 40 ÷ 50 lies below, 160 ÷ 50 above
    assert [rate.quantize(D("1e-12")) for rate in rates.values()] == [0, D("0.125")]  # all 20 t from the 160


def test_published_rates_round_up_no_more_than_the_target_needs() -> None:
    rates = [D("0.1004"), D("0.1004"), D("0.1")]
    # 0.1 everywhere saves 30; 30.1 asks for one step of 0.001 × 100; the first of equals takes it
    assert published_rates([D(100)] * 3, rates, D("30")) == [D("0.100")] * 3
    assert published_rates([D(100)] * 3, rates, D("30.1")) == [D("0.101"), D("0.100"), D("0.100")]
    assert published_rates([D(100)] * 3, rates, D("30.2")) == [D("0.101"), D("0.101"), D("0.100")]
    # 0.101, 0.101 and 0.1 save 30.2, and nothing above: each that may be raised is
    assert published_rates([D(100)] * 3, rates, D("30.3")) == [D("0.101"), D("0.101"), D("0.100")]


@pytest.mark.parametrize(("saving", "raised"), [("0", []), ("0.1", [19]), ("0.2", [19]), ("0.3", [18, 19])])
def test_more_cities_than_can_be_searched_are_raised_from_the_largest(saving: str, raised: list[int]) -> None:
    sizes = [D(10)] * 18 + [D(100), D(200)]
    found = published_rates(sizes, [D("0.0005")] * 20, D(saving))
    assert [i for i, rate in enumerate(found) if rate] == raised
