"""Data quality control plans: versions, approval, what is missing, who may what, and their pages in both languages."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.figures import ask, explain
from tanzhi.figures.questions import Question, Unanswerable
from tanzhi.filings.intake.differences import changes
from tanzhi.filings.plans.model import Plan, PlanEvent, PlanVersion
from tanzhi.filings.plans.status import findings_of_plan, first_record, form_of_plan, plan_in_force, row_in_force
from tanzhi.organisations.people.model import Person
from tanzhi.rulebook.kernel import guidelines
from tanzhi.workflow.todos.todo import todos

ROW = {
    "method": "measured",
    "instrument": "皮带秤 ICS-20B",
    "accuracy": "0.5 级",
    "calibration": "每年",
    "frequency": "continuous",
    "missing_data": "取上月同期值",
    "responsible": "燃料部",
}
WHOLE = {"boundary": "1号机组及脱硫", "assurance": "班组自查、厂级复核", "records": "保存五年"}


def complete(plan):
    """What a new plan starts with, with every row filled in."""
    units = [
        {**unit, "parameters": [{**row, **ROW} for row in unit["parameters"]]} for unit in first_record(plan)["units"]
    ]
    return {**WHOLE, "units": units}


@pytest.fixture
def plan(clerk, plant):
    data = {"guideline": "power", "organisation_id": plant.pk, "year": 2024}
    return perform("filings.open_plan", clerk, data=data).result


def drafted(clerk, plan, record=None, **more):
    perform("filings.draft_plan", clerk, plan, {"record": record or complete(plan), **more})
    return plan


def approved(clerk, officer, plan):
    perform("filings.submit_plan", clerk, drafted(clerk, plan))
    perform("filings.approve_plan", officer, plan, {"reason": "同意"})
    plan.refresh_from_db()
    return plan


@pytest.fixture
def enter(client):
    def sign_in(actor):
        Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
        person = Person.objects.get(pk=actor.person_id)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def test_a_plan_is_due_before_its_year_begins(plan):
    assert plan.due_on.isoformat() == "2023-12-31"


def test_a_new_plan_starts_with_a_row_for_each_datum_that_must_be_proven(plan):
    rows = first_record(plan)["units"][0]["parameters"]
    assert {row["parameter"] for row in rows} >= {"generation", "running_hours", "fuel_consumption"}


def test_a_plan_with_gaps_is_not_handed_in_and_every_gap_is_named(clerk, plan):
    record = complete(plan)
    record["units"][0]["parameters"] = record["units"][0]["parameters"][1:]
    del record["units"][0]["parameters"][0]["instrument"]
    drafted(clerk, plan, record)
    with pytest.raises(Refused, match="FIL-PLAN") as refused:
        perform("filings.submit_plan", clerk, plan)
    assert {found.code for found in refused.value.findings} == {"PLAN-COVER", "PLAN-METER"}


def test_an_approved_version_is_in_force_until_the_next_approval(clerk, officer, plan, plant):
    approved(clerk, officer, plan)
    perform("filings.revise_plan", clerk, plan, {"reason": "更换皮带秤"})
    record = complete(plan)
    record["units"][0]["parameters"][0]["instrument"] = "电子皮带秤 ICS-30"
    drafted(clerk, plan, record)
    assert plan_in_force(plant, "power", plan.due_on.replace(year=2024)).number == 1
    perform("filings.submit_plan", clerk, plan)
    perform("filings.approve_plan", officer, plan)
    version = plan_in_force(plant, "power", plan.due_on.replace(year=2024))
    assert (version.number, version.reason) == (2, "更换皮带秤")
    parameter = record["units"][0]["parameters"][0]["parameter"]
    assert row_in_force(version, "1", parameter)["instrument"] == "电子皮带秤 ICS-30"


def test_two_versions_are_compared_cell_by_cell(clerk, plan):
    before, after = complete(plan), complete(plan)
    after["units"][0]["parameters"][0]["accuracy"] = "0.2 级"
    after["process"] = "煤粉锅炉"
    found = changes(guidelines()["power"], form_of_plan(plan), before, after)
    assert [(one.kind, one.before and one.before.zh, one.after.zh) for one in found] == [
        ("added", None, "煤粉锅炉"),
        ("changed", "0.5 级", "0.2 级"),
    ]


def test_the_change_log_tells_who_did_what_with_which_version(clerk, officer, plan):
    perform("filings.submit_plan", clerk, drafted(clerk, plan))
    perform("filings.return_plan", officer, plan, {"reason": "请补充采样方案"})
    assert [(one.kind, one.version.number, one.person_name) for one in PlanEvent.objects.all()] == [
        ("draft", 1, clerk.name),
        ("submit", 1, clerk.name),
        ("return", 1, officer.name),
    ]


def test_the_same_plan_again_and_what_is_no_plan_are_refused(clerk, plan):
    drafted(clerk, plan)
    for record, code in ((complete(plan), "FIL-SAME"), ({"units": 5}, "FIL-SHAPE"), ({"x": "1"}, "FIL-SHAPE")):
        with pytest.raises(Refused, match=code):
            perform("filings.draft_plan", clerk, plan, {"record": record})
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("act", "who", "refusal"),
    [
        ("approve_plan", "clerk", "ACT-ROLE"),
        ("approve_plan", "verifier", "ACT-ROLE"),
        ("approve_plan", "other_officer", "ACT-SCOPE"),
        ("draft_plan", "officer", "ACT-ROLE"),
        ("draft_plan", "stranger", "ACT-SCOPE"),
    ],
)
def test_who_may_not(act, who, refusal, plan, clerk, request):
    perform("filings.submit_plan", clerk, drafted(clerk, plan))
    data = {"record": {}} if act == "draft_plan" else {}
    with pytest.raises(Refused, match=refusal):
        perform(f"filings.{act}", request.getfixturevalue(who), plan, data)


def test_the_database_refuses_to_change_a_version_to_undo_an_approval_or_to_delete_from_the_log(clerk, officer, plan):
    version = approved(clerk, officer, plan).approved_version
    attempts = (
        lambda: PlanVersion.objects.filter(pk=version.pk).update(values="{}"),
        lambda: PlanVersion.objects.filter(pk=version.pk).update(approved=False),
        lambda: PlanEvent.objects.update(person_name="somebody else"),
        PlanEvent.objects.all().delete,
        version.delete,
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_the_plant_and_the_authority_find_it_among_what_they_must_do(clerk, officer, stranger, plan):
    drafted(clerk, plan)
    assert f"filings.plan:{plan.pk}" in {todo.subject for todo in todos(clerk)}
    perform("filings.submit_plan", clerk, plan)
    assert f"filings.plan:{plan.pk}" in {todo.subject for todo in todos(officer)}
    assert f"filings.plan:{plan.pk}" not in {todo.subject for todo in [*todos(clerk), *todos(stranger)]}


def test_the_figure_counts_approved_plans_and_walks_down_to_the_evidence(clerk, officer, plan):
    question = Question("2024", "990000")
    assert ask("market.control_plans", question).value == 0
    with clock.at(datetime(2023, 12, 20, 12, tzinfo=UTC)):
        approved(clerk, officer, plan)
    assert ask("market.control_plans", question).value == 100
    assert ask("market.control_plans", Question("2023", "990000")).value == 0  # a plan for 2024 is none for 2023
    assert explain(f"plan:{plan.pk}", officer).parts_count == 4  # opened, drafted, submitted, approved
    with pytest.raises(Unanswerable, match="ACT-SCOPE"):
        explain(f"plan:{plan.pk}", None)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "2024 年数据质量控制方案"), ("en", "Quality control plan 2024")]
)
def test_the_pages_speak_both_languages(enter, clerk, officer, plan, language, words):
    approved(clerk, officer, plan)
    browser = enter(clerk)
    browser.cookies["django_language"] = language
    assert words in browser.get(plan.get_absolute_url()).content.decode()
    assert plan.get_absolute_url() in browser.get(reverse("filings:plans")).content.decode()
    assert browser.get(reverse("filings:compare_plan", args=[plan.pk])).status_code == 200


def test_the_grid_keeps_what_was_typed(enter, clerk, plan):
    record = complete(plan)
    sent = {f"plan-0-{name}": value for name, value in WHOLE.items()}
    for number, row in enumerate(record["units"][0]["parameters"]):
        sent |= {f"parameter-{number}-{name}": value for name, value in {"unit": "1", **row}.items()}
    assert enter(clerk).post(reverse("filings:save_plan", args=[plan.pk]), sent).status_code == 302
    assert plan.latest.record == record
    assert findings_of_plan(plan, plan.latest.record) == []


def test_the_workbook_comes_back_as_it_went_out(enter, clerk, plan):
    drafted(clerk, plan)
    browser = enter(clerk)
    content = browser.get(reverse("filings:plan_template", args=[plan.pk])).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = next(one for one in book if any(cell.value == "instrument" for cell in one[1]))
    column = next(cell.column for cell in sheet[1] if cell.value == "instrument")
    sheet.cell(5, column).value = "核子秤"
    changed = io.BytesIO()
    book.save(changed)
    file = SimpleUploadedFile("plan.xlsx", changed.getvalue())
    assert browser.post(reverse("filings:upload_plan", args=[plan.pk]), {"file": file}).status_code == 302
    found = changes(guidelines()["power"], form_of_plan(plan), complete(plan), plan.latest.record)
    assert [one.after.zh for one in found] == ["核子秤"]


def test_a_unit_that_the_register_does_not_know_is_told_at_its_cell(enter, clerk, plan):
    sent = {"parameter-0-unit": "9", "parameter-0-parameter": "generation", "parameter-0-method": "measured"}
    answer = enter(clerk).post(reverse("filings:save_plan", args=[plan.pk]), sent)
    assert answer.status_code == 422
    assert "XLS-UNIT" in answer.content.decode()
    assert not Plan.objects.get().versions.exists()


def test_a_stranger_finds_no_page(enter, stranger, plan):
    assert enter(stranger).get(plan.get_absolute_url()).status_code == 404


def test_the_list_asks_the_database_as_often_for_ten_plans_as_for_one(enter, officer, plant, plan):
    browser, address = enter(officer), reverse("filings:plans")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            browser.get(address)
        return len(seen)

    queries()
    one = queries()
    for year in range(2025, 2034):
        Plan.objects.create(organisation=plant, guideline="power", year=year, due_on=plan.due_on)
    assert queries() == one
