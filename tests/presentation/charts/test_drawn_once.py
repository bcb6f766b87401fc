"""A picture of the same rows in the same manner is defined once; other rows, words or a changing manner anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override

from tanzhi.presentation.charts.chart import Canvas, Chart, bars, manner_of
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text

COLUMNS = (ListColumn("city", Text("市州", "City")), ListColumn("t", Text("吨", "Tonnes"), kind="number"))


def chart_of(*amounts: int) -> Chart:
    rows = [{"city": Text(f"市{n}", f"City {n}"), "t": amount} for n, amount in enumerate(amounts)]
    return Chart("drawn-once", Text("题", "Title"), COLUMNS, rows, bars("city", "t"))


@pytest.fixture
def definitions(monkeypatch: pytest.MonkeyPatch) -> list[Chart]:
    """The charts that were defined anew."""
    anew: list[Chart] = []
    define = Chart._specification

    def noted(chart: Chart, titled: bool, width: int = 960) -> dict[str, Any]:
        anew.append(chart)
        return define(chart, titled, width)

    monkeypatch.setattr(Chart, "_specification", noted)
    return anew


def test_the_same_chart_made_again_is_defined_once(definitions: list[Chart]) -> None:
    first = chart_of(31, 41, 59)._definition(titled=False)
    assert chart_of(31, 41, 59)._definition(titled=False) == first
    assert len(definitions) == 1


@pytest.mark.parametrize("changed", ["rows", "height", "title", "language"])
def test_whatever_is_drawn_otherwise_is_defined_anew(definitions: list[Chart], changed: str) -> None:
    amounts = 26, 53, 100 + len(changed)  # of no other case: what is defined once stays defined
    chart = chart_of(*amounts)
    first = chart._definition(titled=True)
    match changed:
        case "rows":
            other = chart_of(*amounts, 97)._definition(titled=True)
        case "height":
            other = replace(chart, height=777)._definition(titled=True)
        case "title":
            other = replace(chart, title=Text("另题", "Another"))._definition(titled=True)
        case _:
            with override("en"):
                other = chart._definition(titled=True)
    assert other != first
    assert len(definitions) == 2


def test_a_manner_made_with_what_may_change_has_no_name() -> None:
    limits = [1, 2]

    def draw(canvas: Canvas) -> Any:
        return canvas, limits

    assert manner_of(draw) is None
    assert manner_of(bars("city", "t")) == manner_of(bars("city", "t"))
    assert manner_of(bars("city", "t")) != manner_of(bars("city", "t", across=True))
