"""The home page: groups by deadline, a calm strip of figures, a tour that goes away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tanzhi.actions.registry import decide, perform
from tanzhi.bulletin.rows import plan
from tanzhi.organisations.people.roles import ROLES, actor_of
from tanzhi.presentation import navigation
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.home import day
from tanzhi.web.home.day import FIGURES, LATER, OVERDUE, THIS_WEEK, by_deadline
from tanzhi.web.tour.steps import steps_of
from tanzhi.workflow.todos.todo import Todo
from tests import factories
from tests.actions.test_matrix import holder
from tests.factories import PLATFORM

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import World

TODAY = date(2024, 7, 16)


def todo(days: int | None) -> Todo:
    due = None if days is None else TODAY + timedelta(days=days)
    return Todo(Text("办理", "Do"), f"x.y:{days}", due, "/", "x")


def test_what_waits_is_grouped_by_its_deadline_and_empty_groups_are_left_out() -> None:
    groups = by_deadline([todo(days) for days in (-40, -1, 0, 6, 7, None)], TODAY)
    assert [(group.title, [one.days for one in group.first]) for group in groups] == [
        (OVERDUE, [-40, -1]),
        (THIS_WEEK, [0, 6]),
        (LATER, [7, None]),
    ]
    assert [group.title for group in by_deadline([todo(1)], TODAY)] == [THIS_WEEK]


@pytest.mark.parametrize(
    ("days", "english", "tone"),
    [(-3, "3 days late", "late"), (0, "due today", "due"), (6, "6 days left", "due"), (9, "9 days left", "")],
)
def test_a_deadline_is_told_in_words_and_not_by_colour_alone(days: int, english: str, tone: str) -> None:
    (group,) = by_deadline([todo(days)], TODAY)
    assert (group.first[0].words.en, group.first[0].tone) == (english, tone)


def test_a_long_group_is_folded_and_loses_nothing() -> None:
    (group,) = by_deadline([todo(-days) for days in range(1, 31)], TODAY)
    assert (len(group.first), len(group.rest), group.count) == (12, 18, 30)


def test_the_strip_holds_a_few_chosen_figures() -> None:
    chosen = [line.code for row in plan().rows for line in row.lines if line.headline]
    assert 3 <= len(chosen) <= FIGURES


@pytest.mark.parametrize("role", list(ROLES))
def test_every_role_has_a_tour_to_pages_that_exist(role: str) -> None:
    assert len(steps_of(holder(role))) >= 2


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
        day.strip(PLATFORM)
    assert len(computed) == 1
    factories.organisation("NEW", world.city)
    day.strip(PLATFORM)
    assert len(computed) == 2
