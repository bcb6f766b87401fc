"""A formula is printed as it is written in a book."""

from decimal import Decimal

import pytest

from tanzhi.rulebook.kernel.formula import formula


def product(a, b, c):
    """Docstrings are left out."""
    return a * (b + c) * 44 / 12


def division(a, b, c):
    return a / (b * c) - (b - c) - -a


def power(a, b):
    return Decimal("1.015") ** (16 - a / 5) * (a * b) ** 2


def steps(a, b):
    share = a / b
    return 1 - share


def condition(a, where, chosen):
    return where(a <= 65, chosen(a, "x"), a == 1)


def odd(a, b):
    if a > b > 1:
        return a % b
    return [a, b]


def keyword(x, others):
    return others(x, among=x != 0) + x.mean()


def comparisons(a, b):
    return (a < b) + (a <= b) + (a > b) + (a >= b) + (a == b) + (a != b)


def compared_sums(a, b, any_of):
    return any_of(a < b + 1, a <= b - 1, a + 1 > b, a - 1 >= b, a == b + 1, a - 1 != b)


def constants(a, where):
    return where(a, True, where(a, False, None))


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (constants, "if(a; yes; if(a; no; blank))"),
        (product, "a × (b + c) × 44 ÷ 12"),
        (division, "a ÷ (b × c) − (b − c) − −a"),
        (power, "1.015^(16 − a ÷ 5) × (a × b)^2"),
        (steps, "share = a ÷ b; 1 − share"),
        (condition, "if(a ≤ 65; chosen(a; x); a = 1)"),
        (odd, "if a > b > 1:\n    return a % b; [a, b]"),
        (comparisons, "(a < b) + (a ≤ b) + (a > b) + (a ≥ b) + (a = b) + (a ≠ b)"),
        (compared_sums, "any of(a < b + 1; a ≤ b − 1; a + 1 > b; a − 1 ≥ b; a = b + 1; a − 1 ≠ b)"),
        (keyword, "mean of the others(x; x ≠ 0) + x.mean()"),
    ],
)
def test_a_formula_reads_like_a_formula(function, expected):
    assert formula(function, {}) == expected


def test_names_are_put_in_and_words_are_in_the_language():
    assert formula(condition, {"a": "负荷"}, "zh") == "若(负荷 ≤ 65; 选择(负荷; x); 负荷 = 1)"


def modulo(a, b):
    return a % b


def less_modulo(a, b):
    return a - b % 2


def power_of_a_power(a, b):
    return (a**b) ** 2 + a ** (b**2)


def test_an_unusual_sign_is_named():
    """And binds as plus and minus do."""
    assert formula(modulo, {}) == "a Mod b"
    assert formula(less_modulo, {}) == "a − (b Mod 2)"


def test_a_power_of_a_power_keeps_its_brackets():
    assert formula(power_of_a_power, {}) == "(a^b)^2 + a^b^2"
