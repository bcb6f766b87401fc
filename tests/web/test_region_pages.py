"""The page on which an administrator chooses regions, and the page of the regions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.organisations.register.model import Region

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
PAGE = "/organisations/regions/choose/"
Enter = Callable[[str], "Client"]


def test_a_province_s_cities_are_listed_ticked_and_set_up(enter: Enter, settings: Any) -> None:
    settings.TANZHI_PROVINCE = ""
    client = enter("administrator")
    assert "checkbox" not in client.get(PAGE).content.decode()
    page = client.get(f"{PAGE}?province=640000").content.decode()
    assert re.findall(r'name="cities" value="(\d+)" checked', page) == [
        "640100",
        "640200",
        "640300",
        "640400",
        "640500",
    ]
    answer = client.post(PAGE, {"province": "640000", "cities": ["640100", "640400"], "since": "2024-01-01"})
    assert (answer.status_code, answer.headers["location"]) == (302, "/organisations/regions/")
    assert set(Region.objects.filter(path__startswith="64").values_list("code", flat=True)) == {
        "640000",
        "640100",
        "640400",
    }
    again = client.get(f"{PAGE}?province=640000").content.decode()
    assert re.findall(r'name="cities" value="(\d+)"', again) == ["640200", "640300", "640500"]


def test_a_refusal_keeps_what_was_ticked(enter: Enter, settings: Any) -> None:
    settings.TANZHI_PROVINCE = "990000"
    answer = enter("administrator").post(PAGE, {"province": "640000", "cities": ["640200"], "since": "2024-01-01"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ORG-REGION-PROVINCE" in page
    assert re.findall(r'name="cities" value="(\d+)" checked', page) == ["640200"]
    assert not Region.objects.filter(path__startswith="64").exists()


@pytest.mark.parametrize(
    "role", ["provincial_officer", "enterprise_filer", "verifier", "stranger", "security_administrator"]
)
def test_for_others_there_is_no_such_page(enter: Enter, role: str) -> None:
    assert enter(role).get(PAGE).status_code == 404


def test_a_province_that_is_none_is_not_offered(enter: Enter) -> None:
    client = enter("administrator")
    for code in ("640100", "999999", "²"):
        page = client.get(PAGE, {"province": code})
        assert (page.status_code, "checkbox" in page.content.decode()) == (200, False)


def test_the_page_of_the_regions_shows_each_province_s_map(enter: Enter) -> None:
    Region.objects.filter(code="990100").update(row=2, column=3)
    page = enter("administrator").get("/organisations/regions/").content.decode()
    assert "grid-row:3;grid-column:4" in page
