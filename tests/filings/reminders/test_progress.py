"""The progress of the year on home: a ratio of sums that the matrix counts as well; what nobody knows is no nought."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.reminders.progress import months, reports
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.todos.progress import PeriodProgress
from tests import factories
from tests.factories import World
from tests.filings.deposits.test_work import deposited

NOVEMBER, JANUARY = datetime(2023, 11, 20, 4, tzinfo=UTC), datetime(2024, 1, 20, 4, tzinfo=UTC)


def numbers(rows: list[PeriodProgress]) -> list[tuple[int, int | None, Decimal | None]]:
    return [(row.done, row.whole, row.share) for row in rows]


@pytest.fixture
def june(plant: Organisation, clerk: Actor, approver: Actor, world: World) -> None:
    """Two plants of ten months each, of which one month of one is deposited."""
    factories.key_unit(factories.organisation("SECOND", world.city))
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    with clock.at(NOVEMBER):
        deposited(clerk, approver, perform("filings.open", clerk, data=data).result)


@pytest.mark.usefixtures("june")
def test_home_and_the_matrix_count_the_same_months(client: Any, world: World) -> None:
    reader = factories.person("reader", ("provincial_officer", world.authority), password=factories.PASSWORD)
    client.force_login(Person.objects.get(pk=reader.pk), backend="django.contrib.auth.backends.ModelBackend")
    with clock.at(NOVEMBER):
        home = client.get("/").content.decode()
        address = reverse("filings:matrix") + "?year=2023"
        assert f'href="{address}"' in home
        assert "<b>1<small>份</small></b><p>应办 20，5.0%</p>" in home
        assert "全年应存证 20 份，已存证 1 份（5.0%）" in client.get(address).content.decode()


@pytest.mark.usefixtures("june")
def test_a_plant_counts_its_own_and_reads_how_its_report_stands(clerk: Actor, plant: Organisation) -> None:
    with clock.at(NOVEMBER):
        assert numbers(months(clerk)) == [(1, 10, Decimal("10.0"))]
        (report,) = reports(clerk)
    begin = reverse("filings:begin", args=[plant.pk, "power.year", "2022"])
    assert (report.state and report.state.zh, report.address) == ("未开始", begin)


@pytest.mark.usefixtures("june")
def test_in_january_the_year_that_has_ended_counts(officer: Actor) -> None:
    with clock.at(JANUARY):
        (row,) = months(officer)
    assert (row.period.zh, row.done, row.whole, row.share) == ("2023 年", 1, 24, Decimal("4.2"))


def test_where_nobody_owes_anything_there_is_no_number(client: Any, world: World) -> None:
    office = factories.organisation("S97", factories.region("970000"), "authority")
    reader = factories.person("reader", ("provincial_officer", office), password=factories.PASSWORD)
    client.force_login(Person.objects.get(pk=reader.pk), backend="django.contrib.auth.backends.ModelBackend")
    with clock.at(NOVEMBER):
        assert numbers(months(actor_of(reader))) == [(0, None, None)]
        home = client.get("/").content.decode()
    assert "月度数据存证 · 2023 年</h2><b>无数据</b>" in home


def test_it_concerns_who_files_or_oversees(verifier: Actor) -> None:
    assert months(verifier) == reports(verifier) == []
