"""A small province for the browser: two plants of one unit, the first with 2023 deposited; written through the actions.

Run as a program, inside the server's own installation; with the word `plants` only the two of them and their people.
"""

from __future__ import annotations

import base64
import os
import sys
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import django

from tests.journeys import records_intensity, records_inventory

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.filings.months.model import Filing
    from tanzhi.organisations.register.model import Organisation, Region

PROVINCE = "990000"
UNIT = {
    "rated_power": "350",
    "main_fuel": "conventional_coal",
    "boiler_type": "pulverised",
    "heat_supply": "condensing",
    "cooling": "air",
}
REPORTING = range(2023, 2028)  # members since then: the plants of the market's journey alone are allocated before
# beside the plants' people, somebody of every other role, under the name of the role
EVERYBODY = (
    "city_officer", "provincial_officer", "provincial_director", "verifier", "project_owner", "bank", "auditor",
    "administrator",
)  # fmt: skip
# who files in which language: a plant each, so that neither journey finds the other's filing
PLANTS = {"zh": "PLANT-ZH", "en": "PLANT-EN"}


def main() -> None:
    """Migrate the database that the environment names and load the province into it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanzhi.web.settings")
    django.setup()
    from django.contrib.auth import base_user
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    # everybody has the same invented password, which is hashed once
    base_user.make_password = cache(base_user.make_password)
    from tests import factories

    province = factories.region(PROVINCE)
    city = factories.region("990100", province)
    authority = factories.organisation("P99", province, "authority")
    factories.person("officer", ("provincial_officer", authority), password=factories.PASSWORD)
    _plants(city)
    if sys.argv[1:] != ["plants"]:
        _streams(province, city, authority)


def _plants(city: Region) -> None:
    """For each language a plant with the laboratory's reports on the months that its clerk is about to file."""
    from tanzhi.actions.perform import perform
    from tests import factories
    from tests.filings.laboratory.reports import report
    from tests.journeys import workbook

    for language, code in PLANTS.items():
        plant = factories.key_unit(factories.organisation(code, city), years=REPORTING)
        factories.unit(factories.facility(plant), "1", **UNIT)
        crew = [_employ(f"{name}_{language}", role, plant) for name, role in _ROLES]
        _employ(f"head_{language}", "organisation_head", plant)
        for month in ("2024-04", "2024-05", "2024-06", "2024-11"):
            tested = report(month, report=f"R-{month}", **workbook.REPORTED)
            data = {"organisation_id": plant.pk, "report": tested}
            perform("filings.record_report", crew[0], data=data)
        if language == "zh":
            _file_year(plant, *crew)


def _streams(province: Region, city: Region, authority: Organisation) -> None:
    """Somebody in every role, and records of every stream."""
    from tests import factories
    from tests.journeys import records_ccer, records_finance, records_pages

    employers = {"verifier": "verifier", "bank": "bank", "project_owner": "project_owner"}
    for role in EVERYBODY:
        kind = employers.get(role, "")
        firm = factories.organisation(f"OF-{role.upper()}"[:20], province, kind) if kind else authority
        factories.person(f"a_{role}", (role, None if role == "administrator" else firm), password=factories.PASSWORD)
    _newcomers()
    _verification(province, city)
    _review(city)
    _late(province)
    _policy(province)
    _market(province, city)
    records_pages.load(province, PLANTS["zh"])
    records_inventory.load(province, city)
    records_intensity.load(province, city)
    records_finance.load(province, city)
    records_ccer.load(province, city)


# who comes in by the single sign-on in which language; the name is that of his account, too
NEWCOMERS = {"zh": "newcomer_zh", "en": "newcomer_en"}


def _newcomers() -> None:
    """For each language an account without a role, and whoever decides on rights beside the system administrator."""
    from tanzhi.evidence.tracking import unrecorded
    from tanzhi.organisations.people.model import Person
    from tests import factories

    factories.person("a_security_administrator", ("security_administrator", None), password=factories.PASSWORD)
    for name in NEWCOMERS.values():
        person = factories.person(name, password=factories.PASSWORD)
        with unrecorded():
            Person.objects.filter(pk=person.pk).update(email=f"{name}@plant.example")


# whose report is verified in which language: a power plant's and a cement works'
VERIFIED = {"zh": "REPORT-ZH", "en": "REPORT-EN"}
VERIFIED_WORKS = {"zh": "CEMENT-ZH", "en": "CEMENT-EN"}


def _verification(province: Region, city: Region) -> None:
    """A body with two verifiers, a director, a city's officer, and a plant with a report for each language."""
    from tanzhi.organisations.register.model import Organisation
    from tests import factories

    body = factories.organisation("VB", province, "verifier")
    bureau = factories.organisation("C99", city, "authority")
    people = (
        ("director", "provincial_director", Organisation.objects.get(code="P99")),
        ("verifier_one", "verifier", body),
        ("verifier_two", "verifier", body),
        ("city_officer", "city_officer", bureau),
    )
    for name, role, where in people:
        _employ(name, role, where)
    for language, code in VERIFIED.items():
        plant = factories.key_unit(factories.organisation(code, city), years=REPORTING)
        factories.unit(factories.facility(plant), "1", **UNIT)
        _file_year(plant, *[_employ(f"report_{name}_{language}", role, plant) for name, role in _ROLES])
    for language, code in VERIFIED_WORKS.items():
        _file_cement(code, city, language)


