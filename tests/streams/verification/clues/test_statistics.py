"""Clues counted: shares of sums, medians, overdue ones; a city counts its own region alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tanzhi.streams.verification.clue_statistics import clue_statistics
from tanzhi.streams.verification.clues.model import Clue
from tanzhi.workflow.clocks.model import Clock
from tests.factories import PASSWORD, World, person

if TYPE_CHECKING:
    from django.test import Client

# source, parameter, outcome, state, day received, day closed (of May 2024)
CLUES = (
    ("national_inspection", "元素碳", "real", "closed", 6, 9),
    ("national_inspection", "元素碳", "not_real", "closed", 6, 16),
    ("national_inspection", "供热量", "real", "rectifying", 6, None),
    ("supervision", "供热量", "", "dispatched", 7, None),
)


def made(world: World, number: int, row: tuple[str, str, str, str, int, int | None], *, other: bool = False) -> Clue:
    source, parameter, outcome, state, received, closed = row
    clue: Clue = Clue.objects.create(
        number=f"S-{number}{other:d}", source=source, parameter=parameter, outcome=outcome, state=state, text="问题",
        organisation=world.other_plant if other else world.plant, opened_at=datetime(2024, 5, received, 4, tzinfo=UTC),
        closed_at=datetime(2024, 5, closed, 4, tzinfo=UTC) if closed else None,
    )  # fmt: skip
    return clue


@pytest.fixture
def clues(world: World) -> list[Clue]:
    return [made(world, number, row) for number, row in enumerate(CLUES)] + [made(world, 9, CLUES[0], other=True)]


def test_each_group_has_its_sums_and_the_share_is_of_those_looked_into(clues: list[Clue], world: World) -> None:
    late = clues[3]
    Clock.objects.create(
        subject=late.reference, case=late.reference, kind="verification.clue", limit="check", unit="working",
        name_zh="", name_en="", address="", started_on=date(2024, 5, 7), due_on=date(2024, 5, 20),
    )  # fmt: skip
    rows, total = clue_statistics(Clue.objects.filter(organisation=world.plant), "source")
    figures = [(row.group.zh, row.received, row.confirmed, row.unfounded, row.open, row.overdue) for row in rows]
    assert figures == [("国家数据质量检查", 3, 2, 1, 1, 0), ("日常监管", 1, 0, 0, 1, 1)]
    assert [(row.share, row.days) for row in rows] == [(Decimal("66.7"), Decimal("6.5")), (None, None)]
    assert (total.received, total.share, total.days) == (4, Decimal("66.7"), Decimal("6.5"))
    by_parameter, _ = clue_statistics(Clue.objects.filter(organisation=world.plant), "parameter")
    assert {row.group.zh: row.share for row in by_parameter} == {"元素碳": Decimal("50.0"), "供热量": Decimal("100.0")}


def test_the_province_counts_all_a_city_its_own_and_an_enterprise_nothing(
    client: Client, clues: list[Clue], world: World
) -> None:
    address = "/verification/clues/statistics/"
    people = {
        "province": person("above", ("provincial_officer", world.authority), password=PASSWORD),
        "city": person("here", ("city_officer", world.city_authority), password=PASSWORD),
        "plant": person("own", ("enterprise_filer", world.plant), password=PASSWORD),
    }
    client.cookies["django_language"] = "en"
    client.force_login(people["city"])
    page = client.get(f"{address}?by=year&year=2024").content.decode()
    assert "4 in all: 2 confirmed, 1 unfounded, 2 open" in page
    assert "4 in all" in client.get(f"{address}?by=nothing&year=1066").content.decode()
    for by in ("source", "level", "risk", "parameter", "city", "body", "enterprise", "holder", "year"):
        assert client.get(f"{address}?by={by}").status_code == 200
    assert "66.7" in client.get(f"{address}?by=level&export=csv").content.decode("utf-8-sig")
    client.force_login(people["plant"])
    assert client.get(address).status_code == 404
