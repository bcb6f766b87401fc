"""Regions out of the national list: what the list holds, one act for a province, and every refusal of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import Refused
from tanzhi.evidence.models import Entry
from tanzhi.examples import gansu
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.national_list import COLUMNS, ROWS, listed_below, listed_provinces, national_list
from tests import factories
from tests.factories import PLATFORM

# Counted from the state's own numbers: 31 provincial units without Hong Kong, Macao and Taiwan, 333 at prefecture level
# (293 cities, 7 prefectures, 30 autonomous prefectures, 3 leagues; Ministry of Civil Affairs, end of 2023).
PROVINCES, PREFECTURES = 31, 333
# Names by what they end in, as the ministry counts them.
ENDINGS = {"自治州": 30, "地区": 7, "盟": 3}
CHOICE = {"province": "640000", "cities": ["640100", "640200"], "since": "2024-01-01"}


def test_the_list_has_as_many_provinces_and_prefectures_as_the_ministry_counts() -> None:
    cities = [region for region in national_list().values() if region.kind == "city"]
    assert (len(listed_provinces()), len(cities)) == (PROVINCES, PREFECTURES)
    assert {end: sum(city.zh.endswith(end) for city in cities) for end in ENDINGS} == ENDINGS


def test_what_lies_below_a_province_begins_with_its_two_digits() -> None:
    assert {region.code for region in national_list().values() if region.code[:2] != region.province[:2]} == set()
    assert len({region.code for region in national_list().values()}) == len(national_list())


@pytest.mark.parametrize("code", ["110000", "120000", "310000", "500000"])
def test_a_municipality_has_its_districts(code: str) -> None:
    """16 districts in Beijing, Tianjin and Shanghai; 38 districts and counties in Chongqing."""
    assert len(listed_below(code)) == (38 if code == "500000" else 16)


def test_every_proposed_tile_lies_on_the_map_and_is_one_region_s_own() -> None:
    for province in listed_provinces():
        places = [(region.row, region.column) for region in listed_below(province.code)]
        assert len(set(places)) == len(places), province.zh
        assert all(0 <= row < ROWS and 0 <= column < COLUMNS for row, column in places if row is not None), province.zh
        assert all(row is not None and column is not None for row, column in places)


def test_gansu_stands_in_the_list_as_the_example_has_it() -> None:
    """The example's table of regions was written by hand for the design of its map, before this list."""
    file = gansu.__path__[0] + "/regions.yaml"
    with open(file, encoding="utf-8") as stream:
        example = yaml.safe_load(stream)
    rows = [row for rows in example.values() if isinstance(rows, list) for row in rows]
    known = {row["code"]: row for row in rows if row["code"] in national_list() and row["code"] != "620000"}
    assert len(known) == 14
    for code, row in known.items():
        listed = national_list()[code]
        assert (listed.zh, listed.row, listed.column) == (row["zh"], row["row"], row["column"])


@pytest.fixture
def ningxia(settings: Any, administrator: Actor) -> list[Region]:
    settings.TANZHI_PROVINCE = "640000"
    result: list[Region] = perform("organisations.choose_regions", administrator, data=CHOICE).result
    return result


def test_one_act_sets_up_the_province_and_the_cities_that_were_ticked(ningxia: list[Region]) -> None:
    assert [(row.code, row.path, row.kind) for row in Region.objects.all()] == [
        ("640000", "640000/", "province"),
        ("640100", "640000/640100/", "city"),
        ("640200", "640000/640200/", "city"),
    ]
    yinchuan = Region.objects.get(code="640100")
    assert (yinchuan.name.zh, yinchuan.name.en, yinchuan.since) == ("银川市", "Yinchuan", date(2024, 1, 1))
    assert None not in (yinchuan.row, yinchuan.column)
    assert Entry.objects.filter(kind="organisations.choose_regions").count() == 1


