"""A round of dispatching: asked, told with evidence, confirmed by another, lit, scored, closed, walked down."""

from datetime import date
from decimal import Decimal

import pytest

from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.figures import explain
from tanzhi.figures.calculated import calculation_ref
from tanzhi.organisations.people.roles import actor_of
from tanzhi.streams.policy.rounds.model import Report
from tanzhi.streams.policy.rounds.overview import measures
from tanzhi.streams.policy.rounds.queries import lights_by_region
from tanzhi.streams.policy.rounds.scores import evaluated
from tanzhi.streams.policy.tasks.model import Task
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.todos.todo import todos
from tests import factories
from tests.streams.policy.conftest import assigned, confirm, on, opened, tell
from tests.streams.policy.documents.test_work import refusal

pytestmark = pytest.mark.django_db


def lit(task):
    task.refresh_from_db()
    return task.light, task.score


def test_a_round_asks_everybody_who_reports_on_a_running_task_once(officer, document, task, department):
    assigned(officer, document, number="2", reporters=["DRC", "C99"])
    found = opened(officer, document)
    asked = found.reports.values_list("task__number", "organisation__code").order_by(
        "task__number", "organisation__code"
    )
    assert list(asked) == [("1", "C99"), ("2", "C99"), ("2", "DRC")]
    assert {one.due_on for one in Clock.objects.filter(kind="policy.report")} == {date(2024, 7, 20)}


def test_a_document_without_running_tasks_is_not_dispatched(officer, document):
    with pytest.raises(Refused) as refused:
        opened(officer, document)
    assert refused.value.code == "POL-EMPTY"


def test_reports_are_due_after_the_day_they_speak_of(officer, document, task):
    with pytest.raises(Refused) as refused:
        opened(officer, document, due="2024-06-01")
    assert refused.value.code == "ACT-DATE"


def test_the_city_is_asked_and_the_province_hears_once_it_is_late(officer, city_officer, report):
    def waiting(actor):
        return [one.title.en for one in todos(actor) if "Report: " in one.title.en]

    with on("2024-07-10"):
        assert len(waiting(city_officer)) == 1
        assert waiting(officer) == []
    with on("2024-07-22"):
        assert [words.startswith("Overdue") for words in waiting(officer)] == [True]


@pytest.mark.parametrize(
    ("value", "self_reported", "light", "score"),
    [("10", "90.00", "green", "100.00"), ("9", "81.00", "yellow", "90.00"), ("7.9", "71.10", "red", "79.00")],
)
def test_a_confirmed_value_counts_in_full_and_lights_the_task(
    officer, city_officer, task, report, value, self_reported, light, score
):
    tell(city_officer, report, value)
    report.refresh_from_db()
    assert (report.state, report.light, report.score) == ("reported", light, self_reported)
    assert lit(task) == ("", "")  # nothing is confirmed yet
    confirm(officer, report)
    report.refresh_from_db()
    assert (report.state, report.score) == ("confirmed", score)
    assert lit(task) == (light, score)


def test_without_evidence_nothing_is_reported(city_officer, report):
    with pytest.raises(Refused) as refused:
        tell(city_officer, report, files=[])
    assert refused.value.code == "POL-PROOF"
    report.refresh_from_db()
    assert (report.state, report.actuals) == ("due", {})


@pytest.mark.parametrize("wrong", [{"actuals": [{"number": "7", "value": "1"}]}, {"reached": ["7"]}])
def test_a_number_that_the_task_does_not_have_is_refused(city_officer, report, wrong):
    with pytest.raises(Refused) as refused:
        tell(city_officer, report, **wrong)
    assert refused.value.code == "POL-NUMBER"


def test_nobody_speaks_for_another_authority(officer, colleague, report):
    for actor in (officer, colleague):
        with pytest.raises(Refused) as refused:
            tell(actor, report)
        assert refused.value.code == "POL-WHO"


def test_nobody_confirms_himself_nor_his_own_organisation(officer, second_officer, colleague, document):
    assigned(officer, document, lead="P99")
    own = opened(officer, document).reports.get()
    tell(officer, own)
    for actor, code in [(officer, "ACT-SELF"), (second_officer, "ACT-OWN")]:
        with pytest.raises(Refused) as refused:
            confirm(actor, own)
        assert refused.value.code == code
    confirm(colleague, own)


