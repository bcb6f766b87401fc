"""The trail of all that was done: within the reader's reach, searched, exported, with receipts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.models import Performed
from tanzhi.actions.perform import perform
from tanzhi.evidence.sealer import seal_all
from tanzhi.organisations.register.model import Organisation
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.actions.registry import Actor
    from tests.factories import World

AUDIT = "/audit/"


@pytest.fixture
def renamed(world: World, officer: Actor, other_officer: Actor) -> None:
    """The same act in both provinces."""
    for actor, firm in ((officer, world.plant), (other_officer, world.other_plant)):
        perform("organisations.rename", actor, firm, {"zh": "新名", "en": "New name", "since": "2024-01-01"})


def acts(browser: Client, **asked: str) -> list[dict[str, str]]:
    browser.cookies["django_language"] = "en"
    sent = browser.get(AUDIT, {"export": "csv", **asked}).content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(sent))
    return [dict(zip((name.rpartition(" ")[2] for name in head), row, strict=True)) for row in rows]


@pytest.mark.usefixtures("renamed")
def test_an_officer_sees_who_did_what_in_his_province_and_nothing_of_another(enter: Callable[[str], Client]) -> None:
    told = acts(enter("auditor"))
    assert {"Officer"} <= {row["Person"] for row in told}
    assert "Other Officer" not in {row["Person"] for row in told}


@pytest.mark.usefixtures("renamed")
def test_a_plant_sees_what_concerns_it(enter: Callable[[str], Client], world: World) -> None:
    enter("enterprise_filer")
    seen = Performed.objects.filter(organisation_id=world.plant.pk).count()
    assert len([row for row in acts(enter("enterprise_approver")) if row["Organisation"] == "New name"]) == seen


@pytest.mark.usefixtures("renamed")
def test_a_bank_sees_only_what_is_in_its_own_reach(enter: Callable[[str], Client]) -> None:
    assert "New name" not in {row["Organisation"] for row in acts(enter("bank"))}


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize("words", ["Officer", "New name", "Rename"])
def test_acts_are_found_by_person_by_organisation_and_by_what_they_are_called(
    enter: Callable[[str], Client], words: str
) -> None:
    browser = enter("administrator")
    found = acts(browser, q=words)
    assert 0 < len(found) < len(acts(browser))


@pytest.mark.usefixtures("renamed")
def test_acts_are_narrowed_by_room_role_and_month(enter: Callable[[str], Client]) -> None:
    browser = enter("administrator")
    assert {row["Role"] for row in acts(browser, role="provincial_officer")} == {"Provincial officer"}
    assert acts(browser, room="filings") == []
    assert acts(browser, month="1999-01") == acts(browser)  # a month without acts is no choice of the list


@pytest.mark.usefixtures("renamed")
def test_an_act_leads_to_its_receipt_once_it_is_sealed(enter: Callable[[str], Client]) -> None:
    browser = enter("administrator")
    seal_all()
    page = browser.get(AUDIT).content.decode()
    assert "/evidence/receipts/" in page


def test_the_trail_asks_the_database_as_often_for_many_acts_as_for_few(
    enter: Callable[[str], Client], world: World
) -> None:
    browser = enter("administrator")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(AUDIT)
        return len(seen)

    queries()
    few = queries()
    for number in range(30):
        factories.organisation(f"MORE{number}", world.city)
    assert Organisation.objects.count() > 30
    queries()  # after acts the months among them are looked for once more
    assert queries() == few
