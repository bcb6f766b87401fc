"""The digits of a workbook's number are those that a spreadsheet shows."""

from decimal import Decimal
from typing import Any

import pytest

from tanzhi.rulebook.kernel.spelling import cell_number, spelled_day


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0.30000000000000004", "0.3"),
        ("1234567890.12345", "1234567890.12345"),  # fifteen digits
        ("1234567890.123456", "1234567890.12346"),  # the sixteenth rounds the fifteenth
        ("123456789012345", "123456789012345"),
    ],
)
def test_fifteen_digits_of_a_stored_number_count(stored: str, shown: str) -> None:
    assert cell_number(stored) == Decimal(shown)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("1900-01-01", "1900-01-01"),
        ("2199-12-31", "2199-12-31"),
        (20240603, "2024-06-03"),
        ("1899-12-31", ""),
        ("2200-01-01", ""),
        (Decimal(20240603), ""),
        (True, ""),
    ],
)
def test_a_day_lies_between_1900_and_2199_and_is_words_or_a_whole_number(raw: Any, day: str) -> None:
    spelled = spelled_day(raw)
    assert (spelled.value, spelled.code) == (day, "" if day else "VAL-DATE")
