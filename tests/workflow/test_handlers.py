"""Who works on a case: named one by one or for many together, told of it, and others watch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.models import Performed
from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.case.pages import case_context
from tanzhi.workflow.handlers.model import CaseHandler
from tanzhi.workflow.handlers.pages import open_work
from tanzhi.workflow.handlers.queries import divided
from tanzhi.workflow.notices.model import Notice
from tanzhi.workflow.todos.todo import DO, WATCH, Todo, todos
from tests.workflow.vacation import Vacation

FRIDAY = datetime(2024, 9, 27, 2, 0, tzinfo=UTC)
PAGE = "cases:assign"


@pytest.fixture(autouse=True)
def everybody_signed_in(officer: Actor, second_officer: Actor, other_officer: Actor, clerk: Actor) -> None:
    Person.objects.update(state="active", is_active=True)


@pytest.fixture
def cases(clerk: Actor, plant: Organisation) -> list[Vacation]:
    with clock.at(FRIDAY):
        asked = [{"organisation": plant.pk, "days": days} for days in (3, 4, 5)]
        return [perform("cases.vacation_ask", clerk, data=data).result for data in asked]


@pytest.fixture
def browser(client: Any, officer: Actor) -> Any:
    client.force_login(Person.objects.get(pk=officer.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def sign_in_name(actor: Actor) -> str:
    return Person.objects.get(pk=actor.person_id).sign_in_name


def assign(by: Actor, case: Vacation, to: Actor) -> Any:
    return perform("cases.assign", by, data={"case": case.reference, "handler": sign_in_name(to)})


def sections(actor: Actor, case: Vacation) -> set[str]:
    return {todo.section for todo in divided(todos(actor), actor) if todo.subject == case.reference}


def test_what_a_colleague_works_on_is_watched_by_the_others(
    cases: list[Vacation], officer: Actor, second_officer: Actor
) -> None:
    with clock.at(FRIDAY):
        before = sections(officer, cases[0])
        assert before
        assert WATCH not in before
        assign(officer, cases[0], second_officer)
        assert sections(officer, cases[0]) == {WATCH}
        assert sections(second_officer, cases[0]) == before
        assert sections(officer, cases[1]) == before
    (notice,) = Notice.objects.filter(kind="case")
    assert (notice.person_id, notice.address) == (second_officer.person_id, cases[0].get_absolute_url())


def test_the_last_one_named_counts_and_who_takes_it_himself_is_not_told(
    cases: list[Vacation], officer: Actor, second_officer: Actor
) -> None:
    assign(officer, cases[0], second_officer)
    assign(officer, cases[0], officer)
    assert [row.handler_id for row in CaseHandler.objects.all()] == [officer.person_id]
    assert [notice.person_id for notice in Notice.objects.filter(kind="case")] == [second_officer.person_id]
    assert Performed.objects.filter(action="cases.assign").count() == 2


def test_who_left_his_office_works_on_nothing(cases: list[Vacation], officer: Actor, second_officer: Actor) -> None:
    with clock.at(FRIDAY):
        before = sections(officer, cases[0])
        assign(officer, cases[0], second_officer)
        Person.objects.filter(pk=second_officer.person_id).update(state="disabled")
        assert sections(officer, cases[0]) == before


@pytest.mark.parametrize(
    ("who", "code"), [("clerk", "ACT-ROLE"), ("verifier", "ACT-ROLE"), ("other_officer", "ACT-SCOPE")]
)
def test_it_is_for_the_officers_of_the_region(
    request: pytest.FixtureRequest, cases: list[Vacation], officer: Actor, who: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        assign(request.getfixturevalue(who), cases[0], officer)


def test_nobody_is_named_who_does_not_reach_the_case(
    cases: list[Vacation], officer: Actor, clerk: Actor, other_officer: Actor
) -> None:
    """Neither a plant's person, nor an officer of another region, nor a name that nobody signs in with."""
    for name in (sign_in_name(clerk), sign_in_name(other_officer), "nobody"):
        with pytest.raises(Refused, match="CASE-HANDLER"):
            perform("cases.assign", officer, data={"case": cases[0].reference, "handler": name})
    assert not CaseHandler.objects.exists()