def test_strangers_do_not_find_a_report(clerk, verifier, stranger, other_officer, report):
    for actor in (clerk, verifier, stranger):
        with pytest.raises(Refused) as refused:
            tell(actor, report)
        assert refused.value.code == "ACT-ROLE"
    with pytest.raises(Refused) as refused:
        tell(other_officer, report)
    assert (refused.value.code, refused.value.status) == ("ACT-SCOPE", 404)
    assert not Report.objects.visible_to(stranger).exists()


def test_what_is_sent_back_is_told_again_within_three_working_days(officer, city_officer, task, report):
    tell(city_officer, report, "1")
    with on("2024-07-09"):
        perform("policy.return_report", officer, report, {"text": "请补充台账"})
    report.refresh_from_db()
    assert (report.state, report.light) == ("due", "")
    assert Clock.objects.get(subject=report.reference, limit="again").due_on == date(2024, 7, 12)
    tell(city_officer, report, "10", day="2024-07-10")
    confirm(officer, report, day="2024-07-11")
    assert lit(task) == ("green", "100.00")


def test_the_worst_authority_lights_the_task_and_each_city_its_own_tile(
    officer, city_officer, colleague, document, department
):
    task = assigned(officer, document, reporters=["C99", "DRC"])
    reports = {one.organisation.code: one for one in opened(officer, document).reports.all()}
    tell(city_officer, reports["C99"], "5")
    confirm(officer, reports["C99"])
    tell(colleague, reports["DRC"], "10")
    confirm(officer, reports["DRC"])
    assert lit(task) == ("red", "75.00")
    found = lights_by_region(Task.objects.all())
    assert {code: (one.worst, one.behind) for code, one in found.items()} == {
        "990100": ("red", 1),
        "990000": ("green", 0),
    }


def test_milestones_that_are_due_and_not_reached_are_behind(officer, city_officer, document):
    steps = [
        {"number": "1", "due_on": "2024-03-31", "zh": "启动", "en": "Begun"},
        {"number": "2", "due_on": "2024-06-30", "zh": "过半", "en": "Half"},
        {"number": "3", "due_on": "2024-12-31", "zh": "完成", "en": "Finished"},
    ]
    task = assigned(officer, document, indicators=[], milestones=steps)
    one = opened(officer, document).reports.get()
    tell(city_officer, one, actuals=[], reached=["1"])
    confirm(officer, one)
    assert lit(task) == ("red", "50.00")


def test_a_task_more_than_thirty_days_late_is_red_whatever_it_reached(officer, city_officer, document):
    task = assigned(
        officer, document, due_on="2024-05-30"
    )  # 31 days before the end of June: one full month, two points
    one = opened(officer, document).reports.get()
    tell(city_officer, one, "10")
    confirm(officer, one)
    assert lit(task) == ("red", "98.00")


EX12 = {
    "1": ("0.25", "1.10", "0.92"),
    "2": ("0.20", "80", "83.1"),
    "3": ("0.20", "60", "57"),
    "4": ("0.15", "90", "91.2"),
}


@pytest.fixture
def list_of_the_example(officer, city_officer, document):
    """Example EX12 of the reference sheet, its fifth task not reported yet."""
    told = EX12 | {"5": ("0.20", "40", "31")}
    for number, (weight, target, _) in told.items():
        row = {"number": "1", "zh": "完成量", "en": "Amount", "unit": "1", "start": target, "target": target}
        assigned(officer, document, number=number, weight=weight, indicators=[row])
    found = opened(officer, document)
    for one in found.reports.select_related("task"):
        if one.task.number in EX12:
            tell(city_officer, one, EX12[one.task.number][2])
            confirm(officer, one)
    return found


def test_the_score_of_the_example_comes_from_its_reports(officer, city_officer, list_of_the_example):
    found = list_of_the_example
    assert evaluated(found).value("score").state == "not_reported"
    last = found.reports.get(task__number="5")
    tell(city_officer, last, "31")
    confirm(officer, last)
    with on("2024-07-22"):
        perform("policy.close_round", officer, found, {})
    found.refresh_from_db()
    assert (found.state, found.score) == ("closed", "90.41")


