"""A pilot from its naming to its evaluation: list, approval by another, plan, approval, progress."""

from datetime import date

import pytest

from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.streams.policy.pilots.model import Pilot
from tanzhi.workflow.clocks.model import Clock
from tests.streams.policy.conftest import on, paper
from tests.streams.policy.documents.test_work import refusal

pytestmark = pytest.mark.django_db

TASKS = [
    {"number": "1", "due_on": "2024-12-31", "zh": "任务一", "en": "First task"},
    {"number": "2", "due_on": "2025-12-31", "zh": "任务二", "en": "Second task"},
]


@pytest.fixture
def pilot(officer, world):
    told = {
        "region": world.city.code, "zh": "示例市", "en": "Example city", "kind": "city", "topic": "synergy",
        "programme_zh": "协同试点", "programme_en": "Synergy pilots", "organisation": "C99", "named_on": "2024-01-10",
        "published": True,
    }  # fmt: skip
    with on("2024-01-10"):
        return perform("policy.name_pilot", officer, data=told).result


def hand_in_list(actor, pilot, tasks=TASKS):
    with on("2024-02-20"):
        perform("policy.submit_task_list", actor, pilot, {"tasks": tasks, "files": [paper("list")]})


def hand_in_plan(actor, pilot):
    with on("2024-04-10"):
        perform("policy.submit_pilot_plan", actor, pilot, {"title": "实施方案", "files": [paper("plan")]})


def test_a_pilot_goes_from_list_to_plan_with_a_second_person_at_each_step(officer, city_officer, director, pilot):
    hand_in_list(city_officer, pilot)
    assert not pilot.tasks.exists()  # the list is a proposal
    with on("2024-03-04"):
        perform("policy.approve_task_list", officer, pilot)
    found = pilot.tasks.order_by("number")
    assert [(one.number, one.lead.code, one.state) for one in found] == [
        ("1", "C99", "running"),
        ("2", "C99", "running"),
    ]
    assert Clock.objects.get(case=found[0].reference).due_on == date(2024, 12, 31)
    hand_in_plan(city_officer, pilot)
    with on("2024-05-10"):
        perform("policy.approve_pilot_plan", officer, pilot, {"issued_on": "2024-05-09"})
        perform("policy.report_pilot", city_officer, pilot, {"text": "按计划推进", "files": [paper("progress")]})
        told = perform("policy.evaluate_pilot", officer, pilot, {"text": "成效明显"}).proposal
        decide(told, director, True, "同意")
    pilot.refresh_from_db()
    assert (pilot.state, pilot.plan_issued_on, pilot.list_approved_on) == (
        "evaluated",
        date(2024, 5, 9),
        date(2024, 3, 4),
    )


def test_whoever_hands_in_does_not_approve(officer, city_officer, pilot, world):
    from tanzhi.organisations.people.roles import actor_of
    from tests import factories

    both = actor_of(
        factories.person("both", ("city_officer", world.city_authority), ("provincial_officer", world.authority))
    )
    hand_in_list(both, pilot)
    assert refusal("policy.approve_task_list", both, pilot).code == "ACT-SELF"
    perform("policy.return_task_list", officer, pilot, {"text": "任务不够具体"})
    pilot.refresh_from_db()
    assert (pilot.state, pilot.verdict) == ("named", "任务不够具体")
    assert Clock.objects.filter(case=pilot.reference, limit="task_list", state="running").exists()


def test_only_who_answers_for_the_pilot_hands_in(colleague, pilot):
    with pytest.raises(Refused) as refused:
        hand_in_list(colleague, pilot)
    assert refused.value.code == "POL-WHO"


@pytest.mark.parametrize(
    ("tasks", "code"), [([TASKS[0], TASKS[0]], "POL-TASK"), ([TASKS[0] | {"due_on": "2023-01-01"}], "ACT-DATE")]
)
def test_a_list_has_each_number_once_and_no_day_before_the_naming(city_officer, pilot, tasks, code):
    with pytest.raises(Refused) as refused:
        hand_in_list(city_officer, pilot, tasks)
    assert refused.value.code == code


def test_a_plan_is_not_issued_before_its_list_was_approved(officer, city_officer, pilot):
    hand_in_list(city_officer, pilot)
    with on("2024-03-04"):
        perform("policy.approve_task_list", officer, pilot)
    hand_in_plan(city_officer, pilot)
    with on("2024-05-10"):
        assert refusal("policy.approve_pilot_plan", officer, pilot, {"issued_on": "2024-03-03"}).code == "ACT-DATE"
    perform("policy.return_pilot_plan", officer, pilot, {"text": "补充保障措施"})
    pilot.refresh_from_db()
    assert pilot.state == "listed"


def test_everybody_sees_a_published_pilot_and_only_its_region_its_acts(stranger, verifier, clerk, other_officer, pilot):
    for actor in (stranger, verifier, clerk, other_officer):
        assert Pilot.objects.visible_to(actor).get() == pilot
        with pytest.raises(Refused):
            hand_in_list(actor, pilot)
