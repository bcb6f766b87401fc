"""From an idea to registration: editions, eligibility, uniqueness, public notice, validation by the named body."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.organisations.people.roles import public_actor
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.ccer.figures import batch_words
from tanzhi.streams.ccer.models import CreditProject, PublicComment
from tanzhi.streams.ccer.registration import notice_end
from tanzhi.workflow.clocks.model import Clock
from tests.refusing import refused
from tests.streams.ccer.conftest import DESIGN, PLANT, SAID, Desk, day


def test_a_project_goes_to_registration_by_owner_body_and_two_of_the_province(desk: Desk) -> None:
    project = desk.registered()
    assert (project.state, project.code, project.registered_on) == ("registered", "N0101-1", date(2024, 5, 17))
    assert project.expected == "211487"  # EX2


def test_the_library_takes_a_project_in_by_two(desk: Desk) -> None:
    project = desk.propose()
    proposal = perform("ccer.admit", desk.officer, project, SAID | {"batch": "1"}).proposal
    assert proposal is not None
    with pytest.raises(Refused) as own:
        decide(proposal, desk.officer, True)
    assert own.value.code == "ACT-SELF"
    decide(proposal, desk.director, True, "ok")
    project.refresh_from_db()
    assert (project.state, project.batch) == ("library", "1")


@pytest.mark.parametrize("code", ["CCER-14-005-V01", "CCER-99-999-V01"])
def test_an_edition_that_is_not_published_yet_is_refused(desk: Desk, code: str) -> None:
    with day(3, 4), refused("CCR-03", "methodology"):
        desk.propose(methodology=code)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"built_from": "2012-11-08"}, "CCR-01"),
        ({"credited_to": "2033-01-01"}, "CCR-02"),
        ({"credited_to": "2022-12-31"}, "CCR-02"),
        ({"elsewhere": "international"}, "CCR-04"),
        ({"elsewhere": "certificates"}, "CCR-04"),
        ({"covered": "yes"}, "CCR-05"),
        ({"design": PLANT | {"grid": ""}}, "CCR-16"),
        ({"design": PLANT | {"readings": PLANT["readings"][2:]}}, "CCR-22"),  # type: ignore[index]
        ({"design": PLANT | {"readings": [{**PLANT["readings"][1], "meter_class": ""}]}}, "CCR-21"),  # type: ignore[index,dict-item]
    ],
)
def test_a_design_that_does_not_fit_is_refused(desk: Desk, told: dict[str, Any], code: str) -> None:
    project = desk.admitted()
    with refused(code):
        desk.design(project, **told)
    project.refresh_from_db()
    assert (project.state, project.expected) == ("library", "")


def test_a_wrong_row_is_told_at_its_table(desk: Desk) -> None:
    project = desk.admitted()
    wrong = [PLANT["readings"][0] | {"electricity_read": "much"}]  # type: ignore[index,operator]
    with refused("VAL-NUMBER", "design.readings"):
        desk.design(project, design=PLANT | {"readings": wrong})


def test_a_methodology_without_a_calculator_says_so(desk: Desk) -> None:
    with day(1, 5, 2026):
        project = desk.admitted(methodology="CCER-14-005-V01")
        with refused("CCR-06"):
            desk.design(project, credited_to="2042-12-31", design={})


def test_the_edition_stays_locked_though_a_later_day_knows_others(desk: Desk) -> None:
    project = desk.registered()
    assert project.methodology == "CCER-01-001-V01"
    assert "methodology" not in DESIGN


@pytest.mark.django_db
def test_a_notice_runs_twenty_working_days_and_its_first_day_counts() -> None:
    """EX12: a real notice ran from 2026-07-17 to 2026-08-13."""
    assert notice_end(date(2026, 7, 17)) == date(2026, 8, 13)
    assert notice_end(date(2024, 9, 20)) == date(2024, 10, 22)  # autumn holidays and worked weekends between


def test_the_clocks_of_notice_and_validation_run(desk: Desk) -> None:
    project = desk.noticed()
    due = dict(Clock.objects.filter(case=project.reference, state=Clock.RUNNING).values_list("limit", "due_on"))
    assert due == {"notice": date(2024, 3, 29), "validation": date(2024, 6, 12)}


def test_nothing_is_noticed_before_its_design_or_without_a_body(desk: Desk) -> None:
    project = desk.admitted()
    with refused("ACT-STATE"):
        desk.notice(project)
    desk.design(project)
    with refused("CCR-09"):
        desk.notice(project, "OWN")


def test_validation_begins_after_the_notice_and_by_the_named_body(desk: Desk) -> None:
    project = desk.noticed()
    with day(3, 29), refused("CCR-07"):
        perform("ccer.begin_validation", desk.body("BODYA"), project)
    with day(4, 1):
        with refused("CCR-11"):
            perform("ccer.begin_validation", desk.body("BODYB"), project)
        perform("ccer.begin_validation", desk.body("BODYA"), project)
    project.refresh_from_db()
    assert (project.state, project.validating_on) == ("validating", date(2024, 4, 1))


def test_a_finding_must_be_closed_before_a_positive_conclusion(desk: Desk) -> None:
    project = desk.noticed()
    with day(4, 1):
        body = desk.body("BODYA")
        perform("ccer.begin_validation", body, project)
        told = {"case": project.reference, "title": "监测计划缺失", "text": "未说明电表检定周期"}
        perform("cases.raise_finding", body, data=told)
        with refused("CCR-10"):
            perform("ccer.conclude_validation", body, project, SAID | {"outcome": "validated"})
        perform("ccer.conclude_validation", body, project, SAID | {"outcome": "not_validated"})
    project.refresh_from_db()
    assert (project.state, project.notice_first) == ("design", None)


def test_a_registration_is_not_dated_before_its_application(desk: Desk) -> None:
    project = desk.noticed()
    with day(4, 1):
        perform("ccer.begin_validation", desk.body("BODYA"), project)
        perform("ccer.conclude_validation", desk.body("BODYA"), project, SAID | {"outcome": "validated"})
        perform("ccer.apply_registration", desk.owner, project)
        for on in ("2024-03-31", "2024-04-02"):
            told = {"code": "N0101-1", "on": on}
            with pytest.raises(Refused) as early:
                perform("ccer.record_registration", desk.officer, project, told)
            assert early.value.code == "ACT-DATE"
        perform("ccer.record_refusal", desk.officer, project, SAID)
    project.refresh_from_db()
    assert project.state == "design"


def test_anybody_comments_while_the_notice_runs_and_the_owner_answers(desk: Desk, stranger: Any) -> None:
    project = desk.noticed()
    told = {"project": project.pk, "who": "附近居民", "text": "请说明用水来源。"}
    with day(3, 20):
        perform("ccer.comment", public_actor(), data=told)
        perform("ccer.comment", stranger, data=told)
    found = PublicComment.objects.first()
    perform("ccer.answer_comment", desk.owner, found, {"answer": "使用再生水。"})
    assert PublicComment.objects.count() == 2
    with day(3, 30), refused("CCR-20"):
        perform("ccer.comment", public_actor(), data=told)
    with refused("CCR-20"):
        perform("ccer.comment", public_actor(), data=told | {"project": 4711})


def test_the_public_sees_a_project_once_it_is_noticed(desk: Desk) -> None:
    hidden = desk.admitted()
    shown = desk.noticed()
    assert list(CreditProject.objects.visible_to(public_actor())) == [shown]
    assert not hidden.seen_by(public_actor())


def test_the_four_actors(desk: Desk, clerk: Any, verifier: Any, stranger: Any, other_officer: Any) -> None:
    project = desk.admitted()
    for actor in (clerk, verifier, stranger, other_officer):
        assert not project.seen_by(actor)
    for actor in (clerk, stranger):
        with refused("ACT-ROLE"):
            perform("ccer.state_design", actor, project, DESIGN)
    with refused("ACT-SCOPE"):
        perform("ccer.record_refusal", other_officer, project, SAID)


def test_an_owner_withdraws_and_two_deregister(desk: Desk) -> None:
    project = desk.admitted()
    perform("ccer.withdraw", desk.owner, project, SAID)
    project.refresh_from_db()
    assert project.state == "withdrawn"
    other = desk.registered()
    desk.two("ccer.deregister", other, SAID)
    other.refresh_from_db()
    assert other.state == "deregistered"
    with refused("ACT-STATE"):
        perform("ccer.apply_registration", desk.owner, other)


@pytest.mark.parametrize(
    ("entered", "zh", "en"),
    [
        ("第一批", "第一批", "batch 1"),
        ("第十批", "第十批", "batch 10"),
        ("2", "第2批", "batch 2"),
        ("2024甲", "2024甲", "2024甲"),
    ],
)
def test_a_batch_is_said_in_both_languages(entered: str, zh: str, en: str) -> None:
    assert batch_words(entered) == Text(zh, en)
