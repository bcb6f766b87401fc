"""Who enters, stays or may leave: below, on and above the threshold, and where nothing was verified.

26,000 t and two years running by 碳排放权交易管理办法（试行）第八条, 第十一条; the list of 2027 by the verification of
2025 (环办气候函〔2026〕32号附件1): expected values are written from the texts.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tanzhi.actions.refusal import Refused
from tanzhi.streams.verification.key_list.candidates import (
    BELOW_ONCE,
    ENTERS,
    MAY_LEAVE,
    STAYS,
    UNKNOWN,
    ListCriteria,
    change_of,
    criteria,
)
from tanzhi.streams.verification.key_list.work import public_by

RULE = ListCriteria(Decimal(26000), (2025, 2024))


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "years"), [(2022, (2020, 2019)), (2026, (2024, 2023)), (2027, (2025, 2024))])
def test_a_list_goes_by_the_year_before_last_and_leaving_by_the_one_before_it_too(
    year: int, years: tuple[int, int]
) -> None:
    assert criteria(year) == ListCriteria(Decimal(26000), years)


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2021, 2028])
def test_a_year_for_which_the_law_names_nothing_is_refused(year: int) -> None:
    with pytest.raises(Refused) as refusal:
        criteria(year)
    assert refusal.value.code == "LAW-MISSING"


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "day"), [(2026, None), (2027, date(2026, 10, 31))])
def test_the_list_of_2027_is_to_be_public_by_the_end_of_october(year: int, day: date | None) -> None:
    assert public_by(year) == day


@pytest.mark.parametrize(
    ("is_listed", "newest", "before", "change"),
    [
        (False, "25999.99", None, ""),
        (False, "26000", None, ENTERS),
        (False, "26000.01", None, ENTERS),
        (False, None, "900000", ""),
        (True, "26000", "1", STAYS),
        (True, "25999.99", "26000", BELOW_ONCE),
        (True, "25999.99", "25999.99", MAY_LEAVE),
        (True, "0", "0", MAY_LEAVE),
        (True, "25999.99", None, BELOW_ONCE),
        (True, None, "25999.99", UNKNOWN),
        (True, None, None, UNKNOWN),
    ],
)
def test_what_the_criteria_say(is_listed: bool, newest: str | None, before: str | None, change: str) -> None:
    years = {2025: newest, 2024: before}
    emissions = {year: Decimal(tonnes) for year, tonnes in years.items() if tonnes is not None}
    assert change_of(RULE, is_listed, emissions) == change
