"""A list narrowed to a region shows the rows there and in all that lies below it, whatever leads to the region."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tanzhi.organisations.register.filters import region_filter
from tanzhi.organisations.register.model import KeyUnitStatus, Organisation
from tanzhi.organisations.scope import within
from tests import factories

pytestmark = pytest.mark.django_db
MADE = {"IN-PROVINCE", "IN-CITY", "IN-COUNTY", "ELSEWHERE"}


@pytest.fixture
def rows(world: factories.World) -> dict[str, Organisation]:
    county = factories.region("990101", world.city, kind="county")
    return {
        "province": factories.organisation("IN-PROVINCE", world.province),
        "city": factories.organisation("IN-CITY", world.city),
        "county": factories.organisation("IN-COUNTY", county),
        "other": factories.organisation("ELSEWHERE", world.other_province),
    }


def codes(rows: Any) -> set[str]:
    return set(rows.values_list("code", flat=True)) & MADE


def test_a_city_stands_for_its_counties_too(world: factories.World, rows: dict[str, Organisation]) -> None:
    narrowed = region_filter().apply(Organisation.objects.all(), world.city.code)
    assert codes(narrowed) == {"IN-CITY", "IN-COUNTY"}
    assert codes(region_filter().apply(Organisation.objects.all(), "000000")) == MADE  # there is no such region


def test_rows_may_lie_in_a_region_by_another_record(world: factories.World, rows: dict[str, Organisation]) -> None:
    for row in rows.values():
        KeyUnitStatus.objects.create(organisation=row, sector="power", since=date(2020, 1, 1), basis="test")
    listed = region_filter("organisation__region").apply(KeyUnitStatus.objects.all(), world.city.code)
    assert {status.organisation.code for status in listed} & MADE == {"IN-CITY", "IN-COUNTY"}


def test_no_region_narrows_nothing(world: factories.World, rows: dict[str, Organisation]) -> None:
    assert codes(within(Organisation.objects.all(), world.province)) == MADE - {"ELSEWHERE"}
    assert codes(within(Organisation.objects.all(), None)) == MADE


def test_cities_are_offered_without_province_and_counties(
    world: factories.World, rows: dict[str, Organisation]
) -> None:
    offered = set(region_filter(cities=True).choices)
    assert world.city.code in offered
    assert not {world.province.code, world.other_province.code} & offered
    assert {world.province.code, world.city.code, "990101"} <= set(region_filter().choices)
