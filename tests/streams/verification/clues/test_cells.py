"""A clue that is raised at a cell: by whoever reads the month, for whoever is told, and back to the cell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.filings.months.cells import marks_of
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.verification.clues.model import Clue
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.todos.todo import todos
from tests.filings.deposits.test_work import MONTH, deposited, saved
from tests.streams.verification.conftest import day

FUEL = "units[1].months[2023-06].fuels[diesel]"
CELL = {"where": FUEL, "field": "fuel_consumption", "version": 1}
WORDS = {"text": "与入炉台账不符", "risk": "high"}
ACT = "verification.raise_clue"


@pytest.fixture
def month(clerk: Actor, approver: Actor, plant: Organisation) -> Filing:
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    filing: Filing = perform("filings.open", clerk, data=data).result
    deposited(clerk, approver, filing)
    filing.refresh_from_db()
    return filing


@pytest.fixture
def assigned(verifier: Actor, plant: Organisation) -> Actor:
    """The verifier with a case about the plant's report of 2023, as his assignment gives it to him."""
    grant = replace(verifier.grants[0], assigned=frozenset({plant.pk}), years=frozenset({(plant.pk, 2023)}))
    return replace(verifier, grants=[grant])


def raised(actor: Actor, month: Filing, **changed: Any) -> Clue:
    clue: Clue = perform(ACT, actor, data={"filing": month.pk} | CELL | WORDS | changed).result
    return clue


@pytest.mark.parametrize(
    ("who", "source"),
    [("city_officer", "monthly_review"), ("officer", "monthly_review"), ("assigned", "verification")],
)
def test_whoever_reads_a_month_raises_a_clue_at_its_cell(
    request: pytest.FixtureRequest, month: Filing, who: str, source: str
) -> None:
    actor = request.getfixturevalue(who)
    clue = raised(actor, month)
    assert (clue.number, clue.state, clue.source) == ("PLANT-2023-06-1", "received", source)
    assert (clue.unit, clue.parameter, clue.period, clue.value) == ("1", "消耗量（气体为万Nm³）", "2023-06", "86.20")
    assert clue.cell is not None
    assert clue.cell.zh == "1号机组，2023年6月，柴油，消耗量（气体为万Nm³）"
    version = reverse("filings:version", args=[month.pk, 1])
    assert clue.cell_address == f"{version}#units-1.months-2023-06.fuels-diesel.fuel_consumption"
    assert clue.seen_by(actor)


def test_it_is_marked_at_its_cell_for_whoever_may_see_it_and_for_nobody_else(
    month: Filing, city_officer: Actor, officer: Actor, assigned: Actor, clerk: Actor
) -> None:
    clue = raised(assigned, month)

    def readers() -> list[str]:
        people = {"verifier": assigned, "officer": officer, "city": city_officer, "plant": clerk}
        return [name for name, actor in people.items() if marks_of(actor, month)]

    assert readers() == ["verifier", "officer"]
    assert [(m.where, m.field, m.address) for m in marks_of(officer, month)] == [
        (FUEL, "fuel_consumption", clue.get_absolute_url())
    ]
    perform("verification.dispatch_clue", officer, clue, {"requirement": "请核对原件"})
    assert readers() == ["verifier", "officer", "city"]
    perform("verification.check_clue", city_officer, clue, {"outcome": "real", "result": "属实，台账缺页"})
    assert readers() == ["verifier", "officer", "city", "plant"]
    Clue.objects.update(state="closed")
    assert readers() == []


def test_the_plant_learns_nothing_of_it_from_the_months_timeline(
    month: Filing, city_officer: Actor, clerk: Actor, client: Client
) -> None:
    clue = raised(city_officer, month)
    page = sign_in(client, clerk).get(month.get_absolute_url()).content.decode()
    assert "线索" not in page.split("<main")[1].split("</main")[0]
    assert client.get(clue.get_absolute_url()).status_code == 404


def test_neither_its_deadline_nor_the_act_is_listed_for_whoever_is_not_told_yet(
    month: Filing, city_officer: Actor, officer: Actor, assigned: Actor, clerk: Actor
) -> None:
    clue = raised(assigned, month)

    def listed() -> list[str]:
        people = {"officer": officer, "city": city_officer, "plant": clerk}
        return [
            name
            for name, actor in people.items()
            if Clock.objects.visible_to(actor).filter(case=clue.reference).exists()
            and Performed.visible_to(actor).filter(subject=clue.reference).exists()
        ]

    def somewhere() -> int:
        """Lines of either kind that name it, for the city and the plant together."""
        lines = [
            rows.filter(**{field: clue.reference}).count()
            for actor in (city_officer, clerk)
            for rows, field in ((Clock.objects.visible_to(actor), "case"), (Performed.visible_to(actor), "subject"))
        ]
        return sum(lines)

    assert (listed(), somewhere()) == (["officer"], 0)
    perform("verification.dispatch_clue", officer, clue, {"requirement": "请核对原件"})
    assert listed() == ["officer", "city"]
    perform("verification.check_clue", city_officer, clue, {"outcome": "real", "result": "属实，台账缺页"})
    assert listed() == ["officer", "city", "plant"]


