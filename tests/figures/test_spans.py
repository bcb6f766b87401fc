from datetime import date

import pytest

from tanzhi.figures.questions import Question, Ref, Unanswerable
from tanzhi.figures.spans import Span


@pytest.mark.parametrize(
    ("code", "first", "last", "zh", "en"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "2023年", "2023"),
        ("2024H1", date(2024, 1, 1), date(2024, 6, 30), "2024年上半年", "2024 H1"),
        ("2023H2", date(2023, 7, 1), date(2023, 12, 31), "2023年下半年", "2023 H2"),
        ("2024Q1", date(2024, 1, 1), date(2024, 3, 31), "2024年第一季度", "2024 Q1"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月", "2024-02"),
        ("2024M01-09", date(2024, 1, 1), date(2024, 9, 30), "2024年前三季度", "2024 Q1–Q3"),
        ("2024M01-02", date(2024, 1, 1), date(2024, 2, 29), "2024年1—2月", "January–February 2024"),
        ("2023M04-12", date(2023, 4, 1), date(2023, 12, 31), "2023年4—12月", "April–December 2023"),
    ],
)
def test_a_period_has_its_first_and_last_day_and_a_title_in_both_languages(code, first, last, zh, en):
    span = Span.parse(code)
    assert (span.first, span.last, span.title.zh, span.title.en) == (first, last, zh, en)


def test_a_bulletin_of_a_half_year_speaks_of_the_report_year_before():
    assert Span.parse("2024H1").year_before.code == "2023"
    assert Span.parse("2024H1").same_a_year_ago.code == "2023H1"


def test_a_half_year_names_its_six_months():
    assert Span.parse("2023H2").month_codes == ("2023-07", "2023-08", "2023-09", "2023-10", "2023-11", "2023-12")


@pytest.mark.parametrize(
    "code", ["", "2024H3", "2024M09-01", "2024M00-03", "2024M01-13", "2024M01", "24", "2024-13", "2024 H1", "二〇二四"]
)
def test_words_that_are_no_period_are_refused_with_a_code_in_both_languages(code):
    with pytest.raises(Unanswerable) as refused:
        Question(code)
    assert refused.value.code == "FIG-PERIOD"
    assert code in refused.value.message.zh
    assert code in refused.value.message.en


def test_a_reference_survives_the_way_through_an_address():
    ref = Ref("result", "12", {"at": "units[1].months[2023-06].fuels[bituminous]", "name": "x&y=z 煤"})
    assert Ref.parse(str(ref)) == ref
    assert not set(str(ref)) & set(' []<>"')


def test_a_question_survives_the_way_through_a_reference():
    question = Question("2023", "62", {"sector": "power"})
    assert Question.of(Ref.parse(str(Ref("figure", "a.b", question.as_words()))).words) == question


@pytest.mark.parametrize("words", ["", "figure", "figure:", ":x", "?period=2023"])
def test_a_malformed_reference_is_refused_and_an_example_given(words):
    with pytest.raises(Unanswerable) as refused:
        Ref.parse(words)
    assert refused.value.code == "FIG-REF"
    assert refused.value.status == 404


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2024M03-04", "2024M01-02"),
        ("2024M05-08", "2024M01-04"),
        ("2024M10-12", "2024Q3"),
        ("2024H1", "2023H2"),
        ("2023H2", "2023H1"),
        ("2024", "2023"),
        ("2024Q1", "2023Q4"),
        ("2024-01", "2023-12"),
    ],
)
def test_the_period_before_has_the_same_length(period, before):
    assert Span.parse(period).previous.code == before


@pytest.mark.parametrize(
    ("months", "code"),
    [
        ((1, 12), "2024"),
        ((1, 6), "2024H1"),
        ((7, 12), "2024H2"),
        ((4, 6), "2024Q2"),
        ((6, 6), "2024-06"),
        ((1, 9), "2024M01-09"),
        ((2, 4), "2024M02-04"),
        ((4, 9), "2024M04-09"),
    ],
)
def test_months_of_a_year_have_one_code_and_the_usual_one_where_there_is_one(months, code):
    assert Span.between(2024, *months).code == code
    written = f"2024M{months[0]:02d}-{months[1]:02d}"
    assert Span.parse(written) == Span.parse(code)


@pytest.mark.parametrize(
    ("period", "before"), [("2024M01-09", "2023M01-09"), ("2024M01-02", "2023M01-02"), ("2024M03-10", "2023M03-10")]
)
def test_what_counts_from_january_or_would_begin_a_year_earlier_stands_beside_the_same_months(period, before):
    assert Span.parse(period).previous.code == before
    assert Span.parse(period).same_a_year_ago.code == before
