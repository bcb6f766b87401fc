"""Charts and the tile map: exact tables beside pictures, in both languages, readable without colour."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import altair
import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from jsonschema import ValidationError

from tanzhi.presentation.charts.chart import Chart, bars, download, lines
from tanzhi.presentation.charts.colours import series, tokens
from tanzhi.presentation.charts.tile_map import tile_map
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.rulebook.kernel.text import Text

TONNES = Text("吨", "t")
CHART = Chart(
    "emission",
    title=Text("六月的排放量最高", "June emitted most"),
    columns=(
        ListColumn("month", Text("月份", "Month")),
        ListColumn("city", Text("地市", "City")),
        ListColumn("emission", Text("排放量", "Emission"), kind="number", unit=TONNES),
    ),
    rows=[
        {"month": "2023-05", "city": Text("甲市", "A"), "emission": Decimal("10.10")},
        {"month": "2023-06", "city": Text("<乙&市>", "<B&>"), "emission": Decimal("12345678901234567.89")},
    ],
    draw=bars("month", "emission", by="city"),
)


def drawn(tag: str, **context: object) -> str:
    request = RequestFactory().get("/page/", {"year": "2023"})
    return Template("{% load presentation %}" + tag).render(Context({"request": request, **context}))


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "六月的排放量最高"), ("en", "June emitted most")])
def test_the_title_states_the_finding_in_the_readers_language(language: str, title: str) -> None:
    with translation.override(language):
        page = drawn("{% chart found %}", found=CHART)
    assert f"<figcaption>{title}" in page
    assert f'aria-label="{title}"' in page


def test_the_table_beside_the_picture_is_exact() -> None:
    with translation.override("zh-hans"):
        page = drawn("{% chart found %}", found=CHART)
    assert "12\u2009345\u2009678\u2009901\u2009234\u2009567.89" in page
    assert "排放量（吨）" in page
    assert "year=2023&amp;chart=emission&amp;as=png" in page


def test_words_in_a_picture_cannot_become_markup() -> None:
    with translation.override("zh-hans"):
        picture = str(CHART.svg)
    assert "<乙&市>" not in picture
    words = {element.text for element in ElementTree.fromstring(picture).iter() if element.tag.endswith("text")}
    assert "<乙&市>" in words


def test_a_picture_is_as_wide_as_its_card_and_keeps_its_proportions() -> None:
    for draw in (
        bars("month", "emission", by="city"),
        bars("city", "emission", across=True),
        lines("month", "emission"),
    ):
        picture = ElementTree.fromstring(str(Chart("wide", CHART.title, CHART.columns, CHART.rows, draw).svg))
        assert (picture.get("width"), picture.get("height")) == ("100%", None)
        left, top, width, height = (float(part) for part in str(picture.get("viewBox")).split())
        assert (left, top, width) == (0, 0, 960)
        assert 0 < height < width


def test_on_a_phone_bars_have_the_width_of_the_picture_and_names_stand_above_them() -> None:
    name = "兰州市示例热电联产有限责任公司第二发电分公司"  # of 22 characters
    rows = [{"month": name, "city": "", "emission": 4}, {"month": "乙", "city": "", "emission": 1}]
    chart = replace(CHART, rows=rows, draw=bars("month", "emission", across=True))
    with translation.override("zh-hans"):
        picture = ElementTree.fromstring(str(chart.narrow_svg))
    whole = float(picture.attrib["viewBox"].split()[2])
    drawn_bars = [element for element in picture.iter() if element.attrib.get("aria-roledescription") == "bar"]
    long, short = (float(re.split("[hv]", element.attrib["d"])[1]) for element in drawn_bars)  # M0,18h328v10h-328Z
    assert (whole, round(long / short, 6)) == (340, 4)
    assert long > 0.9 * whole
    assert name in {element.text for element in picture.iter()}  # not cut off


def test_series_wear_the_colours_of_the_style_sheet() -> None:
    assert tokens()["malachite"] == "#2c6e5d"
    assert all(colour in str(CHART.svg) for colour in series()[:2])


def test_the_files_carry_the_title_and_the_font_by_name() -> None:
    with translation.override("zh-hans"):
        request = RequestFactory().get("/page/", {"chart": "emission", "as": "svg"})
        response = download(request, CHART)
        assert response is not None
        assert "六月的排放量最高" in response.content.decode()
        assert "Noto Sans SC" in response.content.decode()
        picture = download(RequestFactory().get("/page/", {"chart": "emission", "as": "png"}), CHART)
    assert picture is not None
    assert picture.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("asked", [{}, {"chart": "emission", "as": "exe"}, {"chart": "other", "as": "svg"}])
def test_anything_else_asked_for_gives_the_page(asked: dict[str, str]) -> None:
    assert download(RequestFactory().get("/page/", asked), CHART) is None


@pytest.mark.parametrize(
    "draw",
    [bars("month", "emission"), bars("month", "emission", "city", across=True), lines("month", "emission", "city")],
)
def test_a_drawing_holds_against_the_schema_that_pages_do_not_ask(draw: Any) -> None:
    columns = (CHART.columns[0], CHART.columns[1], ListColumn("emission", TONNES, kind="number"))
    rows = [{"month": f"2023-{n:02d}", "city": str(n % 2), "emission": n} for n in range(1, 7)]
    specification = Chart("drawn", CHART.title, columns, rows, draw)._specification(titled=True)
    altair.Chart.from_dict(specification, validate=True)
    with pytest.raises(ValidationError):
        altair.Chart.from_dict(specification | {"mark": 7}, validate=True)


def test_lines_are_told_apart_by_dashes_too() -> None:
    chart = Chart("path", CHART.title, CHART.columns, CHART.rows, lines("month", "emission", by="city"))
    assert "stroke-dasharray" in str(chart.svg)


@dataclass
class Place:
    code: str
    row: int | None
    column: int | None
    counted: bool = True

    @property
    def name(self) -> Text:
        return Text(f"地区{self.code}", f"Region {self.code}")


PLACES = [Place("a", 0, 0), Place("b", 1, 2), Place("c", 1, 1, counted=False), Place("d", None, None)]


def test_tiles_stand_where_the_regions_say_and_print_their_value() -> None:
    found = tile_map(Text("图", "Map"), TONNES, PLACES, {"a": Decimal(1), "b": Decimal(6), "c": None})
    assert [(tile.place.code, tile.row, tile.column, tile.state) for tile in found.tiles] == [
        ("a", 1, 1, "step-1"),
        ("c", 2, 2, "none"),
        ("b", 2, 3, "step-5"),
    ]
    with translation.override("en"):
        page = drawn("{% tile_map found %}", found=found)
    assert "No data" in page
    assert "not in totals" in page


def test_a_light_is_said_in_words() -> None:
    found = tile_map(
        Text("图", "Map"), TONNES, PLACES, {"a": 1, "b": 2}, light=lambda code: "late" if code == "a" else "ok"
    )
    with translation.override("zh-hans"):
        page = drawn("{% tile_map found %}", found=found)
    assert "预警" in page
    assert 'class="tile late"' in page


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("top", [2, 5, 6])
def test_an_axis_of_counts_names_no_number_twice(top: int, across: bool) -> None:
    """Of two stacked parts, one and the rest; with halves between them an axis to two would say 0, 1, 1, 2, 2."""
    columns = (
        ListColumn("city", Text("地市", "City")),
        ListColumn("state", Text("状态", "State")),
        ListColumn("n", TONNES, kind="number"),
    )
    rows = [{"city": "甲", "state": "a", "n": 1}, {"city": "甲", "state": "b", "n": top - 1}]
    chart = Chart("n", Text("数", "n"), columns=columns, rows=rows, draw=bars("city", "n", by="state", across=across))
    words = [
        element.text for element in ElementTree.fromstring(str(chart.svg)).iter("{http://www.w3.org/2000/svg}text")
    ]
    numbers = [word for word in words if word and word.isdigit()]
    assert numbers == sorted(set(numbers), key=int)
    assert numbers[-1] == str(top)


@pytest.mark.parametrize(("count", "size"), [(1, 64), (3, 64), (4, None)])
def test_a_few_bars_do_not_fill_the_picture(count: int, size: int | None) -> None:
    rows = [{"month": f"2023-{n:02d}", "city": "A", "emission": n} for n in range(1, count + 1)]
    mark = replace(CHART, rows=rows)._specification(titled=False)["mark"]
    assert mark.get("size") == size


def test_an_axis_groups_thousands_as_the_pages_do() -> None:
    with translation.override("zh-hans"):
        rows = [{"month": "2023-05", "city": "A", "emission": Decimal("56000.5")}]
        words = [element.text or "" for element in ElementTree.fromstring(str(replace(CHART, rows=rows).svg)).iter()]
    assert "50\u202f000" in words
    assert not any("," in word for word in words)
