"""City, province, experts, decision of two, exit: states, independence, points."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tanzhi.actions import clock
from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.office.letters.model import Letter
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.finance.models import Opinion, Project
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.todos.todo import todos
from tests.factories import person
from tests.law.conftest import Enter
from tests.refusing import refused
from tests.streams.finance.conftest import POINTS, SAID, Library, day


def submitted(library: Library) -> Project:
    project = library.apply()
    library.state(project)
    library.submit(project)
    return project


def test_a_project_enters_the_library_by_the_decision_of_two_with_a_number_and_a_letter(library: Library) -> None:
    with day(2, 20):
        project = library.entered()
    assert (project.state, project.batch, project.number) == ("library", "2024Q1", "LIB-2024Q1-001")
    letter = Letter.objects.get(code="finance.entered")
    assert letter.to == library.firm


def test_the_city_has_fifteen_working_days(library: Library) -> None:
    with day(3, 1):
        project = submitted(library)
    clock = Clock.objects.get(case=project.reference, state=Clock.RUNNING)
    assert clock.due_on.isoformat() == "2024-03-22"


def test_what_the_city_sends_back_comes_with_a_letter_and_may_be_submitted_again(library: Library) -> None:
    project = submitted(library)
    library.review(project, "returned")
    project.refresh_from_db()
    assert project.state == "returned"
    assert Letter.objects.filter(code="finance.returned", to=library.firm).count() == 1
    assert project.reference in {one.subject for one in todos(library.owner)}
    library.submit(project)
    project.refresh_from_db()
    assert project.state == "submitted"


def test_fewer_than_three_experts_are_not_enough(library: Library) -> None:
    project = submitted(library)
    library.review(project)
    with refused("FIN-21"):
        library.ask(project, *library.experts[:2])
    with refused("FIN-21"):
        library.ask(project, library.experts[0], library.experts[0], library.experts[1])


def test_whoever_works_for_the_owner_stands_aside(library: Library) -> None:
    near = actor_of(person("near", ("expert", library.firm)))
    project = submitted(library)
    library.review(project)
    with refused("FIN-22"):
        library.ask(project, *library.experts[:2], near)


def test_years_apart_from_the_owner_go_by_the_value_entered(library: Library, enter: Enter) -> None:
    before = person("before", ("expert", Organisation.objects.get(code="INS")), ("project_owner", library.firm))
    before.grants.filter(role="project_owner").update(until=clock.today() - timedelta(days=700))
    project = submitted(library)
    library.review(project)
    with refused("FIN-22"):
        library.ask(project, *library.experts[:2], actor_of(before))
    enter(guideline="procedure", parameter="library_independent_years", value="1", unit="1", since="2024-01-01",
          supersedes=True, source="公告第7号，二")  # fmt: skip
    library.ask(project, *library.experts[:2], actor_of(before))


def test_only_experts_are_asked(library: Library) -> None:
    project = submitted(library)
    library.review(project)
    with refused("FIN-27"):
        library.ask(project, *library.experts[:2], library.owner)


def test_nothing_is_decided_before_every_expert_spoke(library: Library) -> None:
    project = submitted(library)
    library.review(project)
    library.ask(project)
    library.speak(project, library.experts[0])
    with refused("FIN-23"):
        perform("finance.enter_library", library.officer, project, SAID)


@pytest.mark.parametrize(
    ("points", "code"),
    [({"benefit_points": 5, "policy_points": 5}, "FIN-24"), ({}, "FIN-25")],
)
def test_points_decide(library: Library, points: dict[str, int], code: str) -> None:
    project = submitted(library)
    library.review(project)
    library.ask(project)
    for number, expert in enumerate(library.experts[:3]):
        given = points or ({"benefit_points": 10} if number == 0 else {})
        library.speak(project, expert, **given)
    with refused(code):
        perform("finance.enter_library", library.officer, project, SAID)


def test_a_second_round_of_experts_settles_a_spread(library: Library) -> None:
    project = submitted(library)
    library.review(project)
    library.ask(project)
    for number, expert in enumerate(library.experts[:3]):
        library.speak(project, expert, benefit_points=10 if number == 0 else 34)
    with refused("FIN-28"):
        told = {"experts": [str(library.experts[0].person_id)], "words": "复评 / again"}
        perform("finance.more_experts", library.officer, project, told)
    more = {"experts": [str(one.person_id) for one in library.experts[3:]], "words": "复评 / again"}
    perform("finance.more_experts", library.officer, project, more)
    for expert in library.experts[3:]:
        library.speak(project, expert)
    library.enter(project)
    assert project.state == "library"


def test_an_expert_speaks_once_declares_and_only_for_himself(library: Library) -> None:
    project = submitted(library)
    library.review(project)
    library.ask(project)
    expert, opinion = library.experts[0], project.opinions.get(person=library.experts[0].person_id)
    assert [one.kind for one in todos(expert)] == ["finance.opinion"]
    with refused("FIN-26"):
        library.speak(project, expert, independent="no")
    with refused("FIN-39", "benefit_points"):
        library.speak(project, expert, benefit_points=36)
    for other in (library.experts[1], library.owner, library.officer):
        with refused("ACT-SCOPE"):
            perform("finance.give_opinion", other, opinion, POINTS)
    library.speak(project, expert)
    with refused("ACT-STATE"):
        perform("finance.give_opinion", expert, opinion, POINTS)


def test_an_opinion_comes_too_late_once_the_project_left_the_experts(library: Library) -> None:
    project = submitted(library)
    library.review(project)
    library.ask(project)
    perform("finance.send_back", library.officer, project, SAID)
    with refused("FIN-29"):
        perform("finance.give_opinion", library.experts[0], Opinion.objects.first(), POINTS)


def test_nobody_approves_his_own_proposal(library: Library) -> None:
    project = library.judged()
    proposal = perform("finance.enter_library", library.officer, project, SAID).proposal
    assert proposal is not None
    with pytest.raises(Refused) as own:
        decide(proposal, library.officer, True)
    assert own.value.code == "ACT-SELF"


def test_a_stale_page_is_told_what_happened_since(library: Library) -> None:
    project = submitted(library)
    with refused("ACT-STALE"):
        perform("finance.city_review", library.city, project, SAID | {"outcome": "recommended"}, seen=0)


@pytest.mark.parametrize(
    ("act", "told", "state"),
    [
        ("finance.leave_library", SAID | {"reason": "idle"}, "exited"),
        ("finance.veto", SAID, "vetoed"),
    ],
)
def test_two_take_a_project_out(library: Library, act: str, told: dict[str, str], state: str) -> None:
    project = library.entered()
    proposal = perform(act, library.officer, project, told).proposal
    assert proposal is not None
    decide(proposal, library.director, True, "ok")
    project.refresh_from_db()
    assert project.state == state
    assert project.closed_at is not None


def test_a_project_may_be_rejected_by_two(library: Library) -> None:
    project = library.judged()
    proposal = perform("finance.reject", library.officer, project, SAID).proposal
    assert proposal is not None
    decide(proposal, library.director, True, "ok")
    project.refresh_from_db()
    assert project.state == "rejected"


def test_the_four_actors(library: Library, approver: object, verifier: object, stranger: object) -> None:
    project = submitted(library)
    for actor in (approver, verifier, stranger):
        assert not project.seen_by(actor)  # type: ignore[arg-type]  # fixtures
        with refused("ACT-ROLE"):
            perform("finance.city_review", actor, project, SAID | {"outcome": "recommended"})  # type: ignore[arg-type]
    assert project.seen_by(library.officer)


def test_the_officer_of_another_province_finds_nothing(library: Library, other_officer: object) -> None:
    project = library.judged()
    with refused("ACT-SCOPE"):
        perform("finance.send_back", other_officer, project, SAID)  # type: ignore[arg-type]  # a fixture
