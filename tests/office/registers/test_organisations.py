"""A province's register out of sheets: tried, imported, told when it is there, taken back while nothing rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.office.imports.work import Importer
from tanzhi.office.registers.organisations import ATTRIBUTES, FACILITIES, KEY_UNITS, ORGANISATIONS, UNITS
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Facility, KeyUnitStatus, Organisation, Unit
from tests.factories import PASSWORD, World, person
from tests.sheets import answers, goes_out_as_it_comes_in, taken_in

ALL = (ORGANISATIONS, KEY_UNITS, FACILITIES, UNITS, ATTRIBUTES)
REASON = {"reason": "导错了文件"}
BODIES = (
    ("单位代码", "企业名称", "单位类别", "地市", "所属行业", "登记日期"),
    ("N01", "新一电厂", "企业", "地区990100", "发电", "2024-01-01"),
    ("N02", "新二电厂", "enterprise", "990100", "power", 20240101),
)
WORKS = (("单位代码", "设施代码", "设施名称", "地区", "投产日期"), ("N01", "N01-F", "一厂", "地区990100", "2024.1.1"))
MACHINES = (
    ("设施代码", "机组编号", "投运日期", "装机容量（MW）", "主要燃料", "锅炉类型", "供热情况", "冷却方式"),
    ("N01-F", "1", "2024-01-01", 350, "常规燃煤", "", "", ""),
)


def test_a_register_comes_in_by_four_lists_and_goes_out_again_in_their_order(officer: Actor, world: World) -> None:
    bodies = taken_in(ORGANISATIONS, officer, *BODIES)
    listed = taken_in(
        KEY_UNITS, officer, ("企业名称", "行业", "列入日期", "依据"), ("新一电厂", "发电", 45292, "某文件")
    )
    works = taken_in(FACILITIES, officer, *WORKS)
    machines = taken_in(UNITS, officer, *MACHINES)
    unit = Unit.objects.get(facility__code="N01-F")
    assert (unit.attributes, unit.since) == (
        {"rated_power": "350", "main_fuel": "conventional_coal"},
        date(2024, 1, 1),
    )
    status = KeyUnitStatus.objects.get(organisation__code="N01")
    assert (status.sector, status.since) == ("power", date(2024, 1, 1))  # 45292 days after 30 December 1899
    for done, name in ((bodies, ORGANISATIONS), (works, FACILITIES)):
        with pytest.raises(Refused) as refused:
            perform(name.undo_name, officer, done, REASON)
        assert refused.value.code == "IMP-BUILT"
    for done, name in ((machines, UNITS), (works, FACILITIES), (listed, KEY_UNITS), (bodies, ORGANISATIONS)):
        perform(name.undo_name, officer, done, REASON)
    assert not Organisation.objects.filter(code__startswith="N0").exists()
    assert not Facility.objects.filter(code="N01-F").exists()


def test_organisations_go_out_again_while_nothing_was_done_to_them(officer: Actor, world: World) -> None:
    done = taken_in(ORGANISATIONS, officer, *BODIES)
    perform(ORGANISATIONS.undo_name, officer, done, REASON)
    assert not Organisation.objects.filter(code__startswith="N0").exists()
    done = taken_in(ORGANISATIONS, officer, *BODIES)
    renamed = {"zh": "改名电厂", "en": "Renamed", "since": date(2024, 6, 1)}
    perform("organisations.rename", officer, Organisation.objects.get(code="N02"), renamed)
    with pytest.raises(Refused) as refused:
        perform(ORGANISATIONS.undo_name, officer, done, REASON)
    assert refused.value.code == "IMP-BUILT"
    assert Organisation.objects.filter(code__startswith="N0").count() == 2


@pytest.mark.parametrize(
    "importer", [ORGANISATIONS, KEY_UNITS, FACILITIES, UNITS, ATTRIBUTES], ids=lambda one: one.name
)
def test_what_stands_there_goes_out_in_the_shape_in_which_it_comes_in(
    importer: Importer, officer: Actor, world: World
) -> None:
    goes_out_as_it_comes_in(importer, officer, len(list(importer.rows(officer))) if importer.rows else 0)


def test_a_list_s_own_export_comes_in_again(officer: Actor, world: World, client: Client) -> None:
    client.force_login(person("list_reader", ("provincial_officer", world.authority), password=PASSWORD))
    content = client.get("/organisations/?export=xlsx").content
    told = answers(ORGANISATIONS, officer, content, since="2020-01-01")
    assert len(told) == Organisation.objects.visible_to(officer).count()
    assert [(one.findings, one.aside is not None) for one in told] == [((), True)] * len(told)


def test_what_stands_there_otherwise_is_told_at_its_cell(officer: Actor, world: World) -> None:
    taken_in(ORGANISATIONS, officer, *BODIES)
    other = (*BODIES[:1], ("N01", "别的名称", *BODIES[1][2:]), BODIES[2])
    with pytest.raises(Refused) as refused:
        taken_in(ORGANISATIONS, officer, *other)
    assert [(one.code, one.place, one.found, one.expected) for one in refused.value.findings] == [
        ("IMP-OTHER", "Sheet!B2", "别的名称", "新一电厂")
    ]
    with pytest.raises(Refused) as refused:
        taken_in(ORGANISATIONS, officer, *BODIES, ("合计",))
    assert refused.value.code == "IMP-AGAIN"


def test_everything_wrong_with_a_file_is_told_at_once_each_at_its_cell(officer: Actor, world: World) -> None:
    rows = (
        BODIES[0],
        ("N 1", "新一电厂", "企业", "地区990100", "发电", "2024-01-01"),
        ("N02", "新二电厂", "公司", "地区990100", "发电", "2024-13-01"),
        ("N03", "", "企业", "地区990100", "发电", "2024-01-01"),
        ("N04", "新四电厂", "企业", "哪里", "发电", "2024-01-01"),
        ("N05", "新五电厂", "企业", "地区990100", "炼丹", "2024-01-01"),
        ("N06", "新六电厂", "企业", "地区980100", "发电", "2024-01-01"),
    )
    with pytest.raises(Refused) as refused:
        taken_in(ORGANISATIONS, officer, *rows)
    told = [(one.code, one.place) for one in refused.value.findings]
    assert told == [
        ("ACT-INPUT", "Sheet!A2"),
        ("VAL-OPTION", "Sheet!C3"),
        ("VAL-DATE", "Sheet!F3"),
        ("ACT-INPUT", "Sheet!B4"),
        ("ACT-INPUT", "Sheet!D5"),
        ("VAL-OPTION", "Sheet!E6"),
        ("ACT-SCOPE", "Sheet!7"),  # another province's
    ]
    assert not Organisation.objects.filter(code__startswith="N").exists()


def test_a_unit_s_attributes_are_read_as_in_its_form(officer: Actor, world: World) -> None:
    taken_in(ORGANISATIONS, officer, *BODIES)
    taken_in(FACILITIES, officer, *WORKS)
    wrong = (MACHINES[0], ("N01-F", "1", "2024-01-01", "3 5 0", "核能", "", "", ""))
    with pytest.raises(Refused) as refused:
        taken_in(UNITS, officer, *wrong)
    assert [(one.code, one.place) for one in refused.value.findings] == [
        ("VAL-NUMBER", "Sheet!D2"),
        ("VAL-OPTION", "Sheet!E2"),
    ]


HEIGHTS = (
    ("单位代码", "起始日期", "依据", "海拔（m）", "海拔档"),
    ("N01", "2026-01-01", "测绘成果", 1520, "2"),
    ("N02", "2026-01-01", "测绘成果", 2100, ""),
)


@pytest.fixture
def next_year() -> Iterator[None]:
    with clock.at(datetime(2026, 3, 2, 4, tzinfo=UTC)):
        yield


@pytest.mark.usefixtures("next_year", "world")
def test_the_altitude_of_enterprises_comes_in_by_a_list_and_holds_from_its_day(officer: Actor) -> None:
    taken_in(ORGANISATIONS, officer, *BODIES)
    done = taken_in(ATTRIBUTES, officer, *HEIGHTS)
    first, second = Organisation.objects.filter(code__startswith="N0").order_by("code")
    assert first.attributes_on(date(2026, 1, 1)) == {"altitude": "1520", "altitude_band": "2"}
    assert first.attributes_on(date(2025, 12, 31)) == {}
    assert second.attributes_on(date(2026, 6, 1)) == {"altitude": "2100"}
    goes_out_as_it_comes_in(ATTRIBUTES, officer, 2)
    with pytest.raises(Refused) as refused:
        taken_in(ATTRIBUTES, officer, HEIGHTS[0], (*HEIGHTS[1][:3], 1521, "2"))
    assert [(one.code, one.place, one.found, one.expected) for one in refused.value.findings] == [
        ("IMP-OTHER", "Sheet!D2", "1521", "1520")
    ]
    perform(ATTRIBUTES.undo_name, officer, done, REASON)
    assert Organisation.objects.get(code="N01").attributes_on(date(2026, 6, 1)) == {}


@pytest.mark.usefixtures("next_year", "world")
def test_an_altitude_that_is_no_number_or_of_no_band_is_told_at_its_cell(officer: Actor) -> None:
    taken_in(ORGANISATIONS, officer, *BODIES)
    with pytest.raises(Refused) as refused:
        taken_in(
            ATTRIBUTES, officer, HEIGHTS[0], ("N01", "2026-01-01", "", "高", "2"), ("N02", "2026-01-01", "", 1, "很高")
        )
    assert [(one.code, one.place) for one in refused.value.findings] == [
        ("VAL-NUMBER", "Sheet!D2"),
        ("VAL-OPTION", "Sheet!E3"),
    ]


@pytest.mark.usefixtures("next_year", "world")
def test_what_was_changed_since_is_not_taken_back(officer: Actor) -> None:
    taken_in(ORGANISATIONS, officer, *BODIES)
    done = taken_in(ATTRIBUTES, officer, *HEIGHTS)
    changed = {"attributes": {"altitude": "1530"}, "since": "2026-02-01"}
    perform("organisations.change_attributes", officer, Organisation.objects.get(code="N01"), changed)
    with pytest.raises(Refused) as refused:
        perform(ATTRIBUTES.undo_name, officer, done, REASON)
    assert refused.value.code == "IMP-BUILT"
    assert Organisation.objects.get(code="N02").attributes_on(date(2026, 6, 1)) == {"altitude": "2100"}


def test_the_list_leads_to_its_imports_whom_they_are_for(client: Client, world: World, clerk_person: Person) -> None:
    officer = person("importer_of_lists", ("provincial_officer", world.authority), password=PASSWORD)
    for who, leads in ((officer, True), (clerk_person, False)):
        client.force_login(who)
        page = client.get("/organisations/").content.decode()
        assert [one.address in page for one in ALL] == [leads] * len(ALL)
