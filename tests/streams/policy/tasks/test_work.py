"""Tasks: given, measured, said to be done with evidence, confirmed by another, pressed, extended, imported."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.evidence.files import receive
from tanzhi.office.imports.model import IMPORTERS
from tanzhi.office.letters.model import Letter
from tanzhi.streams.policy.tasks.imports import TaskRow
from tanzhi.streams.policy.tasks.model import Task
from tanzhi.workflow.clocks.model import Clock
from tests.streams.policy.conftest import assigned, in_force, on, paper
from tests.streams.policy.documents.test_work import refusal

pytestmark = pytest.mark.django_db


def claim(actor, task, files=True):
    with on("2024-06-03"):
        return perform("policy.claim_task", actor, task, {"text": "已完成", "files": [paper("done")] if files else []})


def due(task, limit="province_deadline"):
    return Clock.objects.get(case=task.reference, limit=limit, state="running").due_on


@pytest.fixture
def city_task(officer, document, world):
    """A task in the city's own region, so that its bureau reaches it."""
    return assigned(officer, document, number="9", region=world.city.code)


def test_a_task_knows_its_lead_its_helpers_and_its_clock(officer, document, department):
    task = assigned(officer, document, number="2", clause="2.1", co=["DRC"], reporters=["DRC", "C99"])
    assert task.lead.code == "C99"
    assert [one.code for one in task.organisations("reports")] == ["DRC", "C99"]
    assert (task.clause.number, due(task)) == ("2.1", date(2024, 12, 31))


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("due_on", "2023-12-31", "ACT-DATE"),
        ("number", "1", "POL-TASK"),
        ("parent", "7", "POL-TASK"),
        ("clause", "9", "POL-CLAUSE"),
        ("lead", "PLANT", "POL-AUTH"),
        (
            "indicators",
            [{"number": "1", "zh": "量值", "en": "Amount", "unit": "t", "target": "1", "direction": "up"}],
            "ACT-INPUT",
        ),
        ("milestones", [{"number": "1", "due_on": "2025-01-01", "zh": "节点", "en": "Step"}], "ACT-DATE"),
    ],
)
def test_what_does_not_fit_is_refused_and_no_task_stays(officer, document, task, field, value, code):
    with pytest.raises(Refused) as refused:
        assigned(officer, document, **{"number": "2", field: value})
    assert refused.value.code == code
    assert Task.objects.count() == 1


def test_a_task_is_done_only_with_evidence_and_by_another_person(officer, city_officer, city_task):
    with pytest.raises(Refused) as refused:
        claim(city_officer, city_task, files=False)
    assert refused.value.code == "POL-PROOF"
    claim(city_officer, city_task)
    with on("2024-06-05"):
        perform("policy.confirm_task", officer, city_task, {"text": "情况属实"})
    city_task.refresh_from_db()
    assert (city_task.state, city_task.done_on, city_task.light) == ("done", date(2024, 6, 5), "green")
    assert not Clock.objects.filter(case=city_task.reference, state="running").exists()


def test_nobody_confirms_his_own_claim(officer, second_officer, document):
    own = assigned(officer, document, number="3", lead="P99")
    claim(officer, own)
    assert refusal("policy.confirm_task", officer, own, {"text": "情况属实"}).code == "ACT-SELF"
    perform("policy.confirm_task", second_officer, own, {"text": "情况属实"})


def test_only_who_takes_part_says_that_it_is_done(colleague, task):
    with pytest.raises(Refused) as refused:
        claim(colleague, task)
    assert refused.value.code == "POL-WHO"


def test_a_deadline_moves_by_two_and_its_clock_follows(officer, director, task):
    with on("2024-10-08"):
        told = {"due_on": "2025-06-30", "reason": "工期调整"}
        proposal = perform("policy.extend_task", officer, task, told).proposal
        assert due(task) == date(2024, 12, 31)
        decide(proposal, director, True, "同意")
    task.refresh_from_db()
    assert (task.due_on, due(task)) == (date(2025, 6, 30), date(2025, 6, 30))


def test_a_deadline_does_not_move_back(officer, task):
    with on("2024-10-08"):
        told = {"due_on": "2024-06-30", "reason": "工期调整"}
        with pytest.raises(Refused) as refused:
            perform("policy.extend_task", officer, task, told)
    assert refused.value.code == "ACT-DATE"


