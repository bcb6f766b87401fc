"""What a guideline declares of its industry names rules of the kind and at the level that are meant."""

from __future__ import annotations

from typing import Any

import pytest

from tanzhi.rulebook.kernel import Guideline, Parameters, Text, total
from tanzhi.rulebook.kernel.industry import ComparedTotal, Industry, Merging
from tanzhi.rulebook.kernel.rules import GuidelineFault

LABEL = Text("量", "quantity")
LEVELS = {"enterprise": "enterprises", "unit": "units"}
RIGHT = {"sector": "x", "label": LABEL, "total": "emission", "unit_total": "unit_emission"}
MERGING = {
    "unit_class": "kind", "merged_class": "filed", "least_favourable": ("a",), "size": "filed", "member_size": "filed",
}  # fmt: skip


def works(levels: dict[str, str] = LEVELS, **told: Any) -> Guideline:
    g = Guideline("works", title=LABEL, levels=levels, parameters=Parameters(), industry=Industry(**(RIGHT | told)))
    low = list(levels)[-1]

    @g.input("t", level=low, decimals=2, label=LABEL)
    def filed(): ...

    @g.input("t", level="enterprise", decimals=2, label=LABEL)
    def filed_above(): ...

    @g.choice(level=low, label=LABEL, options={"a": LABEL})
    def kind(): ...

    @g.quantity("t", level=low, decimals=2, label=LABEL)
    def unit_emission(filed):
        return filed * 2

    if len(levels) > 1:

        @g.quantity("t", level="enterprise", decimals=2, label=LABEL)
        def emission(unit_emission):
            return total(unit_emission)

    return g.seal()


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"obligation": "emission"},
        {"compared": (ComparedTotal("emission"), ComparedTotal("unit_emission"))},
        {"output": "filed", "used": "filed", "standstill": ("filed", "filed_above")},
        {"merging": Merging(**MERGING)},
    ],
)
def test_what_is_as_the_industry_says_is_taken(told: dict[str, Any]) -> None:
    assert works(**told).industry is not None


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"total": "unit_emission"}, "unit_emission"),
        ({"total": "filed_above"}, "filed_above"),
        ({"total": "unheard_of"}, "unheard_of"),
        ({"unit_total": "emission"}, "emission"),
        ({"unit_total": "filed"}, "filed"),
        ({"obligation": "unit_emission"}, "unit_emission"),
        ({"obligation": "filed_above"}, "filed_above"),
        ({"compared": (ComparedTotal("filed"),)}, "filed"),
        ({"compared": (ComparedTotal("emission"), ComparedTotal("unheard_of"))}, "unheard_of"),
        ({"output": "emission"}, "emission"),
        ({"used": "emission"}, "emission"),
        ({"standstill": ("filed", "emission")}, "emission"),
        ({"merging": Merging(**(MERGING | {"unit_class": "filed"}))}, "filed"),
        ({"merging": Merging(**(MERGING | {"merged_class": "emission"}))}, "emission"),
        ({"merging": Merging(**(MERGING | {"size": "emission"}))}, "emission"),
        ({"merging": Merging(**(MERGING | {"member_size": "emission"}))}, "emission"),
    ],
)
def test_a_name_of_another_kind_or_level_is_refused(told: dict[str, Any], name: str) -> None:
    with pytest.raises(GuidelineFault, match=f"works: '{name}' is not what its industry says of it"):
        works(**told)


def test_an_industry_needs_records_below_its_enterprises() -> None:
    with pytest.raises(GuidelineFault, match="has records below the enterprise"):
        works({"enterprise": "enterprises"}, total="unit_emission")
