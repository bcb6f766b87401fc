"""Legal dates, grounds and returns of cleaner-production audits: example EX12 and the change of law of 2026-08-15."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.rulebook.cleaner import cleaner
from tanzhi.rulebook.cleaner.criteria import criteria_on, must_be_repeated, penalty_on
from tanzhi.rulebook.cleaner.dates import finish_by, next_audit_by, publicise_by, report_by, start_by
from tanzhi.rulebook.cleaner.returns import internal_rate
from tanzhi.rulebook.clocks import add_months

LISTED, FINISHED = date(2026, 3, 10), date(2027, 2, 20)


@pytest.mark.parametrize(
    ("deadline", "start", "due"),
    [
        (publicise_by, LISTED, date(2026, 4, 10)),
        (start_by, LISTED, date(2026, 5, 10)),
        (finish_by, LISTED, date(2027, 3, 10)),
        (report_by, FINISHED, date(2027, 3, 20)),
        (next_audit_by, FINISHED, date(2032, 2, 20)),
    ],
)
def test_the_dates_of_the_example(deadline, start, due):
    found = deadline(start, cleaner.parameters)
    assert found.on == due
    assert found.entry.source


def test_before_the_order_there_is_no_deadline():
    with pytest.raises(LookupError, match="start_months"):
        start_by(date(2015, 1, 1), cleaner.parameters)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 10, 31), 2, date(2024, 12, 31)),
        (date(2024, 11, 15), 14, date(2026, 1, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_a_month_that_has_no_such_day_ends_on_its_last(start, months, end):
    assert add_months(start, months) == end


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 240), st.integers(0, 240))
def test_more_months_are_never_earlier(start, fewer, more):
    assert add_months(start, fewer + more) >= add_months(start, fewer)
    assert add_months(start, fewer) >= start + timedelta(days=28 * fewer)


def test_high_energy_use_is_no_ground_by_itself_once_the_code_is_in_force():
    assert set(criteria_on(date(2026, 8, 14))) == {"over_standard", "high_energy", "toxic"}
    assert set(criteria_on(date(2026, 8, 15))) == {"over_standard", "toxic", "other_by_state"}
    assert criteria_on(date(2016, 6, 30)) == {}
    assert "九百六十七" in criteria_on(date(2026, 8, 15))["toxic"].law


def test_only_toxic_substances_make_an_audit_come_again():
    assert must_be_repeated(["toxic", "high_energy"], date(2024, 1, 1))
    assert not must_be_repeated(["high_energy"], date(2024, 1, 1))
    assert not must_be_repeated(["unheard_of"], date(2024, 1, 1))


def test_the_fine_follows_the_law_of_the_day():
    assert "1221" in penalty_on(date(2026, 8, 15)).en
    assert "art. 39" in penalty_on(date(2026, 8, 14)).en


def test_the_rate_of_return_of_the_example():
    found = internal_rate(Decimal(1260), Decimal(318), 10)
    assert (found * 100).quantize(Decimal("0.001")) == Decimal("21.696")


@pytest.mark.parametrize(
    ("investment", "benefit", "years"), [("0", "1", 5), ("0", "0", 5), ("100", "10", 9), ("1", "100", 3)]
)
def test_there_is_no_rate_where_nothing_was_invested_or_too_little_or_too_much_comes_back(investment, benefit, years):
    assert internal_rate(Decimal(investment), Decimal(benefit), years) is None


def test_what_just_comes_back_has_a_rate_of_nil():
    assert internal_rate(Decimal(100), Decimal(20), 5).quantize(Decimal("1e-9")) == 0
