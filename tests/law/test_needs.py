"""Which values a year's rules ask for: an invented toll by kind of cart, whose rate some rules pass over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tanzhi.law.needs import needs, offered_codes, unvalued
from tanzhi.rulebook.kernel import Guideline, Parameters, Text, chosen, where
from tanzhi.rulebook.kernel.entries import DatedValue, Parameter

LABEL = Text("量", "quantity")
SMALL, LARGE, UNKNOWN = (Text(name, name) for name in ("small", "large", "unknown"))


def below_one(kind: Any, carts: Any, rate: Any) -> Any:
    return where(chosen(kind, "small"), where(carts < 1, rate, carts), carts)


def at_one_alone(kind: Any, carts: Any, rate: Any) -> Any:
    return where(chosen(kind, "small"), where(carts < 1, carts, where(carts <= 1, rate, carts)), carts)


def from_a_thousand_on(kind: Any, carts: Any, rate: Any) -> Any:
    return where(chosen(kind, "small"), where(carts < 1000, carts, rate), carts)


def never(kind: Any, carts: Any, rate: Any) -> Any:
    return where(chosen(kind, "small"), carts, where(chosen(kind, "large"), carts, rate))


def toll(rule: Callable[..., Any]) -> tuple[Guideline, dict[str, Parameter]]:
    """A guideline with the one rule, and its table, for which nobody ever had a value."""
    tables = {"rate": Parameter(name="rate", label=LABEL, unit="1", keys=("kind",))}
    g = Guideline("toll", title=LABEL, levels={"enterprise": "enterprises"}, parameters=Parameters(tables))
    g.choice(level="enterprise", label=LABEL, form="gate", options={"small": SMALL, "large": LARGE})(kind)
    g.input("1", level="enterprise", label=LABEL, form="day")(counted)
    g.quantity("1", level="enterprise", label=LABEL)(carts)
    g.quantity("1", level="enterprise", label=LABEL)(rule)
    g.choice(level="enterprise", label=LABEL, options={"small": SMALL, "large": LARGE, "unknown": UNKNOWN})(taxed_as)
    g.choice(level="enterprise", label=LABEL, options={"small": SMALL, "large": LARGE})(size)
    return g.seal(), tables


def kind() -> None: ...


def counted() -> None: ...


def carts(counted: Any) -> Any:
    return counted * 2


def taxed_as(kind: Any = None) -> Any:
    return where(chosen(kind, "small"), "small", where(chosen(kind, "large"), "large", "unknown"))


def size(carts: Any) -> Any:
    return where(carts < 10, "small", "large")


@pytest.mark.parametrize(
    ("rule", "asked_for"),
    [(below_one, ["small"]), (at_one_alone, ["small"]), (from_a_thousand_on, ["small"]), (never, [])],
)
def test_a_value_is_needed_for_those_keys_alone_for_which_some_number_asks_for_it(
    rule: Callable[..., Any], asked_for: list[str]
) -> None:
    guideline, tables = toll(rule)
    assert [need.keys for need in needs(guideline, 2024, tables)] == [(("kind", code),) for code in asked_for]


def test_a_need_names_the_forms_that_its_rule_computes_with_through_what_lies_between() -> None:
    guideline, tables = toll(below_one)
    [need] = needs(guideline, 2024, tables)
    assert set(need.forms) == {"gate", "day"}  # the kind of cart of the rule itself, and the count below the carts


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("kind", ["small", "large"]),
        ("taxed_as", ["small", "large"]),  # unknown is its own word for a blank, and no kind of cart
        ("size", ["small", "large"]),  # of no choice: all of its codes
        ("carts", []),
        ("horses", []),
    ],
)
def test_a_derived_choice_offers_the_codes_of_the_choices_that_it_is_derived_from(name: str, codes: list[str]) -> None:
    guideline, _ = toll(never)
    assert offered_codes(guideline.edition(2024), name) == codes


def size_of_kind(kind: Any, carts: Any) -> Any:
    return where(chosen(kind, "small"), "small", where(carts < 10, "small", "large"))


def by_size(size_of_kind: Any, carts: Any, rate: Any) -> Any:
    return where(chosen(size_of_kind, "small", "large"), carts * rate, carts)


def test_a_code_that_a_choice_and_a_number_decide_can_be_whatever_the_number_is() -> None:
    """Ten carts and more of a large kind are large; the table has a value for small ones alone."""
    small = DatedValue(keys={"size_of_kind": ("small",)}, value=Decimal(2), since=date(2020, 1, 1))
    rate = Parameter(name="rate", label=LABEL, unit="1", keys=("size_of_kind",), entries=(small,))
    g = Guideline("toll", title=LABEL, levels={"enterprise": "enterprises"}, parameters=Parameters({"rate": rate}))
    g.choice(level="enterprise", label=LABEL, form="gate", options={"small": SMALL, "large": LARGE})(kind)
    g.input("1", level="enterprise", label=LABEL, form="day")(counted)
    g.quantity("1", level="enterprise", label=LABEL)(carts)
    g.choice(level="enterprise", label=LABEL, options={"small": SMALL, "large": LARGE})(size_of_kind)
    g.quantity("1", level="enterprise", label=LABEL)(by_size)
    lacking = unvalued(g.seal(), 2024, {"rate": rate})
    assert [need.keys for need in lacking] == [(("size_of_kind", "large"),)]
