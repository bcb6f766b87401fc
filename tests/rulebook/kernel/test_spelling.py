"""The digits of a workbook's number are those that a spreadsheet shows."""

from decimal import Decimal

import pytest

from tanzhi.rulebook.kernel.spelling import cell_number


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
