"""The page “is the province ready?”: who reads it, where its links lead, and what it asks of the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.readiness import parts
from tanzhi.actions.roles import ROLES
from tests import factories
from tests.databases import nothing_kept
from tests.factories import World
from tests.web.conftest import SIGNED_IN

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
PAGE = "/ready/"
READERS = {"administrator", "security_administrator", "provincial_officer", "provincial_director"}
Enter = Callable[[str], "Client"]


@pytest.mark.parametrize("role", SIGNED_IN)
def test_administrators_and_the_province_read_it_and_nobody_else(enter: Enter, role: str) -> None:
    assert enter(role).get(PAGE).status_code == (200 if role in READERS else 404)


def test_whoever_has_not_signed_in_is_sent_to_the_door(enter: Enter) -> None:
    assert enter("public").get(PAGE).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_part_stands_there_with_its_state_in_both_languages(enter: Enter, language: str) -> None:
    page = enter("administrator").get(PAGE, headers={"accept-language": language}).content.decode()
    tongue = "en" if language == "en" else "zh"
    assert len(parts()) == 18
    for part in parts():
        assert f'id="{part.code}"' in page
        assert getattr(part.title, tongue) in page.replace("&#x27;", "'")


def test_each_link_of_the_page_opens_for_whom_it_is_shown(enter: Enter) -> None:
    for role in sorted(READERS):
        client = enter(role)
        page = client.get(PAGE).content.decode()
        links = set(re.findall(r'<td data-label="(?:下一步|Next step)"><a href="([^"]+)"', page))
        assert links, role
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200), role
        client.logout()


def test_what_is_another_s_work_is_named_and_not_linked(enter: Enter) -> None:
    page = enter("provincial_officer").get(PAGE).content.decode()
    row = page.partition('id="organisations.administrators"')[2].partition("</tr>")[0]
    assert "<a" not in row
    assert ROLES["security_administrator"].label.zh in row


def test_the_home_of_an_administrator_and_the_menu_lead_to_it(enter: Enter) -> None:
    home = enter("administrator").get("/", headers={"accept-language": "zh-hans"}).content.decode()
    assert home.count(f'href="{PAGE}"') == 2


def test_a_bigger_province_asks_no_more_queries(world: World, enter: Enter) -> None:
    client = enter("administrator")
    client.get(PAGE)
    with nothing_kept(), CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(6):
        city = factories.region(f"9902{number}0", world.province)
        plant = factories.key_unit(factories.organisation(f"MORE{number}", city))
        factories.unit(factories.facility(plant), "1", **factories.REGISTERED)
        factories.person(f"filer{number}", ("enterprise_filer", plant))
    with nothing_kept(), CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few), [query["sql"][:120] for query in many.captured_queries]
