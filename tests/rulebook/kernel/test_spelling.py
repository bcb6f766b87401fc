"""The digits of a workbook's number are those that a spreadsheet shows; what is read as number, day or choice."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tanzhi.rulebook.kernel.spelling import (
    Spelled,
    cell_number,
    short,
    spelled_choice,
    spelled_day,
    spelled_number,
    spelled_whole,
    spelled_yes,
)
from tanzhi.rulebook.kernel.text import Text


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


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12.50", "12.50"),
        (12, "12"),
        (Decimal("12.50"), "12.50"),
        (10**20 - 1, "9" * 20),  # twenty digits before the point, and no more
        (10**20, ""),
        (10**41, ""),
        (Decimal("1E-20"), "0." + "0" * 19 + "1"),
        (Decimal("1E-41"), ""),
        (Decimal("NaN"), ""),
        (True, ""),
        (12.5, ""),
        (date(2024, 6, 3), ""),
        (None, ""),
        ([12], ""),
    ],
)
def test_a_number_is_words_a_whole_number_or_a_decimal(raw: Any, value: str) -> None:
    spelled = spelled_number(raw)
    assert (spelled.value, spelled.code) == (value, "" if value else "VAL-NUMBER")


@pytest.mark.parametrize(
    ("code", "readable"),
    [("", True), ("VAL-SEPARATOR", True), ("VAL-WIDTH", True), ("VAL-COMMA", False), ("VAL-NUMBER", False)],
)
def test_what_was_only_converted_can_be_read(code: str, readable: bool) -> None:
    assert Spelled("12", code).readable is readable


@pytest.mark.parametrize(
    ("number", "words"),
    [("100", "100"), ("100.00", "100"), ("1.50", "1.5"), ("0.0", "0"), ("1E+2", "100"), ("-0.10", "-0.1")],
)
def test_a_short_number_loses_the_zeros_behind_its_point_alone(number: str, words: str) -> None:
    assert short(Decimal(number)) == words


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("gas", "gas"),
        ("燃气", "gas"),
        ("natural GAS", "gas"),
        (" coal ", "coal"),
        ("第一档", "1"),
        (1, "1"),
        (Decimal("1.0"), "1"),
        ("oil", ""),
        ("", ""),
        ("GAS", ""),
    ],
)
def test_a_choice_is_its_code_or_its_words_in_either_language(raw: Any, code: str) -> None:
    options = {
        "coal": Text("燃煤", "Coal"),
        "gas": Text("燃气", "Natural gas"),
        "1": Text("第一档", "First band"),
    }
    spelled = spelled_choice(raw, options)
    assert (spelled.value, spelled.code) == (code, "" if code else "VAL-OPTION")


@pytest.mark.parametrize(
    ("raw", "value"),
    [(True, "true"), (False, "false"), ("是", "true"), (" YES ", "true"), ("1", "true"), ("√", "true"),
     ("True", "true"), ("否", "false"), ("No", "false"), ("0", "false"), ("n", "false"), ("false", "false")],
)  # fmt: skip
def test_yes_and_no_are_read_as_people_write_them(raw: object, value: str) -> None:
    assert (spelled_yes(raw).value, spelled_yes(raw).code) == (value, "")


@pytest.mark.parametrize("raw", ["", "maybe", "2", None])
def test_what_is_neither_yes_nor_no_is_told(raw: object) -> None:
    assert (spelled_yes(raw).value, spelled_yes(raw).code) == ("", "VAL-YES")


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [("12", "12", ""), ("-3", "-3", ""), ("12.0", "12", ""), ("1,200", "1200", "VAL-SEPARATOR"),
     ("１２", "12", "VAL-WIDTH"),
     ("12.5", "", "VAL-WHOLE"), ("twelve", "", "VAL-WHOLE"), ("", "", "VAL-WHOLE"), ("1,5", "", "VAL-COMMA")],
)  # fmt: skip
def test_a_whole_number_is_read_as_people_write_it(raw: str, value: str, code: str) -> None:
    spelled = spelled_whole(raw)
    assert (spelled.value, spelled.code) == (value, code)