def test_further_cities_are_ticked_later(ningxia: list[Region], administrator: Actor) -> None:
    perform("organisations.choose_regions", administrator, data=CHOICE | {"cities": ["640300"]})
    assert Region.objects.get(code="640300").parent == Region.objects.get(code="640000")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cities": ["640100", "640300"]}, "ORG-REGION-TAKEN"),
        ({"cities": []}, "ORG-REGION-TAKEN"),
        ({"cities": ["620100"]}, "ORG-REGION-OUTSIDE"),
        ({"province": "620000", "cities": ["620100"]}, "ORG-REGION-PROVINCE"),
        ({"cities": ["649900"]}, "ACT-INPUT"),
        ({"province": "640100"}, "ACT-INPUT"),
    ],
    ids=["there already", "nothing new", "of another province", "not this installation's", "unknown", "no province"],
)
def test_what_does_not_fit_is_refused_and_nothing_is_set_up(
    ningxia: list[Region], administrator: Actor, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        perform("organisations.choose_regions", administrator, data=CHOICE | change)
    assert refusal.value.code == code
    assert Region.objects.count() == 3


def test_every_city_that_does_not_fit_is_named(ningxia: list[Region], administrator: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        perform("organisations.choose_regions", administrator, data=CHOICE | {"cities": ["640100", "620100", "640300"]})
    found = [(finding.code, finding.found.zh) for finding in refusal.value.findings]
    assert found == [("ORG-REGION-TAKEN", "640100"), ("ORG-REGION-OUTSIDE", "620100")]


@pytest.mark.parametrize("who", ["officer", "director", "clerk", "verifier"])
def test_nobody_but_an_administrator_chooses_regions(request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(Refused, match="ACT-ROLE"):
        perform("organisations.choose_regions", request.getfixturevalue(who), data=CHOICE)


def test_a_region_under_itself_is_refused(administrator: Actor) -> None:
    data = {"code": "640900", "zh": "某市", "parent": "640900", "since": "2024-01-01"}
    with pytest.raises(Refused) as refusal:
        perform("organisations.add_region", administrator, data=data)
    assert refusal.value.code in ("ORG-REGION-ITSELF", "ACT-INPUT")
    factories.region("640900")
    with pytest.raises(Refused, match="ORG-REGION-ITSELF"):
        perform("organisations.add_region", administrator, data=data)


def test_a_tile_is_moved_to_a_free_place_and_not_to_another_s(ningxia: list[Region], administrator: Actor) -> None:
    first, second = Region.objects.get(code="640100"), Region.objects.get(code="640200")
    with pytest.raises(Refused, match="ORG-REGION-TILE"):
        perform("organisations.change_region", administrator, first, {"row": second.row, "column": second.column})
    with pytest.raises(Refused, match="ORG-REGION-TILE"):
        perform("organisations.change_region", administrator, first, {"row": 5})
    for place in ({"row": 6, "column": 0}, {"row": 0, "column": 7}, {"row": -1, "column": 0}):
        with pytest.raises(Refused, match="ACT-INPUT"):
            perform("organisations.change_region", administrator, first, place)
    perform("organisations.change_region", administrator, first, {"row": 5, "column": 6})
    first.refresh_from_db()
    assert (first.row, first.column, first.name.en) == (5, 6, "银川市")


def test_without_an_english_name_the_chinese_one_stands_in_its_place(world: Any) -> None:
    data = {
        "code": "P1",
        "zh": "某厂",
        "kind": "enterprise",
        "region": "990100",
        "sector": "power",
        "since": "2024-01-01",
    }
    firm = perform("organisations.register", PLATFORM, data=data).result
    works = {"code": "P1-F", "zh": "一厂", "region": "990100", "since": "2024-01-01"}
    facility = perform("organisations.add_facility", PLATFORM, firm, works).result
    perform("organisations.rename", PLATFORM, firm, {"zh": "新厂", "since": "2024-06-01"})
    assert (firm.name_on(date(2024, 1, 1)).en, facility.name.en, firm.name_on(date(2024, 7, 1)).en) == (
        "某厂",
        "一厂",
        "新厂",
    )
