"""Duties follow from list, register, calendar and law: nobody has to have opened anything."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.reminders.duties import duties, open_years
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.membership import reporters, reporting
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.todos.todo import WATCH, todos
from tests import factories
from tests.factories import World

NOVEMBER = datetime(2023, 11, 20, 4, tzinfo=UTC)
# 40 natural days after the last day of each month, counted by hand on a calendar of 2023.
DUE = {
    "2023-01": date(2023, 3, 12), "2023-02": date(2023, 4, 9), "2023-03": date(2023, 5, 10),
    "2023-04": date(2023, 6, 9), "2023-05": date(2023, 7, 10), "2023-06": date(2023, 8, 9),
    "2023-07": date(2023, 9, 9), "2023-08": date(2023, 10, 10), "2023-09": date(2023, 11, 9),
    "2023-10": date(2023, 12, 10),
}  # fmt: skip


def months(firm: Organisation, year: str = "2023") -> dict[str, date]:
    return {duty.period: duty.due_on for duty in duties([firm]) if duty.period.startswith(f"{year}-")}


def test_ten_months_that_nobody_opened_are_ten_duties_each_with_its_day(plant: Organisation) -> None:
    with clock.at(NOVEMBER):
        assert months(plant) == DUE
        # 2021 and 2022 are surrendered together by the end of 2023.
        assert {duty.period: duty.due_on for duty in duties([plant]) if len(duty.period) == 4} == {
            "2021": date(2022, 3, 31),
            "2022": date(2023, 3, 31),
        }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "open_then"),
    [
        ("2018-12-31", []),
        ("2019-01-01", [2019]),
        ("2021-12-31", [2019, 2020, 2021]),  # 2019 and 2020 are surrendered together by the end of 2021
        ("2022-01-01", [2021, 2022]),
        ("2023-12-31", [2021, 2022, 2023]),  # 2021 and 2022 by the end of 2023
        ("2024-01-01", [2023, 2024]),
        ("2024-12-31", [2023, 2024]),
        ("2025-01-01", [2024, 2025]),
        ("2026-11-29", [2025, 2026]),
        ("2027-01-01", [2026, 2027]),
    ],
)
def test_a_year_is_open_until_the_law_has_its_allowances_surrendered(day: str, open_then: list[int]) -> None:
    assert open_years(date.fromisoformat(day)) == open_then


def test_they_stand_on_the_plant_s_task_list_and_lead_to_where_they_are_begun(
    clerk: Actor, stranger: Actor, plant: Organisation
) -> None:
    with clock.at(NOVEMBER):
        lines = {todo.subject: todo for todo in todos(clerk) if todo.kind == "filings.unbegun"}
        june = lines[f"filings.duty:{plant.pk}:power.month:2023-06"]
        of_2023 = [todo for todo in lines.values() if ":2023-" in todo.subject]
        others = [todo for todo in todos(stranger) if f":{plant.pk}:" in todo.subject]
    assert (june.due, june.title.zh) == (date(2023, 8, 9), "填报 2023年6月月度数据：示例PLANT")
    assert june.url == reverse("filings:begin", args=[plant.pk, "power.month", "2023-06"])
    assert len(of_2023) == 10
    assert {todo.alike for todo in of_2023} == {of_2023[0].alike}
    assert not others


def test_what_is_opened_is_a_filing_and_no_longer_a_duty_without_one(clerk: Actor, plant: Organisation) -> None:
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    with clock.at(NOVEMBER):
        filing = perform("filings.open", clerk, data=data).result
        asked = [todo for todo in todos(clerk) if ":2023-06" in todo.subject or todo.subject == filing.reference]
    assert [todo.kind for todo in asked] == ["move"]


def test_the_province_s_earlier_day_counts_before_anything_is_opened(
    director: Actor, plant: Organisation, world: World
) -> None:
    """20 days after 30 June end on 20 July."""
    data = {"region": world.province.code, "form_code": "power.month", "days": 20, "source": "省厅通知"}
    with clock.at(NOVEMBER):
        perform("filings.set_deadline", director, data=data | {"since": "2023-01-01"})
        assert months(plant)["2023-06"] == date(2023, 7, 20)


def test_an_officer_counts_them_by_month_and_is_led_to_the_matrix(
    clerk: Actor, officer: Actor, city_officer: Actor, other_officer: Actor, plant: Organisation, world: World
) -> None:
    """Two plants owe June; one has opened it."""
    factories.key_unit(factories.organisation("SECOND", world.city))
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    with clock.at(NOVEMBER):
        perform("filings.open", clerk, data=data)
        for actor in (officer, city_officer):
            june = next(todo for todo in todos(actor) if todo.subject == "filings.months:2023-06")
            assert june.title.zh == "2023年6月月度数据：1 家未开始填报，1 家未存证"
            assert (june.due, june.section) == (date(2023, 8, 9), WATCH)
            assert june.url == reverse("filings:matrix") + "?year=2023&month=2023-06"
        other = next(todo for todo in todos(other_officer) if todo.subject == "filings.months:2023-06")
    assert other.title.zh == "2023年6月月度数据：1 家未开始填报"


def test_whoever_left_the_list_owes_nothing_of_that_year(plant: Organisation) -> None:
    gone = factories.key_unit(factories.organisation("GONE", plant.region), years=[2022])
    factories.members_of(gone, [2023], standing="left")
    with clock.at(NOVEMBER):
        assert months(gone) == {}
        assert len(months(gone, "2022")) == 12


def test_a_month_in_which_no_unit_ran_is_not_owed(plant: Organisation, unit: object) -> None:
    """The unit of the register begins in 2020; one that begins in May 2023 owes nothing before."""
    with clock.at(NOVEMBER):
        late = factories.key_unit(factories.organisation("LATE", plant.region))
        works = factories.facility(late)
        data = {"number": "1", "attributes": {}, "since": date(2023, 5, 1)}
        perform("organisations.add_unit", factories.PLATFORM, works, data)
        assert sorted(months(late)) == [month for month in DUE if month >= "2023-05"]


def test_plans_of_this_year_and_the_next_are_owed_by_the_end_of_the_year_before(
    clerk: Actor, officer: Actor, plant: Organisation
) -> None:
    with clock.at(NOVEMBER):
        own = {todo.subject: todo.due for todo in todos(clerk) if todo.kind == "filings.plan_unbegun"}
        assert own == {
            f"filings.plan_of:{plant.pk}:2023": date(2022, 12, 31),
            f"filings.plan_of:{plant.pk}:2024": date(2023, 12, 31),
        }
        seen = [todo.title.zh for todo in todos(officer) if todo.kind == "filings.plans_unbegun"]
        assert "2024 年数据质量控制方案：1 家未编制" in seen
        data = {"organisation_id": plant.pk, "guideline": "power", "year": 2024}
        perform("filings.open_plan", clerk, data=data)
        left = [todo.subject for todo in todos(clerk) if todo.kind == "filings.plan_unbegun"]
    assert left == [f"filings.plan_of:{plant.pk}:2023"]


def test_duties_ask_as_much_of_the_database_for_many_plants_as_for_one(officer: Actor, world: World) -> None:
    with clock.at(NOVEMBER):
        todos(officer)
        factories.unit(factories.facility(factories.key_unit(factories.organisation("FIRST", world.city))))
        with CaptureQueriesContext(connection) as few:
            todos(officer)
        for number in range(6):
            firm = factories.key_unit(factories.organisation(f"MORE{number}", world.city))
            factories.unit(factories.facility(firm))
        with CaptureQueriesContext(connection) as many:
            lines = [todo for todo in todos(officer) if todo.subject == "filings.months:2023-06"]
        assert lines[0].title.zh == "2023年6月月度数据：8 家未开始填报"
    assert len(many) == len(few)


@pytest.mark.parametrize("year", [2022, 2023, 2026, 2029])
def test_who_reports_in_many_years_is_who_reports_in_each(world: World, year: int) -> None:
    """Before a list is decided (2029), and after."""
    left = factories.key_unit(factories.organisation("GONE", world.city), years=[2022])
    factories.members_of(left, [2023], standing="left")
    steel = factories.organisation("STEEL", world.city, sector="steel")
    perform(
        "organisations.enter_list",
        factories.PLATFORM,
        steel,
        {"sector": "steel", "since": "2021-01-01", "basis": "≥ 26 000 t"},
    )
    every = {world.plant.pk, world.other_plant.pk}
    power = every | {left.pk} if year in (2022, 2029) else every  # in 2029 nothing is decided: the list of the day
    by = reporters({2022: date(2022, 12, 31), year: date(year, 12, 31)}, ["power", "iron_and_steel", "cement"])
    assert {name: by[year, name] for name in ("power", "iron_and_steel", "cement")} == {
        "power": power,
        "iron_and_steel": {steel.pk},
        "cement": set(),
    }
    # Of a few alone it is the same of these, whether or not the year's list names any of them.
    few = {left.pk, steel.pk}
    narrow = reporters({2022: date(2022, 12, 31), year: date(year, 12, 31)}, ["power", "iron_and_steel", "cement"], few)
    assert narrow == {of: keys & few for of, keys in by.items()}
    for sector, name in {"power": "power", "steel": "iron_and_steel", "building_materials": "cement"}.items():
        each = reporting(year, sector, date(year, 12, 31))
        assert set(each.values_list("pk", flat=True)) == by[year, name]


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_of_a_month_that_is_not_begun_says_why_and_begins_it(signed_in, plant: Organisation) -> None:
    address = reverse("filings:begin", args=[plant.pk, "power.month", "2023-06"])
    with clock.at(NOVEMBER):
        page = signed_in.get(address).content.decode()
        assert "2023年6月月度数据尚未开始填报" in page
        assert "逾期 103 天" in page  # 9 August to 20 November: 22 + 30 + 31 + 20
        sent = {"organisation": plant.pk, "guideline": "power", "period": "2023-06"}
        opened = signed_in.post(reverse("filings:open"), sent)
        assert signed_in.get(address).url == opened.url


@pytest.mark.parametrize("period", ["2023-11", "2019-06", "x"])
def test_what_is_not_owed_has_no_such_page(signed_in, plant: Organisation, period: str) -> None:
    with clock.at(NOVEMBER):
        assert signed_in.get(reverse("filings:begin", args=[plant.pk, "power.month", period])).status_code == 404


def test_another_plant_s_month_has_no_such_page(signed_in, world: World) -> None:
    with clock.at(NOVEMBER):
        address = reverse("filings:begin", args=[world.other_plant.pk, "power.month", "2023-06"])
        assert signed_in.get(address).status_code == 404


def test_the_matrix_can_be_narrowed_to_whoever_has_not_deposited_a_month(
    client, clerk: Actor, approver: Actor, plant: Organisation, world: World
) -> None:
    from tests.filings.deposits.test_work import deposited

    factories.key_unit(factories.organisation("SECOND", world.city))
    reader = factories.person("reader", ("provincial_officer", world.authority), password=factories.PASSWORD)
    client.force_login(Person.objects.get(pk=reader.pk), backend="django.contrib.auth.backends.ModelBackend")
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    with clock.at(NOVEMBER):
        deposited(clerk, approver, perform("filings.open", clerk, data=data).result)
        whole = client.get(reverse("filings:matrix") + "?year=2023").content.decode()
        narrowed = client.get(reverse("filings:matrix") + "?year=2023&month=2023-06").content.decode()
    assert "示例PLANT" in whole
    assert "示例SECOND" in whole
    assert "示例PLANT" not in narrowed
    assert "示例SECOND" in narrowed
    assert "1/2" in narrowed
