"""A kind of work from its table alone: moves, guards, clocks, page, things to do."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.actions.states import Move, Opening, State, case_type
from tanzhi.actions.transitions import CaseType, dead_ends, unreachable
from tanzhi.law.calendar.days import due_after
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.case.pages import case_page, progress
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.todos.todo import todos
from tests import factories
from tests.databases import nothing_kept
from tests.factories import World
from tests.workflow.vacation import VACATION, Vacation

# Friday before the National Day week of 2024: 29 September is a worked Sunday, 1 to 7 October are free.
FRIDAY = datetime(2024, 9, 27, 2, 0, tzinfo=UTC)


def ask(clerk: Actor, plant: Organisation, days: int = 3) -> Vacation:
    with clock.at(FRIDAY):
        case: Vacation = perform("cases.vacation_ask", clerk, data={"organisation": plant.pk, "days": days}).result
    return case


def due(case: Vacation, limit: str = "decide") -> date:
    return Clock.objects.get(subject=case.reference, limit=limit).due_on


def test_opening_puts_a_case_into_its_first_state_and_starts_its_clocks(clerk: Actor, plant: Organisation) -> None:
    case = ask(clerk, plant)
    assert (case.state, case.opened_at, case_type(case)) == ("asked", FRIDAY, VACATION)
    # Sunday 29 (worked), Monday 30, then 8, 9, 10 October
    assert due(case) == date(2024, 10, 10)
    assert due(case, "last") == date(2024, 12, 31)


def test_a_paused_clock_keeps_what_remains_and_goes_on_from_the_day_after(
    clerk: Actor, officer: Actor, plant: Organisation
) -> None:
    case = ask(clerk, plant)
    with clock.at(datetime(2024, 9, 30, 2, tzinfo=UTC)):
        perform("cases.vacation_send_back", officer, case)
    paused = Clock.objects.get(subject=case.reference, limit="decide")
    assert (paused.state, paused.left) == ("paused", 3)
    with clock.at(datetime(2024, 10, 9, 2, tzinfo=UTC)):
        perform("cases.vacation_complete", clerk, case)
    assert due(case) == date(2024, 10, 12)  # Thursday 10, Friday 11, and Saturday 12, which is worked


def test_an_end_state_closes_the_case_and_stops_every_clock(clerk: Actor, officer: Actor, plant: Organisation) -> None:
    case = ask(clerk, plant)
    with clock.at(datetime(2024, 10, 8, 2, tzinfo=UTC)):
        perform("cases.vacation_decide", officer, case, {"outcome": "granted"})
    case.refresh_from_db()
    assert (case.state, case.closed_at) == ("granted", datetime(2024, 10, 8, 2, tzinfo=UTC))
    assert {row.state for row in Clock.objects.filter(case=case.reference)} == {"stopped"}
    assert Clock.objects.get(case=case.reference, limit="decide").in_time


def test_a_guard_refuses_with_its_own_code(clerk: Actor, officer: Actor, plant: Organisation) -> None:
    case = ask(clerk, plant, days=31)
    with pytest.raises(Refused) as refused:
        perform("cases.vacation_decide", officer, case, {"outcome": "granted"})
    assert refused.value.code == "VAC-LONG"


def test_a_move_by_two_persons_waits_and_opens_the_case_again_only_then(
    clerk: Actor, officer: Actor, second_officer: Actor, plant: Organisation
) -> None:
    case = ask(clerk, plant)
    perform("cases.vacation_decide", officer, case, {"outcome": "granted"})
    proposal = perform("cases.vacation_withdraw", officer, case).proposal
    case.refresh_from_db()
    assert case.state == "granted"
    decide(proposal, second_officer)
    case.refresh_from_db()
    assert case.state == "refused"


def test_strangers_do_not_learn_that_a_case_exists(clerk: Actor, other_officer: Actor, plant: Organisation) -> None:
    case = ask(clerk, plant)
    with pytest.raises(Refused) as refused:
        perform("cases.vacation_decide", other_officer, case, {"outcome": "granted"})
    assert (refused.value.code, refused.value.status) == ("ACT-SCOPE", 404)


def test_a_deadline_waits_for_the_roles_it_names_and_for_those_who_press_once_it_is_late(
    clerk: Actor, officer: Actor, director: Actor, verifier: Actor, plant: Organisation
) -> None:
    ask(clerk, plant)

    def waiting(actor: Actor) -> list[str]:
        return [todo.title.en for todo in todos(actor) if todo.kind == "deadline"]

    with clock.at(datetime(2024, 10, 1, tzinfo=UTC)):
        assert waiting(officer) == ["Decide: 3 days out of service"]
        assert waiting(clerk) == ["The very last day: 3 days out of service"]
        assert waiting(director) == waiting(verifier) == []
    with clock.at(datetime(2025, 1, 2, tzinfo=UTC)):
        assert waiting(director) == ["Overdue, follow up: The very last day: 3 days out of service"]


def test_a_year_that_the_calendar_does_not_know_is_refused_and_says_who_enters_it(
    clerk: Actor, administrator: Actor, plant: Organisation
) -> None:
    with clock.at(datetime(2041, 3, 1, tzinfo=UTC)), pytest.raises(Refused) as refused:
        perform("cases.vacation_ask", clerk, data={"organisation": plant.pk, "days": 1})
    assert refused.value.code == "CASE-YEAR"
    assert "2041" in refused.value.message.zh
    assert not Vacation.objects.exists()
    year = {"year": 2041, "holidays": ["2041-03-04"], "working_weekends": ["2041-03-09"], "source": "made up"}
    perform("cases.enter_year", administrator, data=year)
    with clock.at(datetime(2041, 3, 1, tzinfo=UTC)):
        case = perform("cases.vacation_ask", clerk, data={"organisation": plant.pk, "days": 1}).result
    assert due(case) == date(2041, 3, 9)  # 5, 6, 7, 8 and the worked Saturday: Monday 4 is free


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("natural", date(2024, 10, 1)), ("civil", date(2024, 10, 8)), ("working", date(2024, 10, 9))],
)
def test_conventions_count_as_their_data_say(db: None, unit: str, expected: date) -> None:
    assert due_after(date(2024, 9, 27), 4, unit) == expected


def test_a_limit_that_nobody_keeps_or_that_no_convention_counts_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="nobody"):
        Limit("x", same("x"), days=1)
    with pytest.raises(ValueError, match="unknown unit"):
        Limit("x", same("x"), days=1, unit="moons", who={"bank"})


def test_a_table_that_names_an_unknown_state_fails_at_the_start() -> None:
    states = (State("a", same("a")),)
    with pytest.raises(ValueError, match="unknown states"):
        CaseType("cases.wrong", Vacation, same("x"), states, (Move("cases.m", same("m"), ("a",), "b", {"bank"}),))


def test_an_opening_below_which_no_function_stands_fails_at_the_start() -> None:
    states = (State("a", same("a"), end=True),)
    with pytest.raises(ValueError, match=r"cases\.nothing does nothing"):
        CaseType("cases.wrong", Vacation, same("x"), states, (), Opening("cases.nothing", same("o"), {"bank"}))


def test_a_row_above_a_function_is_the_row_that_names_it() -> None:
    row, door = Move("cases.m", same("m"), ("a",), "b", {"bank"}), Opening("cases.o", same("o"), {"bank"})

    @row
    def moved(call: Any, case: Any) -> str:
        return f"{call} moves {case}"

    @door
    def opened(call: Any) -> str:
        return f"{call} opens"

    assert moved == dataclasses.replace(row, do=moved.do)
    assert opened == dataclasses.replace(door, do=opened.do)
    assert [row.do, door.do] == [None, None]
    # the functions themselves, which the rows do now
    assert moved.do("somebody", "a case") == "somebody moves a case"  # type: ignore[misc]
    assert opened.do("somebody") == "somebody opens"  # type: ignore[misc]


def test_dead_ends_and_states_out_of_reach_are_told_by_name() -> None:
    unsound = object.__new__(CaseType)
    for name, value in {
        "name": "x",
        "states": (State("a", same("a")), State("b", same("b")), State("c", same("c"), end=True)),
        "moves": (Move("x.go", same("go"), ("a",), "b", {"bank"}),),
        "opening": (),
        "start": "a",
    }.items():
        object.__setattr__(unsound, name, value)
    assert dead_ends(unsound) == ["b"]
    assert unreachable(unsound) == ["c"]


@pytest.fixture
def page(clerk_person: Person, clerk: Actor, plant: Organisation, rf: RequestFactory) -> Any:
    case = ask(clerk, plant)

    def show(person: Person) -> str:
        request = rf.get("/made-up/")
        request.user = person
        request.actor = clerk  # type: ignore[attr-defined]
        request._messages = []  # type: ignore[attr-defined]
        return case_page(request, case, "cases/case.html").content.decode()

    return show


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_a_case_shows_strip_clocks_and_what_happened(
    page: Any, clerk_person: Person, settings: Any, language: str
) -> None:
    from django.utils.translation import override

    with override(language):
        shown = page(clerk_person)
    word: Text = VACATION.title
    assert getattr(word, "en" if language == "en" else "zh") in shown
    assert 'aria-current="step"' in shown
    assert "2024-10-10" in shown
    assert "stateDiagram" not in shown
    assert f"<summary>{'How this work goes' if language == 'en' else '办理流程'}</summary>" in shown


def test_the_list_of_deadlines_is_for_those_who_reach_them(
    client: Client, clerk: Actor, clerk_person: Person, plant: Organisation, world: World
) -> None:
    ask(clerk, plant)
    client.force_login(clerk_person)
    assert "停运 3 天" in client.get("/cases/deadlines/").content.decode()
    client.force_login(factories.person("nosy", ("enterprise_filer", world.other_plant), password=factories.PASSWORD))
    assert "停运 3 天" not in client.get("/cases/deadlines/").content.decode()


def test_the_list_of_deadlines_asks_the_database_the_same_number_of_times_however_long_it_is(
    client: Client, clerk: Actor, clerk_person: Person, plant: Organisation, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(clerk_person)
    ask(clerk, plant)
    client.get("/cases/deadlines/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/cases/deadlines/")
    for _ in range(10):
        ask(clerk, plant)
    with django_assert_num_queries(len(one)):
        client.get("/cases/deadlines/")


def test_things_to_do_ask_as_much_for_many_deadlines_as_for_few(
    clerk: Actor, officer: Actor, plant: Organisation
) -> None:
    ask(clerk, plant)
    todos(officer)  # what is read once in a transaction is read
    with nothing_kept(), CaptureQueriesContext(connection) as few:
        todos(officer)
    for _ in range(4):
        ask(clerk, plant)
    with nothing_kept(), CaptureQueriesContext(connection) as many:
        assert len([todo for todo in todos(officer) if todo.kind == "deadline"]) >= 5
    assert len(many) == len(few)


def test_what_is_kept_for_one_reader_is_shown_to_no_other(clerk: Actor, officer: Actor, plant: Organisation) -> None:
    ask(clerk, plant)
    kept = {reader.known_by: todos(reader) for reader in (officer, clerk)}
    with CaptureQueriesContext(connection) as again:
        assert [todos(reader) for reader in (officer, clerk)] == [*kept.values()]
    assert len(again) <= 4  # kept indeed: each asks what the log says, and on PostgreSQL how much of it has come
    with nothing_kept():
        assert [todos(reader) for reader in (officer, clerk)] == [*kept.values()]
    assert kept[officer.known_by] != kept[clerk.known_by]
    assert replace(officer, grants=[]).known_by not in kept


@pytest.mark.parametrize(("state", "stressed"), [("asked", "cases.vacation_decide"), ("granted", None)])
def test_the_button_that_a_page_stresses_is_the_way_forward(
    plant: Organisation, officer: Actor, rf: RequestFactory, state: str, stressed: str | None
) -> None:
    """The table names sending back before deciding; of what is granted there is only the taking back."""
    case = Vacation.objects.create(organisation=plant, days=3, state=state)
    buttons = progress(rf.get("/"), case, officer)["buttons"]
    assert len(buttons) == (2 if stressed else 1)
    assert not buttons[0].primary
    assert [button.name for button in buttons if button.primary] == ([stressed] if stressed else [])
