"""The matrix of the plans, cell by cell, and the dates of CCER."""

from datetime import date

import pytest

from tanzhi.rulebook.allocation.eligibility import Offsets, credit_refused, vintage_refused

LAW = Offsets(new_from=date(2024, 1, 22), old_until=date(2024, 12, 31))  # reference sheet on power, 3.4

OPENED = date(2026, 9, 3)  # third reading, 4

# vintage: the years (arrears 2022, 2023, 2024, 2025, 2026) it pays for (reference sheet on power, 3.2)
MATRIX = {
    2020: (1, 1, 1, 0, 0),
    2021: (1, 1, 1, 0, 0),
    2022: (1, 1, 1, 0, 0),
    2023: (1, 1, 1, 0, 0),
    2024: (0, 0, 1, 0, 0),
    2025: (1, 1, 1, 1, 1),
    2026: (1, 1, 1, 1, 1),
}


@pytest.mark.parametrize("vintage", MATRIX)
def test_a_vintage_pays_for_the_years_of_the_matrix(vintage):
    assert pays(vintage, date(2026, 9, 2)) == MATRIX[vintage]


@pytest.mark.parametrize("vintage", MATRIX)
def test_since_the_plan_of_september_2026_every_vintage_pays_for_arrears(vintage):
    """Third reading, 4: arrears of 2019 to 2024 payable with allowances of 2019 to 2026, from 2026-09-03."""
    assert pays(vintage, date(2026, 9, 3)) == (1, 1, 1, *MATRIX[vintage][3:])


def pays(vintage, on):
    return tuple(int(vintage_refused(vintage, year, on, OPENED) is None) for year in (2022, 2023, 2024, 2025, 2026))


@pytest.mark.parametrize(
    ("registered", "year", "on", "fits"),
    [
        (date(2016, 5, 1), 2022, date(2023, 11, 1), True),
        (date(2016, 5, 1), 2024, date(2024, 12, 31), True),
        (date(2016, 5, 1), 2024, date(2025, 1, 1), False),
        (date(2016, 5, 1), 2025, date(2024, 12, 1), False),
        (date(2024, 1, 22), 2025, date(2026, 10, 1), True),
        (date(2025, 6, 1), 2026, date(2027, 10, 1), True),
    ],
)
def test_ccer_offset_by_the_date_of_their_project(registered, year, on, fits):
    assert (credit_refused(registered, year, on, LAW) is None) is fits