def test_a_round_with_gaps_is_closed_with_a_reason_and_has_no_score(officer, city_officer, list_of_the_example):
    found = list_of_the_example
    assert refusal("policy.close_round", officer, found, {}).code == "POL-OPEN"
    perform("policy.close_round", officer, found, {"text": "一家未报，已通报"})
    found.refresh_from_db()
    missing = found.reports.get(task__number="5")
    assert (found.score, missing.state) == ("", "missing")
    assert not Clock.objects.filter(case=missing.reference, state="running").exists()
    with pytest.raises(Refused) as refused:
        tell(city_officer, missing, "31")
    assert refused.value.code == "ACT-STATE"


def test_one_more_authority_can_be_asked_while_the_round_is_open(officer, colleague, document, task, department):
    found = opened(officer, document)
    asked = {"round": found.pk, "task": "1", "organisation": "DRC"}
    with on("2024-07-02"):
        more = perform("policy.ask_report", officer, data=asked).result
    tell(colleague, more, "10")
    assert refusal("policy.ask_report", officer, data=asked).code == "POL-TWICE"
    assert refusal("policy.ask_report", officer, data=asked | {"task": "8"}).code == "POL-TASK"
    assert refusal("policy.ask_report", officer, data=asked | {"round": 999}).code == "POL-ROUND"
    perform("policy.close_round", officer, found, {"text": "提前结束"})
    assert refusal("policy.ask_report", officer, data=asked).code == "POL-CLOSED"


def test_a_score_walks_down_to_the_report_and_its_evidence(officer, stranger, list_of_the_example):
    found = list_of_the_example
    root = evaluated(found)
    task = root.at("task")[0]
    ref = calculation_ref("policy.score", found.pk, task.value("task_score"))
    nodes = list(explain(ref, officer, depth=8).walk())
    told = next(node for node in nodes if node.label.en == "Reached")
    assert told.value == Decimal("0.92")
    assert any(node.ref.startswith("entry:") for node in told.walk())
    assert any("Reported by" in fact.label.en and "C99" in fact.words.en for fact in told.facts)
    with pytest.raises(Refused) as refused:
        explain(ref, stranger)
    assert refused.value.code == "ACT-SCOPE"


def test_an_older_round_does_not_darken_the_light_of_a_newer_one(officer, city_officer, document, task):
    newer, older = opened(officer, document), opened(officer, document, as_of="2024-03-31")
    for found, value in ((newer, "10"), (older, "1")):
        tell(city_officer, found.reports.get(), value)
        confirm(officer, found.reports.get())
    assert lit(task) == ("green", "100.00")


def test_the_same_authority_is_asked_once_even_as_lead_and_reporter(officer, document):
    task = assigned(officer, document, reporters=["C99", "C99"])
    assert opened(officer, document).reports.filter(task=task).count() == 1


def test_organisations_of_another_kind_are_not_asked(officer, document, world):
    factories.organisation("SHOP", world.city)
    with pytest.raises(Refused) as refused:
        assigned(officer, document, reporters=["SHOP"])
    assert refused.value.code == "POL-AUTH"


def test_the_light_of_an_indicator_follows_the_limit_that_two_administrators_enter(
    officer, city_officer, task, report, administrator
):
    """The same completion, below the limit of 0.80, is yellow under one of 0.05."""
    tell(city_officer, report, value="2")
    report.refresh_from_db()

    def light():
        (measure,) = measures(task, [report])
        return measure.completion, measure.light

    completion, before = light()
    assert 0 < completion < Decimal("0.80")
    data = {
        "guideline": "tasks", "parameter": "yellow_from", "value": "0.05", "unit": "1", "since": "2024-01-01",
        "supersedes": True, "source": "示例办法，第三条",
    }  # fmt: skip
    other = actor_of(factories.person("other_administrator", ("administrator", None)))
    decide(perform("law.enter_parameter", administrator, data=data).proposal, other)
    assert (before, light()) == ("red", (completion, "yellow"))
