"""Reminders one and two, word once it is late, mail in one's own language, deadlines in a calendar program."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from icalendar import Calendar

import tanzhi
from tanzhi.actions import clock
from tanzhi.actions.models import Performed
from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.notices.model import NOTICE_KINDS, NOTICE_TONES, CalendarAddress, Notice
from tanzhi.workflow.notices.work import remind_if_due
from tests.factories import PASSWORD, World, person
from tests.workflow.vacation import Vacation


def at(month: int, day: int, year: int = 2024) -> Any:
    return clock.at(datetime(year, month, day, 4, tzinfo=UTC))


@pytest.fixture
def people(world: World, clerk_person: Person) -> dict[str, Person]:
    return {
        "clerk": clerk_person,
        "officer": person("reminded", ("provincial_officer", world.authority), password=PASSWORD),
        "director": person("pressing", ("provincial_director", world.authority), password=PASSWORD),
        "elsewhere": person("elsewhere", ("provincial_officer", world.other_authority), password=PASSWORD),
    }


@pytest.fixture
def case(people: dict[str, Person], clerk: Actor, plant: Organisation) -> Vacation:
    """Asked on 27 September 2024: to be decided by 10 October, to be ended by 31 December."""
    with at(9, 27):
        found: Vacation = perform("cases.vacation_ask", clerk, data={"organisation": plant.pk, "days": 3}).result
    return found


def told(person: Person) -> list[str]:
    return [one.kind for one in Notice.objects.filter(person=person).order_by("pk")]


def test_reminders_go_out_once_each_before_the_end_and_after_it(case: Vacation, people: dict[str, Person]) -> None:
    for month, day in ((9, 27), (9, 29), (10, 9), (10, 9), (10, 10), (10, 11), (10, 12)):
        with at(month, day):
            remind_if_due()
    assert told(people["officer"]) == ["first", "second", "late"]
    assert told(people["elsewhere"]) == told(people["director"]) == told(people["clerk"]) == []


def test_who_must_press_hears_only_once_it_is_late(case: Vacation, people: dict[str, Person]) -> None:
    with at(12, 26):
        remind_if_due()
    assert (told(people["clerk"]), told(people["director"])) == (["first"], [])
    with at(1, 2, 2025):
        remind_if_due()
    assert (told(people["clerk"]), told(people["director"])) == (["first", "late"], ["escalated"])


def test_a_round_with_nothing_to_tell_leaves_no_trace(case: Vacation) -> None:
    with at(9, 27):
        assert remind_if_due() == 1  # five working days are the first reminder's own term
        assert remind_if_due() == 0
    assert Performed.objects.filter(action="cases.remind").count() == 1


def test_a_paused_deadline_reminds_nobody(case: Vacation, people: dict[str, Person], officer: Actor) -> None:
    with at(9, 27):
        perform("cases.vacation_send_back", officer, case)
    with at(10, 11):
        remind_if_due()
    assert told(people["officer"]) == []


def test_mail_goes_out_in_ones_own_language_where_a_server_is_set(
    case: Vacation, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    Person.objects.filter(pk=people["officer"].pk).update(email="officer@example.org", language="en")
    monkeypatch.setattr("tanzhi.workflow.notices.delivery.is_configured", lambda: True)
    with at(10, 9), django_capture_on_commit_callbacks(execute=True):
        remind_if_due()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["officer@example.org"], "Due soon, 2024-10-10: Decide (3 days out of service)")
    ]
    assert case.get_absolute_url() in mail.outbox[0].body


def test_notices_are_read_by_their_person_alone(client: Client, case: Vacation, people: dict[str, Person]) -> None:
    with at(10, 9):
        remind_if_due()
    client.force_login(people["officer"])
    assert "停运 3 天" in client.get("/cases/notices/").content.decode()
    client.post("/presentation/act/cases.read_notices/", {})
    assert not Notice.objects.filter(read_at=None).exists()
    client.force_login(people["director"])
    assert "停运 3 天" not in client.get("/cases/notices/").content.decode()


def address(client: Client) -> str:
    shown = client.post("/presentation/act/cases.calendar_address/", {}).content.decode()
    return re.search(r'value="http://testserver(/cases/calendar/[^"]+)"', shown)[1]  # type: ignore[index]


def test_a_calendar_program_reads_deadlines_by_a_secret_address(
    client: Client, case: Vacation, people: dict[str, Person]
) -> None:
    client.force_login(people["officer"])
    secret = address(client)
    with at(10, 1):
        feed = Calendar.from_ical(Client().get(secret).content)
    events = [(event["summary"], event["dtstart"].dt) for event in feed.walk("VEVENT")]
    assert [event for event in events if "月度数据" not in event[0] and "质量控制方案" not in event[0]] == [
        ("作出决定：停运 3 天", date(2024, 10, 10))
    ]
    assert not CalendarAddress.objects.filter(digest__in=secret).exists()


def test_a_new_address_or_none_ends_the_old_one(client: Client, case: Vacation, people: dict[str, Person]) -> None:
    client.force_login(people["officer"])
    first = address(client)
    second = address(client)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    client.post("/presentation/act/cases.drop_calendar/", {})
    assert Client().get(second).status_code == 404


def test_only_the_platform_sends_reminders(clerk: Actor, officer: Actor) -> None:
    for who in (clerk, officer):
        with pytest.raises(Refused) as refused:
            perform("cases.remind", who)
        assert refused.value.code == "ACT-ROLE"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_notices_leads_on_when_there_is_none(
    client: Client, people: dict[str, Person], language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(people["director"])
    shown = client.get("/cases/notices/").content.decode()
    assert {"zh-hans": "生成日历地址", "en": "Make a calendar address"}[language] in shown


def test_every_kind_of_notice_that_somebody_writes_has_its_words() -> None:
    """A page of notices says the kind of each; the modules that write one name it."""
    written = {
        node.args[1].value
        for path in Path(tanzhi.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "NoticeDraft"
        and isinstance(node.args[1], ast.Constant)
    }
    assert {"late", "letter", "list", "security"} <= written <= NOTICE_KINDS.keys() == NOTICE_TONES.keys()
