"""Cross-checks by the job: noted, explained by the plant, asked again, set aside, turned into a clue, gone."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.actions.models import Job
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import Actor
from tanzhi.filings.months.model import Filing, Version
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.checks.cross.run import cross_checked
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cross_checks.books import year_books
from tanzhi.streams.verification.cross_checks.model import CheckHit
from tanzhi.streams.verification.cross_checks.work import keep_hits, limits_of
from tests.streams.verification.conftest import report

JUNE = "units[1].months[2023-06].fuels[bituminous]"


def tampered(filing: Filing) -> Filing:
    """June's coal by ten, as where a point slipped."""
    version = filing.versions.get(number=1)
    record: dict[str, Any] = json.loads(version.values)
    june = next(month for month in record["units"][0]["months"] if month["month"] == "2023-06")
    coal = next(fuel for fuel in june["fuels"] if fuel["fuel"] == "bituminous")
    coal["fuel_consumption"] = str(Decimal(coal["fuel_consumption"]) * 10)
    Version.objects.create(
        filing=filing, number=2, values=json.dumps(record), digest="1" * 64, person_id=0, person_name="clerk",
        at=version.at, deposited=True,
    )  # fmt: skip
    return filing


def run(year: int = 2023) -> dict[str, int]:
    return keep_hits(year, cross_checked(year_books(year), limits_of(year)))


@pytest.fixture
def wrong(plant: Organisation) -> Filing:
    """A month's own deposit: the year's report of power is a second book of it."""
    filing = report(plant)
    Filing.objects.filter(pk=filing.pk).update(form_code="power.month", period="2023-06")
    filing.refresh_from_db()
    return tampered(filing)


@pytest.fixture
def hit(wrong: Filing) -> CheckHit:
    run()
    return CheckHit.objects.get(code="PRV-SCALE")


def test_a_run_notes_what_it_finds_once_with_its_cell_and_numbers(hit: CheckHit, wrong: Filing) -> None:
    assert (hit.organisation, hit.year, hit.where, hit.field) == (wrong.organisation, 2023, JUNE, "fuel_consumption")
    assert hit.value == hit.compared[0]["value"]
    assert hit.words["actual"]["en"] == "about 10^1 times the median"
    assert hit.cell_address.endswith("#units-1.months-2023-06.fuels-bituminous.fuel_consumption")
    number = CheckHit.objects.count()
    assert run()["new"] == 0
    assert CheckHit.objects.count() == number


def test_hits_are_noted_in_the_order_in_which_the_checks_find_them(wrong: Filing) -> None:
    first = cross_checked(year_books(2023), limits_of(2023))[0]
    fields = [f"field_{number * 7 % 20}" for number in range(20)]
    keep_hits(2023, [replace(first, field=field) for field in fields])
    assert list(CheckHit.objects.order_by("pk").values_list("field", flat=True)) == fields


def test_the_books_are_read_with_as_many_queries_for_one_plant_as_for_many(
    wrong: Filing, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        assert [book.plant for book in year_books(2023)] == [wrong.organisation.code]


def test_the_plant_explains_the_officer_asks_again_and_sets_aside(hit: CheckHit, clerk: Actor, officer: Actor) -> None:
    perform("verification.explain_hit", clerk, hit, {"answer": "入炉台账已核对"})
    hit.refresh_from_db()
    assert (hit.state, hit.answer) == ("answered", "入炉台账已核对")
    perform("verification.ask_again", officer, hit, {"opinion": "请附原始记录"})
    hit.refresh_from_db()
    assert hit.state == "open"
    perform("verification.set_hit_aside", officer, hit, {"opinion": "原始记录相符"})
    hit.refresh_from_db()
    assert (hit.state, hit.opinion) == ("aside", "原始记录相符")
    assert run()["gone"] == 0


def test_a_hit_becomes_a_clue_at_its_cell(hit: CheckHit, officer: Actor) -> None:
    perform("verification.turn_hit_into_clue", officer, hit, {"text": "疑似小数点错位", "risk": "high"})
    hit.refresh_from_db()
    assert hit.state == "clue"
    assert hit.clue is not None
    assert (hit.clue.where, hit.clue.field, hit.clue.value) == (JUNE, "fuel_consumption", hit.value)
    assert (hit.clue.state, hit.clue.risk) == ("received", "high")


def test_what_is_not_found_any_more_is_gone(hit: CheckHit) -> None:
    assert keep_hits(2023, [])["gone"] >= 1
    hit.refresh_from_db()
    assert hit.state == "gone"


def test_nobody_but_the_job_notes_or_withdraws(hit: CheckHit, administrator: Actor, officer: Actor) -> None:
    for actor in (administrator, officer):
        with pytest.raises(Refused):
            perform("verification.withdraw_hit", actor, hit)


def test_another_plant_and_another_region_see_nothing_of_it(hit: CheckHit, stranger: Actor, clerk: Actor) -> None:
    assert hit.seen_by(clerk)
    assert not hit.seen_by(stranger)
    assert not CheckHit.objects.visible_to(stranger).exists()
    with pytest.raises(Refused):
        perform("verification.explain_hit", stranger, hit, {"answer": "不是我的单位"})


def test_a_year_without_data_is_not_checked(officer: Actor) -> None:
    with pytest.raises(Refused) as refused:
        perform("verification.cross_check", officer, data={"year": 2031})
    assert refused.value.code == "XCH-NONE"


def test_the_act_queues_the_job(wrong: Filing, officer: Actor) -> None:
    perform("verification.cross_check", officer, data={"year": 2023})
    assert Job.objects.filter(kind="verification.cross_checks").count() == 1


def sign_in(client: Client, actor: Actor) -> Client:
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_list_and_page_show_how_it_came_about(hit: CheckHit, officer: Actor, client: Client) -> None:
    page = sign_in(client, officer)
    rows = page.get(reverse("verification:hits"), {"code": "PRV-SCALE"}).content.decode()
    assert hit.get_absolute_url() in rows
    assert hit.get_absolute_url() not in page.get(reverse("verification:hits"), {"code": "GEN-1"}).content.decode()
    whole = page.get(hit.get_absolute_url()).content.decode()
    for words in ("各月中位数", hit.cell_address, "PRV-SCALE"):
        assert words in whole


def test_the_verification_of_the_report_lists_it(
    hit: CheckHit, arranged: Verification, officer: Actor, client: Client
) -> None:
    page = sign_in(client, officer).get(arranged.get_absolute_url()).content.decode()
    assert hit.get_absolute_url() in page
