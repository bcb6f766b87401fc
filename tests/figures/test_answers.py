from decimal import Decimal

import pytest

from tanzhi.figures.answers import FigureAnswer, FigureFault, Part, count_of, group, ratio, sum_of
from tanzhi.rulebook.kernel import Mark, Text

SUM = Text("合计", "sum")
DRAFT = Mark("draft", Text("征求意见稿", "draft"), "somewhere")


def part(value, unit="t", **more):
    number = None if value is None else Decimal(value)
    return Part(Text("甲厂", "Plant A"), number, unit, **more)


def test_a_sum_is_exact_where_binary_fractions_are_not():
    # 0.1 + 0.2 is 0.3; ten million times 0.01 is one hundred thousand
    assert sum_of([part("0.1"), part("0.2")], SUM).value == Decimal("0.3")


def test_tonnes_and_percents_are_not_added():
    with pytest.raises(FigureFault, match="different units"):
        sum_of([part("1"), part("1", "%")], SUM)


def test_ratios_are_not_averaged_or_added():
    with pytest.raises(FigureFault, match="averaged"):
        sum_of([part("50", "%"), part("100", "%")], SUM)


def test_a_ratio_of_groups_is_the_ratio_of_their_sums():
    # 1 of 1 and 1 of 9 on time: 2 of 10 = 20 %; the mean of 100 % and 11.11 % would be 55.56 %
    on_time = group(Text("按时", "on time"), [part("1", "1"), part("1", "1")], "1")
    due = group(Text("应报", "due"), [part("1", "1"), part("9", "1")], "1")
    assert ratio(on_time, due, SUM).value == Decimal("20.00")


def test_a_ratio_is_rounded_half_up():
    # 1/8 = 12.5 % → 13 %; half even would give 12
    assert ratio(part("1"), part("8"), SUM, decimals=0).value == Decimal(13)


def test_nothing_due_makes_a_ratio_not_determinable_and_not_zero():
    answer = ratio(part("0"), part("0"), SUM)
    assert (answer.value, answer.state) == (None, "not_determinable")
    assert "zero" in answer.reason.en
    assert "零" in answer.reason.zh


def test_a_part_that_cannot_be_determined_makes_the_sum_so_and_says_which():
    missing = part(None, state="not_determinable", reason=Text("缺参数", "parameter missing"))
    answer = sum_of([part("5"), missing], SUM)
    assert (answer.value, answer.state) == (None, "not_determinable")
    assert answer.reason.en == "Plant A: parameter missing"


def test_a_blank_part_is_left_out_and_the_sum_says_that_it_is_incomplete():
    answer = sum_of([part("5"), part(None, state="blank")], SUM)
    assert answer.value == 5
    assert [m.text.en for m in answer.all_marks] == ["1 of 2 are missing"]


def test_an_excluded_part_is_neither_added_nor_missed():
    answer = sum_of([part("5"), part("7", state="excluded")], SUM)
    assert (answer.value, answer.all_marks) == (5, frozenset())


def test_no_part_is_blank_and_not_zero():
    assert (sum_of([], SUM).value, sum_of([], SUM).state) == (None, "blank")


def test_no_part_counted_is_a_true_zero():
    assert (count_of([], SUM).value, count_of([], SUM).state) == (0, "known")


def test_a_draft_mark_travels_up_from_the_lowest_part():
    low = part("5", marks=frozenset({DRAFT}))
    assert FigureAnswer(Decimal(5), parts=[part("5", parts=[low])]).all_marks == {DRAFT}
