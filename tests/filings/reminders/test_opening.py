"""What plants owe and nobody has begun is opened together: each an act of its own, and each plant is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.filings.months.model import Filing
from tanzhi.filings.reminders.duties import duties as all_owed
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.notices.model import Notice
from tests import factories
from tests.factories import World

NOVEMBER = datetime(2023, 11, 20, 4, tzinfo=UTC)
PAGE = "filings:unbegun"


def asked(firm: Organisation, period: str = "2023-06", form_code: str = "power.month") -> dict[str, Any]:
    return {"form_code": form_code, "organisation_id": firm.pk, "period": period}


def key(firm: Organisation, period: str) -> str:
    return f"filings.duty:{firm.pk}:power.month:{period}"


@pytest.fixture
def browser(client: Any, world: World) -> Any:
    officer = factories.person("reader", ("provincial_officer", world.authority), password=factories.PASSWORD)
    client.force_login(Person.objects.get(pk=officer.pk), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_officer_opens_what_a_plant_owes_and_its_people_are_told(
    clerk: Actor, officer: Actor, plant: Organisation
) -> None:
    Person.objects.update(state="active")
    with clock.at(NOVEMBER):
        filing: Filing = perform("filings.open", officer, data=asked(plant)).result
        assert (filing.state, filing.organisation_id, filing.versions.count()) == ("draft", plant.pk, 0)
        (notice,) = Notice.objects.filter(person_id=clerk.person_id, kind="opened")
        assert notice.address == reverse("filings:begin", args=[plant.pk, "power.month", "2023-06"])
        with pytest.raises(Refused, match="ACT-SCOPE"):
            perform("filings.save", officer, filing, {"record": {}})
        assert perform("filings.open", clerk, data=asked(plant)).result.pk == filing.pk
        assert perform("filings.open", officer, data=asked(plant)).result.pk == filing.pk
    assert Filing.objects.count() == 1
    assert Notice.objects.filter(kind="opened", person_id=clerk.person_id).count() == 1


@pytest.mark.parametrize("period", ["2023-11", "2024-02", "2019-05"])
def test_what_a_plant_does_not_owe_no_officer_opens(officer: Actor, plant: Organisation, period: str) -> None:
    with clock.at(NOVEMBER), pytest.raises(Refused, match="FIL-NOT-OWED"):
        perform("filings.open", officer, data=asked(plant, period))
    assert not Filing.objects.exists()


@pytest.mark.parametrize(("who", "code"), [("other_officer", "ACT-SCOPE"), ("director", "ACT-SCOPE")])
def test_it_is_for_the_officers_of_the_region(
    request: pytest.FixtureRequest, plant: Organisation, who: str, code: str
) -> None:
    actor = request.getfixturevalue(who)
    with clock.at(NOVEMBER), pytest.raises(Refused, match=code):
        perform("filings.open", actor, data=asked(plant))


def test_the_page_lists_a_month_ticks_none_and_opens_each_by_itself(
    browser: Any, clerk: Actor, plant: Organisation, world: World
) -> None:
    firms = [factories.key_unit(factories.organisation(f"MORE{n}", world.city), years=[2023]) for n in range(3)]
    factories.members_of(plant, [2018])
    with clock.at(NOVEMBER):
        perform("filings.open", clerk, data=asked(plant))
        matrix = browser.get(reverse("filings:matrix") + "?year=2023&month=2023-06").content.decode()
        assert reverse(PAGE) + "?period=2023-06" in matrix
        page = browser.get(reverse(PAGE) + "?period=2023-06").content.decode()
        assert "checked" not in page
        assert [key(firm, "2023-06") in page for firm in (plant, *firms)] == [False, True, True, True]
        sent = [
            key(firms[0], "2023-06"),
            key(firms[1], "2023-05"),
            key(plant, "2023-06"),
            "filings.duty:0:power.month:x",
        ]
        answer = browser.post(reverse(PAGE) + "?period=2023-06", {"form": sent})
    # The one that is begun and the one that is none are no more on the page than what was opened now.
    assert "已办理 2 项，被拒 0 项" in answer.content.decode()
    begun = set(Filing.objects.values_list("organisation__code", "period"))
    assert begun == {(plant.code, "2023-06"), ("MORE0", "2023-06"), ("MORE1", "2023-05")}
    assert Performed.objects.filter(action="filings.open").count() == 3


def test_one_refusal_stops_none_of_the_others(
    browser: Any, plant: Organisation, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plant that was put out of the list between the page and the press."""
    other = factories.key_unit(factories.organisation("MORE", world.city), years=[2023])
    monkeypatch.setattr(
        "tanzhi.filings.deposits.opening.duties",
        lambda firms, on: [] if firms[0].pk == plant.pk else all_owed(firms, on),
    )
    with clock.at(NOVEMBER):
        answer = browser.post(reverse(PAGE), {"form": [key(plant, "2023-06"), key(other, "2023-06")]}).content.decode()
    assert "已办理 1 项，被拒 1 项" in answer
    assert "FIL-NOT-OWED" in answer
    assert [filing.organisation_id for filing in Filing.objects.all()] == [other.pk]


def test_a_clerk_opens_several_of_his_own_plant(client: Any, clerk: Actor, plant: Organisation, world: World) -> None:
    stranger = factories.key_unit(factories.organisation("STRANGER", world.city), years=[2023])
    client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
    with clock.at(NOVEMBER):
        assert reverse(PAGE) in client.get(reverse("filings:list")).content.decode()
        sent = [key(plant, "2023-05"), key(plant, "2023-06"), key(stranger, "2023-06")]
        client.post(reverse(PAGE), {"form": sent})
    assert set(Filing.objects.values_list("organisation", "period")) == {(plant.pk, "2023-05"), (plant.pk, "2023-06")}
    assert not Notice.objects.filter(kind="opened").exists()


def test_who_files_nothing_and_oversees_nobody_has_no_such_page(client: Any, verifier: Actor) -> None:
    Person.objects.update(state="active", is_active=True)
    client.force_login(Person.objects.get(pk=verifier.person_id), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse(PAGE)).status_code == 404