def _file_cement(code: str, city: Region, language: str) -> None:
    """A cement works with the report of 2024 that the tests of all industries have."""
    from tests import factories
    from tests.filings.industries.steps import PLANTS, YEAR, deposited, opened, uploaded

    own = PLANTS["cement"]
    firm = factories.organisation(code, city, sector="building_materials", guideline="cement")
    site = factories.facility(factories.key_unit(firm, years=()))
    for attributes in own["units"]:
        factories.unit(site, **attributes)
    clerk, head = (_employ(f"cement_{name}_{language}", role, firm) for name, role in _ROLES)
    with _noon(date(2025, 2, 3)):
        report = opened(clerk, firm, "cement.year", YEAR)
        uploaded(clerk, report, own["report"])
        deposited(clerk, head, report)


# whose month is read over three levels in which language
REVIEWED = {"zh": "REVIEW-ZH", "en": "REVIEW-EN"}


def _review(city: Region) -> None:
    """For each language a plant whose clerk has submitted June 2023 for its head to deposit."""
    from tanzhi.actions.perform import perform
    from tanzhi.examples.generate import Plant, months, tested_coal, unit_year
    from tests import factories

    for language, code in REVIEWED.items():
        plant = factories.key_unit(factories.organisation(code, city), years=REPORTING)
        factories.unit(factories.facility(plant), "1", **UNIT)
        clerk, _ = (_employ(f"review_{name}_{language}", role, plant) for name, role in _ROLES)
        made_up = Plant(code, city.code, "", "", (350,), heat=False)
        june = unit_year(made_up, 1, months(2023), 1)["months"][5]
        with _noon(date(2023, 7, 24)):
            tested = {"organisation_id": plant.pk, "report": tested_coal(made_up, "2023-06")}
            perform("filings.record_report", clerk, data=tested)
            filing = _opened(clerk, plant, "power.month", "2023-06")
            perform("filings.upload", clerk, filing, _workbook(filing, {"units": [{"unit": "1", "months": [june]}]}))
            _check(clerk, filing)


# whose plants are late with everything, in which language: a city and its officer each
LATE = {"zh": "990200", "en": "990300"}


def _late(province: Region) -> None:
    """Four plants of a city that have begun no month: more than forty are late at any time of the year."""
    from tests import factories

    for language, code in LATE.items():
        city = factories.region(code, province)
        bureau = factories.organisation(f"C{code}", city, "authority")
        _employ(f"late_officer_{language}", "city_officer", bureau)
        for number in range(1, 5):
            factories.key_unit(factories.organisation(f"LATE-{language}-{number}".upper(), city), years=REPORTING)


# the list of tasks on which the city reports, in which language
TASK_LISTS = {"zh": "任务清单 ZH", "en": "Task list EN"}
# a document whose clauses are still to be entered
BARE = {"zh": "条款待录 ZH", "en": "Without clauses EN"}


def _policy(province: Region) -> None:
    """For each language a document with one task of the city's bureau, red since its first round."""
    from tanzhi.actions.perform import perform
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.roles import actor_of

    officer, bureau = (actor_of(Person.objects.get(sign_in_name=name)) for name in ("officer", "city_officer"))
    told = {
        "region": province.code, "level": "provincial", "kind": "task_plan", "topic": "peaking",
        "issued_on": "2024-01-10", "issuers": ["P99"],
    }  # fmt: skip
    for title in BARE.values():
        with _noon(date(2024, 1, 10)):
            bare = perform("policy.register_document", officer, data=told | {"zh": title, "en": title}).result
            perform("policy.bring_into_force", officer, bare)
    for title in TASK_LISTS.values():
        with _noon(date(2024, 1, 10)):
            document = perform("policy.register_document", officer, data=told | {"zh": title, "en": title}).result
            clause = {"clauses": [{"number": "1", "zh": "能源", "en": "Energy"}]}
            perform("policy.add_clauses", officer, document, clause)
            perform("policy.bring_into_force", officer, document)
            indicator = {"number": "1", "zh": "完成量", "en": "Amount", "unit": "t", "start": "10", "target": "10"}
            task = {
                "document": document.pk, "region": province.code, "number": "1", "zh": title, "en": title,
                "clause": "1", "lead": "C99", "starts_on": "2024-01-01", "due_on": "2099-12-31",
                "indicators": [indicator],
            }  # fmt: skip
            perform("policy.assign_task", officer, data=task)
        with _noon(date(2024, 7, 2)):
            asked = {"document": document.pk, "as_of": "2024-06-30", "due_on": "2024-07-20"}
            first = perform("policy.open_round", officer, data=asked).result
            report = first.reports.get()
            said = {"actuals": [{"number": "1", "value": "2"}], "progress": "起步 / begun", "files": [_paper()]}
            perform("policy.report_task", bureau, report, said)
            perform("policy.confirm_report", officer, report, {"text": "属实 / true"})
            perform("policy.close_round", officer, first)


