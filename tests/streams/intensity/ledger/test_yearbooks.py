"""GDP as yearbooks print it and energy intensity as the communiqué does: years below or beside each other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.organisations.register.model import Region
from tanzhi.streams.intensity.ledger.ledger import ledger_of
from tanzhi.streams.intensity.ledger.model import GdpLevel, ReferencePoint
from tanzhi.streams.intensity.ledger.yearbooks import COMMUNIQUE, YEARBOOK
from tests.factories import World
from tests.sheets import file, taken_in

pytestmark = pytest.mark.django_db
TITLE = ("3-1 地区生产总值及指数",)
HEADS = ("年份", "地区生产总值（亿元）", "第一产业", "第二产业", "第三产业", "生产总值指数（上年=100）")
# The numbers of the layout, invented there: 8711.6 at prices of 2019, growth of 3.9 % and 6.9 % in the two years after.
YEARS: tuple[tuple[Any, ...], ...] = (
    (2018, "8,104.1", 900, 2794, 4410, 106.1),
    (2019, 8711.6, 1050, 2862, 4800, 106.2),
    (2020, 8979.7, 1194, 2818, 4967, 103.9),
    (2021, "10,243.3", 1364, 3466, 5413, "106.9"),
)
CONSTANTS = {"region": "990000", "price_base": "2019", "vintage": "年报", "source": "发展年鉴2022"}


def levels(province: Region) -> dict[tuple[int, int], str]:
    return {key: row.value for key, row in ledger_of(province).gdp.items()}


def test_the_base_year_s_gdp_and_the_indices_after_it_make_levels_at_one_price_base(
    officer: Actor, province: Region
) -> None:
    done = taken_in(YEARBOOK, officer, TITLE, HEADS, *reversed(YEARS), **CONSTANTS)
    # 8711.6 × 1.039 = 9051.3524; × 1.069 = 9675.8957156
    assert levels(province) == {
        (2019, 2019): "8711.6",
        (2019, 2020): "9051.3524",
        (2019, 2021): "9675.8957156",
    }
    assert (done.count, done.mapping["aside"]) == (3, 1)
    perform(YEARBOOK.undo_name, officer, done, {"reason": "年鉴版本不对"})
    assert levels(province) == {}


def test_the_same_file_comes_in_again_at_another_price_base_and_adds_nothing_twice(
    officer: Actor, province: Region
) -> None:
    rows = (TITLE, HEADS, *YEARS)
    taken_in(YEARBOOK, officer, *rows, **CONSTANTS)
    with pytest.raises(Refused) as refused:
        taken_in(YEARBOOK, officer, *rows, **CONSTANTS)
    assert refused.value.code == "IMP-AGAIN"
    taken_in(YEARBOOK, officer, *rows, **(CONSTANTS | {"price_base": "2020"}))
    assert levels(province)[2020, 2021] == "9599.2993"  # 8979.7 × 1.069
    assert GdpLevel.objects.count() == 5


def test_years_beside_each_other_are_read_by_their_indicators(officer: Actor, province: Region) -> None:
    heads = ("指标", "2019年", "2020年", 2021)
    rows = (("地区生产总值（亿元）", 8711.6, 8979.7, "10,243.3"), ("生产总值指数（上年=100）", 106.2, 103.9, 106.9))
    taken_in(YEARBOOK, officer, heads, *rows, **CONSTANTS)
    assert levels(province)[2019, 2021] == "9675.8957156"


def test_our_own_template_is_read_by_its_headings_though_a_row_of_it_holds_two_years(
    officer: Actor, province: Region
) -> None:
    heads = [f"{label.zh}\n{label.en}*" for label in YEARBOOK.labels.values()]
    source = ("2019", "年报", "发展年鉴2022", "是")
    rows = (("990000", 2019, 8711.6, None, *source), ("990000", 2020, None, 103.9, *source))
    taken_in(YEARBOOK, officer, heads, *rows)
    assert levels(province) == {(2019, 2019): "8711.6", (2019, 2020): "9051.3524"}


def test_provinces_by_years_with_numbers_as_text_come_in_as_gdp_or_as_index(
    officer: Actor, province: Region, world: World
) -> None:
    city = world.city
    columns = {"region": "地区", "year": "年份"}
    constants = {"price_base": "2019", "vintage": "年报", "source": "年鉴"}

    def read(rows: tuple[tuple[Any, ...], ...], field: str) -> None:
        data = {"file": file(*rows), "mapping": columns | {field: "数值"}, "constants": constants}
        perform(YEARBOOK.commit_name, officer, data=data)

    read(
        (("地区", "2018", "2019"), (province.name.zh, "8,104.10", "8,711.60"), (city.name.zh, "2,700.00", "2,837.36")),
        "gdp",
    )
    read((("地区", "2020", "2021"), (province.name.zh, "103.9", "106.9"), (city.name.zh, 102.4, 106.1)), "index")
    assert levels(province)[2019, 2021] == "9675.8957156"
    assert Decimal(levels(city)[2019, 2020]) == Decimal("2837.36") * Decimal("1.024")


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ((HEADS, (2019, "", 1, 1, 1, 106.2)), "INT-01", "Sheet!B2"),
        ((HEADS, YEARS[1], (2020, 8979.7, 1, 1, 1, "")), "INT-01", "Sheet!F3"),
        ((HEADS, YEARS[1], (2020, 8979.7, 1, 1, 1, 3.9)), "INT-01", "Sheet!F3"),
        ((HEADS, YEARS[1], YEARS[3]), "INT-03", "Sheet!A3"),
        ((("指标", "2019年", "2020年"), (HEADS[1], 8711.6, 1), (HEADS[5], 106, 3.9)), "INT-01", "Sheet!C3"),
        ((("指标", "2019年", "2020年"), (HEADS[1], 8711.6, 1), (HEADS[5], 106, "下降")), "VAL-NUMBER", "Sheet!C3"),
    ],
)
def test_what_does_not_make_a_level_is_told_at_its_cell(
    officer: Actor, province: Region, rows: tuple[tuple[Any, ...], ...], code: str, place: str
) -> None:
    with pytest.raises(Refused) as refused:
        taken_in(YEARBOOK, officer, *rows, **CONSTANTS)
    assert [(each.code, each.place) for each in refused.value.findings] == [(code, place)]
    assert not GdpLevel.objects.exists()


def test_another_province_s_officer_imports_no_yearbook_here(other_officer: Actor, province: Region) -> None:
    with pytest.raises(Refused):
        taken_in(YEARBOOK, other_officer, TITLE, HEADS, *YEARS, **CONSTANTS)
    assert not GdpLevel.objects.exists()


def test_a_column_of_the_communique_is_quoted_against_the_year_before(officer: Actor, province: Region) -> None:
    heads = (
        "地区",
        "万元地区生产总值能耗上升或下降（±%）",
        "能源消费总量增速（%）",
        "万元地区生产总值电耗上升或下降（±%）",
    )
    rows = (heads, (province.name.zh, -3.1, 2.4, "1.2"))
    constants = {"year": "2023", "source": "能耗公报"}
    done = taken_in(COMMUNIQUE, officer, *rows, **constants)
    point = ReferencePoint.objects.get()
    assert (point.series, point.base_year, point.year, point.change) == ("energy_per_gdp_990000", 2022, 2023, "-3.1")
    with pytest.raises(Refused) as refused:
        taken_in(COMMUNIQUE, officer, heads, (province.name.zh, -3.2, 2.4, "1.2"), **constants)
    assert [each.code for each in refused.value.findings] == ["INT-08"]
    perform(COMMUNIQUE.undo_name, officer, done, {"reason": "公报年份不对"})
    assert not ReferencePoint.objects.exists()
