"""How an amount is said in both languages, with the full value beside it."""

from decimal import Decimal

import pytest

from tanzhi.figures.amounts import amount, moved
from tanzhi.rulebook.kernel import Text


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en", "full", "cut"),
    [
        ("95421400", "t", "9542.14万吨", "95.4214 Mt", "95,421,400 t", False),
        ("7693700", "t", "769.37万吨", "7.6937 Mt", "7,693,700 t", False),
        ("192000000", "t", "1.92亿吨", "192 Mt", "192,000,000 t", False),
        ("192345678", "t", "19234.57万吨", "192.3457 Mt", "192,345,678 t", True),
        ("9999", "t", "9,999吨", "9.999 kt", "9,999 t", False),
        ("-13271800", "tCO2e", "−1327.18万吨二氧化碳当量", "−13.2718 Mt CO₂e", "−13,271,800 t CO₂e", False),
        ("22116000000", "CNY", "221.16亿元", "22.116 bn yuan", "22,116,000,000 yuan", False),
        ("47300000000", "fen", "4.73亿元", "473 M yuan", "473,000,000 yuan", False),
        ("2211600", "10^4 CNY", "221.16亿元", "22.116 bn yuan", "22,116,000,000 yuan", False),
        ("12.5", "CNY", "12.5元", "12.5 yuan", "12.5 yuan", False),
        ("-52.2", "%", "−52.2%", "−52.2 %", "−52.2 %", False),
        ("0", "t", "0吨", "0 t", "0 t", False),
    ],
)
def test_an_amount_is_said_in_the_unit_of_the_language(value, unit, zh, en, full, cut):
    found = amount(Decimal(value), unit)
    assert (found.short.zh, found.short.en, found.full.en, found.cut) == (zh, en, full, cut)


def test_a_sentence_says_all_digits_where_the_short_form_lost_some():
    assert amount(Decimal(192345678), "t").sentence.zh == "19234.57万吨（192,345,678吨）"
    assert amount(Decimal(95421400), "t").sentence.en == "95.4214 Mt"


def test_a_count_says_what_it_counts():
    found = amount(Decimal(123), "enterprises", Text("家", "enterprises"))
    assert (found.sentence.zh, found.sentence.en) == ("123家", "123 enterprises")


def test_a_change_is_said_as_a_fall_or_a_rise():
    assert [moved(Decimal(n)).zh for n in ("-52.2", "0.87", "0")] == ["下降52.2%", "上升0.87%", "持平"]