# whose allowances of which year are allocated and surrendered in which language
MARKET = {"zh": ("MARKET-ZH", 2021), "en": ("MARKET-EN", 2022)}


def _market(province: Region, city: Region) -> None:
    """For each language a plant with an account, its allocation data of a year, and the cycle of that year."""
    from django.utils import timezone

    from tanzhi.actions.perform import perform
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.roles import actor_of
    from tests import factories
    from tests.streams.market import market

    officer = actor_of(Person.objects.get(sign_in_name="officer"))
    for language, (code, year) in MARKET.items():
        plant = factories.key_unit(factories.organisation(code, city), years=(year,))
        factories.unit(factories.facility(plant), "1", **UNIT | {"cooling": "water", "heat_supply": "cogeneration"})
        crew = [_employ(f"market_{name}_{language}", role, plant) for name, role in _ROLES]
        market.filed(plant, *crew, year)
        market.account(plant, officer)
        years = {"first_year": year, "last_year": year, "deadline": timezone.localdate() + timedelta(days=30)}
        perform("registry.open_cycle", officer, data={"region": province.code, "source": "notice of the cycle"} | years)


def _paper() -> str:
    """A stored file to show."""
    import io

    from tanzhi.evidence.files import receive

    return receive(io.BytesIO(b"evidence"), "evidence.txt", "text/plain").file.sha256


_ROLES = (("clerk", "enterprise_filer"), ("approver", "enterprise_approver"))


def _employ(name: str, role: str, plant: Organisation) -> Actor:
    from tanzhi.organisations.people.roles import actor_of
    from tests import factories

    return actor_of(factories.person(name, (role, plant), password=factories.PASSWORD))


def _file_year(plant: Organisation, clerk: Actor, approver: Actor) -> None:
    """Twelve months, each deposited on the 24th day after its end, and the annual report in March."""
    from tanzhi.actions.perform import perform
    from tanzhi.examples.generate import Plant, months, tested_coal, unit_year
    from tanzhi.rulebook.clocks import last_day

    made_up = Plant(plant.code, plant.region.code, "", "", (350,), heat=False)
    year = unit_year(made_up, 1, months(2023), 1)
    for month in year["months"]:
        record = {"units": [{"unit": "1", "months": [month]}]}
        with _noon(last_day(month["month"]) + timedelta(days=24)):
            tested = {"organisation_id": plant.pk, "report": tested_coal(made_up, month["month"])}
            perform("filings.record_report", clerk, data=tested)
            filing = _opened(clerk, plant, "power.month", month["month"])
            perform("filings.upload", clerk, filing, _workbook(filing, record))
            _deposit(clerk, approver, filing)
    with _noon(date(2024, 3, 20)):
        report = _opened(clerk, plant, "power.year", "2023")
        perform("filings.compose", clerk, report)
        _deposit(clerk, approver, report)


def _opened(clerk: Actor, plant: Organisation, form: str, period: str) -> Filing:
    from tanzhi.actions.perform import perform

    asked = {"form_code": form, "organisation_id": plant.pk, "period": period}
    filing: Filing = perform("filings.open", clerk, data=asked).result
    return filing


def _workbook(filing: Filing, record: dict[str, Any]) -> dict[str, str]:
    """The month as an uploaded workbook, so that every value knows its cell."""
    from tanzhi.filings.intake.template import Prefill, template
    from tanzhi.filings.months.status import form_of

    content = template(form_of(filing), Prefill(filing.organisation.code, filing.period, record))
    return {"content": base64.b64encode(content).decode(), "name": f"{filing.period}.xlsx"}


def _deposit(clerk: Actor, approver: Actor, filing: Filing) -> None:
    from tanzhi.actions.perform import perform

    _check(clerk, filing)
    perform("filings.deposit", approver, filing)


def _check(clerk: Actor, filing: Filing) -> None:
    from tanzhi.actions.perform import perform
    from tanzhi.filings.months.status import standing_of

    filing.refresh_from_db()
    questions = sorted({(found.code, found.place) for found in standing_of(filing).unanswered})
    if answers := [{"code": code, "where": place, "text": "已核对原始记录"} for code, place in questions]:
        perform("filings.answer", clerk, filing, {"answers": answers})
    perform("filings.check", clerk, filing)


def _noon(day: date) -> Any:
    from django.utils import timezone

    from tanzhi.actions import clock

    return clock.at(datetime.combine(day, time(12), timezone.get_current_timezone()))


if __name__ == "__main__":
    main()