def test_pressing_writes_a_letter_and_its_answer_stops_the_clock(officer, city_officer, city_task):
    with on("2024-06-03"):
        perform("policy.press_task", officer, city_task, {"to": "C99", "text": "请加快", "days": 5})
    letter = Letter.objects.get(case=city_task.reference)
    assert letter.to.code == "C99"
    assert "示例任务" in letter.title_zh
    assert due(city_task, "answer") == date(2024, 6, 11)  # 10 June 2024 is the Dragon Boat holiday
    with on("2024-06-06"):
        perform("policy.answer_press", city_officer, city_task, {"text": "已加快", "files": [paper()]})
    assert Clock.objects.get(case=city_task.reference, limit="answer").in_time


def test_only_who_takes_part_is_pressed(officer, task, department):
    told = {"to": "DRC", "text": "请加快", "days": 5}
    assert refusal("policy.press_task", officer, task, told).code == "POL-WHO"


def test_who_sees_a_task(officer, city_officer, clerk, verifier, stranger, other_officer, task, document):
    elsewhere = assigned(officer, document, number="5", lead="P99")
    seen = {name: set(Task.objects.visible_to(actor)) for name, actor in [("officer", officer), ("city", city_officer)]}
    assert seen == {"officer": {task, elsewhere}, "city": {task}}
    for actor in (clerk, verifier, stranger, other_officer):
        assert not Task.objects.visible_to(actor).exists()
        assert not task.seen_by(actor)
    assert task.seen_by(city_officer)


# --- import -------------------------------------------------------------------------------------------


def sheet(*rows):
    """A workbook with the importer's own headings."""
    labels = IMPORTERS["policy.tasks"].labels
    book = Workbook()
    book.active.append([labels[name].zh for name in TaskRow.model_fields])
    for row in rows:
        book.active.append([row.get(name, "") for name in TaskRow.model_fields])
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return receive(content, "tasks.xlsx", media).file.sha256


def row(number, **more):
    told = {
        "document": "示例〔2024〕9号", "region": "990000", "number": number, "zh": "导入任务", "en": "Imported task",
        "lead": "C99", "starts_on": "2024-01-01", "due_on": "2024-12-31", "indicator_zh": "数量",
        "indicator_en": "Amount", "unit": "t", "target": "1,200.5",
    }  # fmt: skip
    return told | more


@pytest.fixture
def numbered(officer, province):
    return in_force(officer, province, number="示例〔2024〕9号")


def test_a_list_comes_from_a_sheet_and_can_be_taken_back(officer, numbered):
    done = perform("policy.tasks_import", officer, data={"file": sheet(row("1"), row("1.1", parent="1"))}).result
    tasks = list(numbered.tasks.order_by("number"))
    assert [(one.number, one.state) for one in tasks] == [("1", "running"), ("1.1", "running")]
    assert (tasks[1].parent, tasks[0].indicators.get().target) == (tasks[0], "1200.5")
    perform("policy.tasks_undo", officer, done, {"reason": "文件有误，重新导入"})
    assert set(numbered.tasks.values_list("state", flat=True)) == {"cancelled"}
    assert not Clock.objects.filter(state="running").exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"document": "没有〔2024〕1号"}, "POL-DOC"),
        ({"lead": "PLANT"}, "POL-AUTH"),
        ({"due_on": "2023-01-01"}, "ACT-DATE"),
        ({"target": ""}, "POL-TWIN"),
        ({"region": "980000"}, "ACT-SCOPE"),
        ({"due_on": "soon"}, "VAL-DATE"),
    ],
)
def test_one_bad_row_of_many_keeps_all_out_and_is_named(officer, numbered, wrong, code):
    rows = [row(str(n)) for n in range(1, 30)]
    with pytest.raises(Refused) as refused:
        perform("policy.tasks_import", officer, data={"file": sheet(*rows, row("30", **wrong))})
    assert [one.code for one in refused.value.findings] == [code]
    assert not numbered.tasks.exists()


def test_a_list_on_which_somebody_reported_stays(officer, numbered):
    done = perform("policy.tasks_import", officer, data={"file": sheet(row("1"))}).result
    with on("2024-07-01"):
        told = {"document": numbered.pk, "as_of": "2024-06-30", "due_on": "2024-07-20"}
        perform("policy.open_round", officer, data=told)
    assert refusal("policy.tasks_undo", officer, done, {"reason": "文件有误，重新导入"}).code == "POL-UNDO"
