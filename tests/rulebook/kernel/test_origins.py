"""What a result came from: the arguments by position, for each word that chooses among them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tanzhi.rulebook.kernel import words
from tanzhi.rulebook.kernel.branch import Decisions, Traced, origins
from tanzhi.rulebook.kernel.children import Children
from tanzhi.rulebook.kernel.states import BLANK, EXCLUDED, NOT_DETERMINABLE, NOT_REPORTED, Absent

D = Decimal
BLANKED, UNREPORTED, UNDETERMINED = Absent(BLANK), Absent(NOT_REPORTED), Absent(NOT_DETERMINABLE)


def told(value: Any, position: int = 0) -> Traced:
    return Traced(value, frozenset((position,)), Decisions())


@pytest.mark.parametrize(
    ("function", "arguments", "positions"),
    [
        (words.any_of, (True, False), {0}),
        (words.any_of, (False, True), {1}),
        (words.any_of, (True, True), {0}),
        (words.any_of, (False, False), {0, 1}),
        (words.all_of, (True, False), {1}),
        (words.all_of, (False, True), {0}),
        (words.all_of, (True, True), {0, 1}),
        (words.any_of, (BLANKED, False, True), {2}),
        (words.where, (True, D(1), D(2)), {0, 1}),
        (words.where, (False, D(1), D(2)), {0, 2}),
        (words.given, (D(1), D(2)), {0}),
        (words.given, (BLANKED, D(2)), {1}),
        (words.given, (UNDETERMINED, D(2)), set()),
        (words.quotient, (D(1), D(2)), {0, 1}),
        (lambda a, b: a + b * 0, (D(1), D(2)), {0, 1}),
        (lambda a, b: a if b > 1 else D(0), (D(1), D(2)), {0, 1}),
        (lambda a, b: a if b > 1 else D(0), (D(1), D(1)), {1}),
    ],
)
def test_a_result_came_from_what_decided_it(
    function: Callable[..., Any], arguments: tuple[Any, ...], positions: set[int]
) -> None:
    named = {f"argument_{position}": argument for position, argument in enumerate(arguments)}
    assert origins(lambda **traced: function(*traced.values()), named) == positions


@pytest.mark.parametrize("word", ["any_of", "all_of"])
@pytest.mark.parametrize("answers", [(True, True), (True, False), (False, True), (False, False), (True,), (False,)])
def test_answers_that_know_their_origin_answer_as_others_do(word: str, answers: tuple[bool, ...]) -> None:
    traced = [told(answer, position) for position, answer in enumerate(answers)]
    assert traced[0].perform(word, *traced).value is getattr(words, word)(*answers)


@pytest.mark.parametrize("word", ["any_of", "all_of"])
@pytest.mark.parametrize("first", [BLANKED, UNREPORTED, UNDETERMINED, Absent(EXCLUDED)])
@pytest.mark.parametrize("second", [None, BLANKED, UNREPORTED, UNDETERMINED, Absent(EXCLUDED)])
def test_where_nothing_decides_what_is_absent_does(word: str, first: Absent, second: Absent | None) -> None:
    answer = word == "all_of"  # does not decide
    absents = [first] if second is None else [first, second]
    found = told(answer).perform(word, told(answer), *absents)
    assert found.state == getattr(words, word)(answer, *absents).state


def test_of_several_the_first_given_stands_and_else_the_last() -> None:
    number = told(D(3))
    assert number.perform("given", BLANKED, number, told(D(4))) is number
    assert number.perform("given", BLANKED, UNDETERMINED, number) is UNDETERMINED
    assert number.perform("given", BLANKED, UNREPORTED) is UNREPORTED


def test_a_number_is_known_and_children_are_divided_one_by_one() -> None:
    assert told(D(3)).perform("known", told(D(3))) is True
    shares = told(D(2)).perform("quotient", Children([told(D(6)), told(D(3), 1)]), told(D(2), 2))
    assert [(share.value, share.origin) for share in shares] == [(D(3), {0, 2}), (D("1.5"), {1, 2})]
    quotient = told(D(6)).perform("quotient", told(D(6)), told(D(2), 1))
    assert (quotient.value, quotient.origin) == (D(3), {0, 1})


def test_a_choice_of_what_is_not_there_is_not_there() -> None:
    condition = told(True)
    assert condition.perform("where", condition, None, told(D(1))) is None
    assert condition.perform("where", condition, BLANKED, told(D(1))) is BLANKED
    assert condition.perform("where", BLANKED, told(D(1)), told(D(2))) is BLANKED
    number = told(D(1), 1)
    assert number.perform("where", True, number, D(2)) is number


@pytest.mark.parametrize(("number", "asked"), [(D(0), {0}), (D(1), set())])
def test_a_divisor_decides_where_it_is_nil(number: Decimal, asked: set[int]) -> None:
    divisor = told(number)
    assert divisor.magnitude == number
    assert divisor.decisions.origin == asked