def test_it_waits_for_the_province_by_the_day_that_every_received_clue_has(
    month: Filing, city_officer: Actor, officer: Actor
) -> None:
    with day(5, 6):
        clue = raised(city_officer, month)
    running = Clock.objects.get(case=clue.reference)
    # Five working days after Monday 6 May 2024; Saturday 11 May is worked.
    assert (running.limit, running.due_on) == ("dispatch", date(2024, 5, 11))
    assert (clue.reference, running.due_on) in {(item.subject, item.due) for item in todos(officer)}
    assert clue.reference not in {item.subject for item in todos(city_officer)}
    perform("verification.dispatch_clue", officer, clue, {"requirement": "请核对原件"})
    assert set(Clock.objects.filter(case=clue.reference).values_list("limit", "state")) == {
        ("dispatch", "stopped"),
        ("check", "running"),
    }


def test_a_second_clue_about_a_cell_waits_until_the_first_is_closed(
    month: Filing, city_officer: Actor, assigned: Actor
) -> None:
    raised(city_officer, month)
    with pytest.raises(Refused, match="CLU-CELL"):
        raised(city_officer, month)
    # Whoever does not see the first learns nothing of it.
    assert raised(assigned, month).number == "PLANT-2023-06-2"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"where": "units[9]"}, "FIL-CELL"),
        ({"field": "no_such_field"}, "FIL-CELL"),
        ({"text": ""}, "ACT-INPUT"),
        ({"risk": "huge"}, "ACT-INPUT"),
        ({"risk": ""}, "ACT-INPUT"),
        ({"version": 2}, "ACT-SCOPE"),
    ],
)
def test_it_is_about_a_cell_that_a_deposited_version_has(
    month: Filing, officer: Actor, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        raised(officer, month, **changed)
    assert not Clue.objects.exists()


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("clerk", "ACT-ROLE"),
        ("director", "ACT-ROLE"),
        ("stranger", "ACT-ROLE"),
        ("other_officer", "ACT-SCOPE"),
        ("verifier", "ACT-SCOPE"),
    ],
)
def test_nobody_else_raises_one(request: pytest.FixtureRequest, month: Filing, who: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        raised(request.getfixturevalue(who), month)


# --- pages --------------------------------------------------------------------------------------


def sign_in(client: Client, actor: Actor) -> Client:
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_the_cell_to_the_clue_and_back_to_the_cell(
    client: Client, month: Filing, officer: Actor, language: str
) -> None:
    browser = sign_in(client, officer)
    browser.cookies["django_language"] = language
    anchor = "units-1.months-2023-06.fuels-diesel.fuel_consumption"
    version = reverse("filings:version", args=[month.pk, 1])
    # The month's page leads to its deposited version, opened at the cell; there the clue begins.
    assert f'href="{version}?cell={anchor}#{anchor}"' in browser.get(month.get_absolute_url()).content.decode()
    pressed = browser.get(version, {"cell": anchor}).content.decode()
    (form,) = re.findall(r'href="(/verification/clues/raise/[^"]+)"', pressed)
    form = form.replace("&amp;", "&")
    assert "86.20" in browser.get(form).content.decode()
    hidden = {"filing": month.pk, **CELL}
    refused = browser.post(form, hidden | {"text": "", "risk": "high"})
    assert refused.status_code == 422
    done = browser.post(form, hidden | WORDS)
    clue = Clue.objects.get()
    assert (done.status_code, done["Location"]) == (302, clue.get_absolute_url())
    shown = browser.get(clue.get_absolute_url()).content.decode()
    assert f'href="{version}#{anchor}"' in shown
    for page in (version, month.get_absolute_url(), reverse("filings:review", args=[month.pk])):
        html = browser.get(page).content.decode()
        cell = html.split(f'id="{anchor}"')[1].split("</td>")[0]
        assert clue.get_absolute_url() in cell
        assert "PLANT-2023-06-1" in cell


def test_a_pressed_cell_of_the_review_page_offers_both_a_remark_and_a_clue(
    client: Client, month: Filing, city_officer: Actor
) -> None:
    page = sign_in(client, city_officer).post(
        reverse("filings:review", args=[month.pk]), {"add": f"{FUEL}|fuel_consumption", "remark": "请核对"}
    )
    html = page.content.decode()
    assert "text-0" in html
    assert f"/verification/clues/raise/{month.pk}/1/?" in html
    assert "请核对</textarea>" in html


def test_a_clue_whose_cell_is_gone_says_so(
    client: Client, month: Filing, officer: Actor, clerk: Actor, approver: Actor
) -> None:
    clue = raised(officer, month)
    perform("filings.correct", clerk, month, {"reason": "柴油改为另行填报"})
    saved(clerk, month, {"units": [{"unit": "1", "months": [MONTH | {"fuels": []}]}]})
    version = month.latest
    version.deposited = True
    version.save(update_fields=["deposited"])
    page = sign_in(client, officer).get(clue.get_absolute_url()).content.decode()
    assert "FIL-CELL" in page
    assert "86.20" in page


def test_pages_and_links_are_for_readers_alone(client: Client, month: Filing, clerk: Actor, officer: Actor) -> None:
    page = reverse("verification:raise_clue", args=[month.pk, 1])
    asked = {"where": FUEL, "field": "fuel_consumption"}
    browser = sign_in(client, clerk)
    assert browser.get(page, asked).status_code == 404
    assert "?cell=" not in browser.get(reverse("filings:version", args=[month.pk, 1])).content.decode()
    browser = sign_in(client, officer)
    assert browser.get(reverse("verification:raise_clue", args=[month.pk, 7]), asked).status_code == 404
    gone = browser.get(page, asked | {"where": "units[9]"}).content.decode()
    assert "FIL-CELL" in gone
    assert "<textarea" not in gone.split("<main")[1]