def test_a_closed_case_is_given_to_nobody(cases: list[Vacation], officer: Actor, second_officer: Actor) -> None:
    perform("cases.vacation_decide", officer, cases[0], {"outcome": "granted"})
    with pytest.raises(Refused, match="CASE-CLOSED"):
        assign(officer, cases[0], second_officer)


def test_the_page_ticks_nothing_and_gives_what_is_ticked_to_one(
    browser: Any, cases: list[Vacation], officer: Actor, second_officer: Actor
) -> None:
    with clock.at(FRIDAY):
        assert reverse(PAGE) in browser.get("/").content.decode()
        page = browser.get(reverse(PAGE)).content.decode()
        assert "checked" not in page
        assert all(f'value="{case.reference}"' in page for case in cases)
        sent = {"case": [case.reference for case in cases[:2]], "handler": sign_in_name(second_officer)}
        answer = browser.post(reverse(PAGE), sent).content.decode()
    assert "已办理 2 项，被拒 0 项" in answer
    assert set(CaseHandler.objects.values_list("case", "handler_id")) == {
        (case.reference, second_officer.person_id) for case in cases[:2]
    }
    assert Performed.objects.filter(action="cases.assign").count() == 2


def test_without_a_person_or_a_case_nothing_is_done_and_the_ticks_stay(
    browser: Any, cases: list[Vacation], second_officer: Actor
) -> None:
    with clock.at(FRIDAY):
        nobody = browser.post(reverse(PAGE), {"case": [cases[0].reference]})
        nothing = browser.post(reverse(PAGE), {"handler": sign_in_name(second_officer)})
    assert (nobody.status_code, nothing.status_code) == (422, 422)
    assert nobody.content.decode().count("checked>") == 1
    assert "未选择经办人" in nobody.content.decode()
    assert "未勾选任何事项" in nothing.content.decode()
    assert not CaseHandler.objects.exists()


def test_one_refusal_stops_none_of_the_others(
    browser: Any, cases: list[Vacation], officer: Actor, second_officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first case was closed between the page and the press."""
    with clock.at(FRIDAY):
        rows = open_work(officer)
        perform("cases.vacation_decide", officer, cases[0], {"outcome": "granted"})
        monkeypatch.setattr("tanzhi.workflow.handlers.pages.open_work", lambda _actor: rows)
        sent = {"case": [case.reference for case in cases], "handler": sign_in_name(second_officer)}
        answer = browser.post(reverse(PAGE), sent).content.decode()
    assert "已办理 2 项，被拒 1 项" in answer
    assert "CASE-CLOSED" in answer
    assert CaseHandler.objects.count() == 2


def test_the_page_of_the_case_names_him_to_officials_alone(
    cases: list[Vacation], officer: Actor, second_officer: Actor, clerk: Actor, rf: Any
) -> None:
    assign(officer, cases[0], second_officer)
    for reader, name in ((officer, "second_officer"), (clerk, None)):
        dossier = case_context(rf.get("/"), cases[0], reader)["dossier"]
        named = Person.objects.get(pk=second_officer.person_id).name if name else None
        assert (dossier.handler.handler_name if dossier.handler else None) == named
        assert ("cases.assign" in {button.name for button in dossier.buttons}) == (reader is officer)


def test_a_plants_list_stays_as_it_was(cases: list[Vacation], clerk: Actor, officer: Actor) -> None:
    rows = [Todo(cases[0].name, cases[0].reference, None, "/", "move", DO)]
    assign(officer, cases[0], officer)
    assert divided(rows, clerk) == rows


def test_a_reader_without_office_has_no_such_page(client: Any, clerk: Actor) -> None:
    client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse(PAGE)).status_code == 404
