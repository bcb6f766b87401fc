"""Late months are reminded of together: every plant its own act, its own notice, once a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.filings.months.model import Reminder
from tanzhi.filings.reminders.pages import late_plants
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.notices.model import Notice
from tests import factories
from tests.factories import World

NOVEMBER = datetime(2023, 11, 20, 4, tzinfo=UTC)
LATE = [f"2023-{month:02d}" for month in range(1, 10)]  # September was due on 9 November, October is due in December


@pytest.fixture
def browser(client: Any, world: World) -> Any:
    officer = factories.person("reader", ("provincial_officer", world.authority), password=factories.PASSWORD)
    client.force_login(Person.objects.get(pk=officer.pk), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_plant_is_reminded_of_its_late_months_once_a_day(clerk: Actor, officer: Actor, plant: Organisation) -> None:
    Person.objects.update(state="active")
    with clock.at(NOVEMBER):
        perform("filings.remind", officer, plant, {"months": LATE})
        (notice,) = Notice.objects.filter(person_id=clerk.person_id, kind="late")
        assert notice.title_zh.startswith("催报：9 个月的月度数据逾期未存证（2023-01")
        assert notice.address == reverse("filings:begin", args=[plant.pk, "power.month", "2023-01"])
        with pytest.raises(Refused, match="FIL-REMINDED"):
            perform("filings.remind", officer, plant, {"months": ["2023-09"]})
    with clock.at(NOVEMBER + timedelta(days=1)):
        perform("filings.remind", officer, plant, {"months": ["2023-09"]})
    assert Reminder.objects.count() == 10


@pytest.mark.parametrize("month", ["2023-10", "2024-01", "2019-05"])
def test_what_is_not_late_is_not_reminded_of(officer: Actor, plant: Organisation, month: str) -> None:
    with clock.at(NOVEMBER), pytest.raises(Refused, match="FIL-NOT-LATE"):
        perform("filings.remind", officer, plant, {"months": ["2023-09", month]})
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("who", "code"), [("clerk", "ACT-ROLE"), ("director", "ACT-ROLE"), ("other_officer", "ACT-SCOPE")]
)
def test_it_is_for_the_officers_of_the_region(
    request: pytest.FixtureRequest, plant: Organisation, who: str, code: str
) -> None:
    actor = request.getfixturevalue(who)
    with clock.at(NOVEMBER), pytest.raises(Refused, match=code):
        perform("filings.remind", actor, plant, {"months": LATE})


def test_forty_late_months_of_five_plants_are_reminded_of_with_three_presses(
    browser: Any, plant: Organisation, world: World
) -> None:
    """Home → matrix, matrix → reminders, reminders → sent: each page links to the next."""
    for number in range(4):
        firm = factories.key_unit(factories.organisation(f"MORE{number}", world.city), years=[2023])
        assert firm.pk
    factories.members_of(plant, [2018])
    with clock.at(NOVEMBER):
        home = browser.get("/").content.decode()
        matrix = reverse("filings:matrix") + "?year=2023"
        assert matrix in home
        page = browser.get(reverse("filings:matrix") + "?year=2023").content.decode()
        assert reverse("filings:reminders") in page
        chosen = browser.get(reverse("filings:reminders")).content.decode()
        keys = list(
            Organisation.objects.filter(code__in=["PLANT", "MORE0", "MORE1", "MORE2", "MORE3"]).values_list(
                "pk", flat=True
            )
        )
        assert chosen.count("checked>") == 5
        browser.post(reverse("filings:reminders"), {"plant": keys[:-1]})
        left = browser.get(reverse("filings:reminders")).content.decode()
    assert Reminder.objects.filter(period__startswith="2023").count() >= 4 * 9
    assert Performed.objects.filter(action="filings.remind").count() == 4
    assert left.count("checked>") == 1


def test_who_was_reminded_meanwhile_is_named_and_not_counted(
    browser: Any, officer: Actor, plant: Organisation, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two officers at once: the page of the second still lists the plant that the first has just reminded."""
    other = factories.key_unit(factories.organisation("MORE", world.city), years=[2023])

    def late(actor: Actor, today: Any, month: str) -> Any:
        plants = late_plants(actor, today, month)
        perform("filings.remind", officer, plant, {"months": LATE})
        return plants

    monkeypatch.setattr("tanzhi.filings.reminders.pages.late_plants", late)
    with clock.at(NOVEMBER):
        answer = browser.post(reverse("filings:reminders"), {"plant": [plant.pk, other.pk]})
    words = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "FIL-REMINDED" in words[0]
    assert words[1:] == ["已向 1 家单位催报 9 个月"]


def test_a_plant_has_no_such_page(client: Any, clerk: Actor) -> None:
    client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("filings:reminders")).status_code == 404
