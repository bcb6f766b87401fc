"""Each part of “is the province ready?”: what lacks everything, what is half done, what is ready.

The two provinces of the factories: 990000 with city 990100, plant PLANT (unit with all attributes, on the list since
2020, member of the market), verifier VER, authorities P99 and C99; 980000 with plant OTHER without facility.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.readiness import MISSING, READY, UNDETERMINED
from tanzhi.actions.references import reference
from tanzhi.actions.witness import witnessed
from tanzhi.bulletin.models import Edition
from tanzhi.law.coming_years import years_lacking
from tanzhi.law.lacking import lacking
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Region
from tanzhi.web import backups, health
from tanzhi.web.readiness import operation
from tests import factories
from tests.factories import PLATFORM, World

from .parts import DAY, codes, sign_in, standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any) -> None:
    settings.TANZHI_PROVINCE = "990000"


def test_without_a_province_and_without_cities_the_regions_are_missing() -> None:
    assert codes("organisations.regions", PLATFORM) == ["RDY-PROVINCE"]
    province = factories.region("990000")
    assert codes("organisations.regions", PLATFORM) == ["RDY-CITIES"]
    factories.region("990100", province)
    assert standing("organisations.regions", PLATFORM).state == READY


def test_a_province_that_is_not_the_installation_s_own_is_none() -> None:
    factories.region("980000")
    assert codes("organisations.regions", PLATFORM) == ["RDY-PROVINCE"]


def test_tiles_wait_for_cities_and_want_a_place_of_its_own_for_each() -> None:
    province = factories.region("990000")
    assert standing("organisations.tiles", PLATFORM).state == UNDETERMINED
    factories.region("990100", province, row=0, column=1)
    factories.region("990200", province)
    lacks = standing("organisations.tiles", PLATFORM).lacks
    assert [(lack.code, [name.zh for name, _ in lack.names]) for lack in lacks] == [("RDY-TILES", ["地区990200"])]
    Region.objects.filter(code="990200").update(row=0, column=1)
    assert codes("organisations.tiles", PLATFORM) == ["RDY-TILE-TWICE"]
    Region.objects.filter(code="990200").update(row=0, column=2)
    assert standing("organisations.tiles", PLATFORM).state == READY


def test_the_list_is_empty_then_not_public_then_ready(world: World, administrator: Actor, officer: Actor) -> None:
    assert codes("organisations.key_units", administrator, date(2019, 6, 1)) == ["RDY-LIST"]
    assert codes("organisations.key_units", administrator) == ["RDY-LIST-YEAR"]
    with clock.at(datetime(2024, 5, 1, 4, tzinfo=UTC)):
        data = {"region": "990000", "year": 2024, "on": "2024-05-01", "basis": "公告 2024 年第 9 号"}
        perform("organisations.disclose_list", officer, data=data)
    assert standing("organisations.key_units", administrator).state == READY
    assert codes("organisations.key_units", administrator, date(2025, 6, 1)) == ["RDY-LIST-YEAR"]


def test_a_register_wants_facilities_units_and_what_the_guideline_asks(world: World, officer: Actor) -> None:
    assert standing("organisations.register", officer).state == READY
    bare = factories.key_unit(factories.organisation("BARE", world.city))
    assert codes("organisations.register", officer) == ["RDY-FACILITY"]
    works = factories.facility(bare)
    assert codes("organisations.register", officer) == ["RDY-UNIT"]
    factories.unit(works, "1", rated_power="350")
    [lack] = standing("organisations.register", officer).lacks
    assert (lack.code, lack.names) == ("RDY-ATTRIBUTES", ((bare.name, bare.get_absolute_url()),))


def test_an_officer_reads_of_his_own_region_alone_and_an_administrator_of_all(
    world: World, officer: Actor, administrator: Actor
) -> None:
    """OTHER stands in the other province and has no facility."""
    assert codes("organisations.register", officer) == []
    assert codes("organisations.register", administrator) == ["RDY-FACILITY"]


def test_a_register_without_a_list_is_not_determinable(world: World, administrator: Actor) -> None:
    assert standing("organisations.register", administrator, date(2019, 6, 1)).state == UNDETERMINED


def test_two_system_administrators_and_a_security_administrator_are_asked_for_each_signed_in(db: None) -> None:
    assert codes("organisations.administrators", PLATFORM) == ["RDY-ADMINS", "RDY-SECURITY"]
    people = [factories.person("first_admin", ("administrator", None))]
    assert codes("organisations.administrators", PLATFORM) == ["RDY-ADMINS", "RDY-SECURITY", "RDY-INVITED"]
    people.append(factories.person("second_admin", ("administrator", None)))
    people.append(factories.person("security", ("security_administrator", None)))
    sign_in(*people[:2])
    assert codes("organisations.administrators", PLATFORM) == ["RDY-SECURITY", "RDY-INVITED"]
    sign_in(*people)
    assert standing("organisations.administrators", PLATFORM).state == READY


def test_two_accounts_of_one_name_are_not_two_people(db: None) -> None:
    people = [factories.person(name, ("administrator", None)) for name in ("wang.1", "wang.2")]
    people.append(factories.person("security", ("security_administrator", None)))
    sign_in(*people)
    Person.objects.filter(sign_in_name__startswith="wang").update(name="王芳")
    assert codes("organisations.administrators", PLATFORM) == ["RDY-ONE-PERSON"]


def test_people_are_asked_for_in_every_plant_city_and_in_the_province(world: World, officer: Actor) -> None:
    missing = ["RDY-PLANT-PEOPLE", "RDY-OFFICER", "RDY-DIRECTOR", "RDY-CITY-OFFICER"]
    assert codes("organisations.people", officer) == missing
    filer = factories.person("a_filer", ("enterprise_filer", world.plant), ("enterprise_approver", world.plant))
    sign_in(filer, Person.objects.get(pk=officer.person_id))
    # The officer of the province is there; one person in both roles of the plant is still one person.
    assert codes("organisations.people", officer) == ["RDY-PLANT-PEOPLE", "RDY-DIRECTOR", "RDY-CITY-OFFICER"]
    sign_in(
        factories.person("an_approver", ("enterprise_approver", world.plant)),
        factories.person("a_director", ("provincial_director", world.authority)),
        factories.person("a_city", ("city_officer", world.city_authority)),
    )
    assert standing("organisations.people", officer).state == READY


def test_before_there_is_a_province_nothing_is_said_of_its_people(db: None) -> None:
    assert standing("organisations.people", PLATFORM).state == UNDETERMINED


def test_a_verification_body_wants_as_many_verifiers_as_a_group_has(world: World, officer: Actor) -> None:
    """Two by the verification guide of 2021 (环办气候函〔2021〕130号)."""
    assert codes("organisations.verifiers", officer) == ["RDY-VERIFIER-PEOPLE"]
    sign_in(factories.person("ver.one", ("verifier", world.verifier_firm)))
    assert codes("organisations.verifiers", officer) == ["RDY-VERIFIER-PEOPLE"]
    sign_in(factories.person("ver.two", ("verifier", world.verifier_firm)))
    assert standing("organisations.verifiers", officer).state == READY


def test_without_a_verification_body_one_is_missing(administrator: Actor) -> None:
    assert codes("organisations.verifiers", administrator) == ["RDY-VERIFIER"]


@pytest.mark.parametrize(
    ("day", "missing"),
    [(date(2031, 10, 31), [2031]), (date(2031, 11, 1), [2031, 2032]), (date(2024, 11, 1), [])],
    ids=["the day before November", "the first of November", "both years are in the package"],
)
def test_the_calendar_of_the_next_year_is_asked_for_from_november(
    administrator: Actor, day: date, missing: list[int]
) -> None:
    assert years_lacking(day) == missing
    assert codes("law.calendar", administrator, day) == ["RDY-CALENDAR"] * len(missing)


def test_a_year_that_an_administrator_entered_is_there(administrator: Actor) -> None:
    data = {"year": 2031, "holidays": ["2031-01-01"], "source": "示例通知"}
    perform("cases.enter_year", administrator, data=data)
    assert standing("law.calendar", administrator, date(2031, 3, 1)).state == READY


def test_parameters_of_this_year_and_the_year_before_are_counted_by_guideline(administrator: Actor) -> None:
    day = date(2026, 6, 1)
    expected = sum(1 for year in (2025, 2026) for lacks in lacking(year) if lacks.missing)
    lacks = standing("law.parameters", administrator, day).lacks
    assert expected
    assert [lack.code for lack in lacks] == ["RDY-PARAMETERS"] * expected
    assert {lack.message.zh[:4] for lack in lacks} <= {"2025", "2026"}


def test_accounts_are_asked_for_by_membership_of_this_year_and_the_last(world: World, officer: Actor) -> None:
    assert standing("registry.accounts", officer, date(2015, 1, 1)).state == UNDETERMINED
    assert codes("registry.accounts", officer) == ["RDY-ACCOUNT"]
    perform("registry.open_account", officer, data={"organisation": "PLANT"})
    assert standing("registry.accounts", officer).state == READY


def test_what_is_overdue_and_not_begun_is_counted_by_plant(world: World, officer: Actor) -> None:
    """On 15 June 2024 the months until April are due: that of April on 9 June, forty days after its end."""
    with clock.at(datetime(2024, 6, 15, 4, tzinfo=UTC)):
        [lack] = standing("filings.begun", officer).lacks
    assert lack.code == "RDY-FILINGS"
    assert [name.zh for name, _ in lack.names] == ["示例PLANT"]
    assert lack.message.en.startswith("1 have not begun")


def test_filings_without_anybody_on_the_list_are_not_determinable(administrator: Actor) -> None:
    assert standing("filings.begun", administrator).state == UNDETERMINED


def test_the_half_year_that_ended_last_is_to_be_published(world: World, officer: Actor) -> None:
    assert codes("bulletin.periods", officer, date(2024, 6, 30)) == ["RDY-BULLETIN"]
    edition = {"number": 1, "digest": "0" * 64, "drafted_by": "x", "opened_at": datetime(2024, 7, 1, tzinfo=UTC)}
    published = Edition(region=world.province, period="2023H2", state="published", **edition)
    with witnessed("tests.edition", reference(world.province)):
        Edition.objects.bulk_create([published])
    assert standing("bulletin.periods", officer, date(2024, 6, 30)).state == READY
    assert codes("bulletin.periods", officer, date(2024, 7, 1)) == ["RDY-BULLETIN"]


def test_mail_that_stays_in_memory_is_none(administrator: Actor, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert codes("web.mail", administrator) == ["RDY-MAIL"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert standing("web.mail", administrator).state == READY


@pytest.mark.parametrize(("hours", "lacking_codes"), [(7 * 24 - 1, []), (7 * 24 + 1, ["RDY-BACKUP"])])
def test_a_backup_is_fresh_for_a_week(
    administrator: Actor, settings: Any, tmp_path: Any, hours: int, lacking_codes: list[str]
) -> None:
    settings.VAR = tmp_path
    assert standing("web.backup", administrator).state == UNDETERMINED
    backups.note_backup(datetime.now(UTC) - timedelta(hours=hours), drilled=True)
    assert codes("web.backup", administrator) == lacking_codes
    (tmp_path / backups.FILE).write_text("[]", "utf-8")
    assert standing("web.backup", administrator).state == UNDETERMINED


@pytest.mark.parametrize(
    ("part", "name", "code"),
    [
        ("web.worker", "worker", "RDY-WORKER"),
        ("web.keys", "keys", "RDY-KEYS"),
        ("web.disk", "disk", "RDY-DISK"),
        ("web.sealing", "sealing", "RDY-SEALING"),
    ],
)
def test_what_the_health_page_measures_is_a_part(
    world: World, administrator: Actor, monkeypatch: Any, part: str, name: str, code: str
) -> None:
    monkeypatch.setitem(health.CHECKS, name, lambda: health.Reading(True, "well"))
    assert standing(part, administrator).state == READY
    monkeypatch.setitem(health.CHECKS, name, lambda: health.Reading(False, "never", 60))
    assert codes(part, administrator) == [code]
    assert "never" in standing(part, administrator).lacks[0].message.en


def test_before_the_first_entry_nothing_is_said_of_sealing(db: None) -> None:
    assert standing("web.sealing", PLATFORM).state == UNDETERMINED


def test_a_lack_outweighs_what_cannot_be_said(db: None) -> None:
    assert operation.mail_standing(PLATFORM, DAY).state == MISSING
