"""The home page: groups by deadline, a calm strip of figures, a tour that goes away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.bulletin.rows import plan
from tanzhi.organisations.people.roles import ROLES, actor_of
from tanzhi.presentation import navigation
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.home import day
from tanzhi.web.home.day import FIGURES, by_section
from tanzhi.web.tour.steps import steps_of
from tanzhi.workflow.handlers import queries
from tanzhi.workflow.todos.todo import DECIDE, DO, WATCH, Todo, todos
from tests import factories
from tests.actions.test_matrix import holder

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import World

TODAY = date(2024, 7, 16)


def todo(days: int | None, section: str = DO, alike: Text | None = None) -> Todo:
    due = None if days is None else TODAY + timedelta(days=days)
    return Todo(Text("办理", "Do"), f"x.y:{days}", due, "/", "x", section, alike)


def test_what_is_to_be_decided_stands_first_and_empty_sections_are_left_out() -> None:
    sections = by_section([todo(-40, WATCH), todo(-1), todo(0), todo(None), todo(7, DECIDE)], TODAY)
    assert [(section.title.en, [one.days for one in section.first]) for section in sections] == [
        ("To decide", [7]),
        ("To do", [-1, 0, None]),
        ("To watch", [-40]),
    ]
    assert [(section.count, section.late) for section in sections] == [(1, 0), (3, 1), (1, 1)]
    assert [section.code for section in by_section([todo(1)], TODAY)] == [DO]


def test_what_is_alike_is_one_line_with_the_first_deadline_and_loses_nothing() -> None:
    months = Text("未填报的月份", "Months not begun")
    (section,) = by_section([todo(-9), todo(-5, alike=months), todo(-3), todo(2, alike=months)], TODAY)
    assert [one.title.zh for one in section.first] == ["办理", "未填报的月份（2 项）", "办理"]
    folded = section.first[1]
    assert (folded.days, [part.days for part in folded.parts]) == (-5, [-5, 2])
    assert (section.count, section.late) == (4, 3)
    (single,) = by_section([todo(1, alike=months)], TODAY)
    assert (single.first[0].title.zh, single.first[0].parts) == ("办理", ())


@pytest.mark.parametrize(
    ("days", "english", "tone"),
    [
        (-3, "3 days late", "late"),
        (-1, "1 day late", "late"),
        (0, "due today", "due"),
        (1, "1 day left", "due"),
        (6, "6 days left", "due"),
        (9, "9 days left", ""),
    ],
)
def test_a_deadline_is_told_in_words_and_not_by_colour_alone(days: int, english: str, tone: str) -> None:
    (section,) = by_section([todo(days)], TODAY)
    assert (section.first[0].words.en, section.first[0].tone) == (english, tone)


def test_a_long_section_is_cut_and_says_how_many_more_there_are() -> None:
    (section,) = by_section([todo(-days) for days in range(1, 31)], TODAY)
    assert (len(section.first), section.rest, section.count) == (12, 18, 30)
    alike = Text("月份", "Months")
    for number, more in ((12, 0), (13, 1)):
        (folded,) = by_section([todo(-1, alike=alike)] * number, TODAY)[0].first
        assert (len(folded.first_parts), folded.more_parts, len(folded.parts)) == (12, more, number)


def test_the_page_of_a_section_has_everything_of_it_page_by_page(
    enter: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = enter("provincial_officer")
    rows = [replace(todo(days), title=Text(f"第{days}件。", f"No {days}.")) for days in range(120)]
    monkeypatch.setattr(queries, "todos", lambda _actor: [*rows, todo(1, WATCH)])
    home = browser.get(reverse("web:home")).content.decode()
    assert f'href="{reverse("web:waiting", args=[DO])}"' in home
    pages = [browser.get(reverse("web:waiting", args=[DO]), {"page": n}).content.decode() for n in (1, 2, 3)]
    assert [sum(f"第{days}件。" in page for days in range(120)) for page in pages] == [50, 50, 20]
    assert browser.get(reverse("web:waiting", args=["forged"])).status_code == 404
    assert browser.get(reverse("web:waiting", args=[DO]), {"page": "-1"}).status_code == 200


@pytest.mark.parametrize(
    ("role", "own"), [("provincial_officer", True), ("auditor", True), ("city_officer", False), ("bank", False)]
)
def test_the_province_s_figures_are_for_whose_work_they_are(
    world: World, monkeypatch: pytest.MonkeyPatch, role: str, own: bool
) -> None:
    statement = object()
    monkeypatch.setattr(day, "headlines", lambda *_of: (statement,))
    monkeypatch.setattr(day, "readable_of", lambda figures, _viewer: figures)
    monkeypatch.setattr(day, "replace", lambda row, **_of: row)
    statement = SimpleNamespace(figure="f", before=None)
    assert bool(day.strip(holder(role))) == own


def test_a_proposal_names_the_record_and_stands_with_what_is_to_be_decided(
    world: World, officer: Actor, director: Actor
) -> None:
    draft = perform("bulletin.draft", officer, data={"period": "2024H1", "region": "990000"}).result
    perform("bulletin.publish", officer, draft, {"remark": "all settled"})
    (waiting,) = [one for one in todos(director) if one.kind == "proposal"]
    assert (waiting.section, draft.name.en in waiting.title.en) == (DECIDE, True)
    (section, *_) = by_section(todos(director), clock.today())
    assert (section.code, section.first[0].todo) == (DECIDE, waiting)


def test_the_strip_holds_a_few_chosen_figures() -> None:
    chosen = [line.code for row in plan().rows for line in row.lines if line.headline]
    assert 3 <= len(chosen) <= FIGURES


@pytest.mark.parametrize("role", list(ROLES))
def test_every_role_has_a_tour_to_pages_that_exist(role: str) -> None:
    assert len(steps_of(holder(role))) >= 2


@pytest.mark.parametrize(("today", "told"), [("2024-07-16", True), ("", False)])
def test_only_an_example_tells_the_public_of_its_sign_ins(today: str, told: bool, settings: Any) -> None:
    settings.TANZHI_TODAY = today
    assert any("sign-ins of every role" in step.words.en for step in steps_of(Actor(None, "public", []))) is told


@pytest.fixture
def edition(world: World) -> None:
    """A bulletin that the public may open."""
    officer, director = (
        actor_of(factories.person(role, (role, world.authority)))
        for role in ("provincial_officer", "provincial_director")
    )
    draft = perform("bulletin.draft", officer, data={"period": "2024H1", "region": "990000"}).result
    proposal = perform("bulletin.publish", officer, draft, {"remark": "all settled"}).proposal
    assert proposal is not None
    decide(proposal, director, True, "agreed")


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(("role", "page"), [("enterprise_filer", "/"), ("public", "/bulletin/2024H1/")])
def test_a_tour_is_shown_until_it_is_dismissed(enter: Callable[[str], Client], role: str, page: str) -> None:
    browser = enter(role)
    assert 'id="tour"' in browser.get(page).content.decode()
    browser.post(reverse("web:dismiss_tour"))
    assert 'id="tour"' not in browser.get(page).content.decode()
    assert 'id="tour"' in browser.get(f"{page}?tour=1").content.decode()


def test_a_person_who_dismissed_the_tour_does_not_see_it_in_another_session(enter: Callable[[str], Client]) -> None:
    browser = enter("auditor")
    browser.post(reverse("web:dismiss_tour"))
    session = browser.session
    del session["tour"]
    session.save()
    assert 'id="tour"' not in browser.get("/").content.decode()


def test_the_entry_of_a_page_below_it_is_marked_as_the_present_one(enter: Callable[[str], Client]) -> None:
    page = enter("administrator").get("/organisations/people/1/").content.decode()
    assert f'href="{reverse("organisations:people")}" aria-current="page"' in page
    assert page.count('aria-current="page"') == 1


def test_no_two_entries_of_the_menu_lead_to_the_same_page() -> None:
    addresses = [navigation.address_of(entry) for entry in navigation.entries()]
    assert len(set(addresses)) == len(addresses)


def test_figures_are_computed_again_only_after_something_was_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[str] = []
    monkeypatch.setattr(day, "headlines", lambda period: computed.append(period) or [])
    for _ in range(2):
        day.strip(holder("auditor"))
    assert len(computed) == 1
    factories.organisation("NEW", world.city)
    day.strip(holder("auditor"))
    assert len(computed) == 2
