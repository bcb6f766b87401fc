"""What may be read: things to do by role, and the API's reads."""

import pytest
from django.test import RequestFactory

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.filings.deposits import api
from tanzhi.organisations.people.model import Person
from tanzhi.workflow.todos.todo import todos
from tests.filings.deposits.test_work import RECORD, answered, deposited, saved


@pytest.fixture
def filing(clerk, plant):
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    return perform("filings.open", clerk, data=data).result


def asked_by(actor):
    request = RequestFactory().get("/")
    request.user = Person.objects.get(pk=actor.person_id)
    request.user.is_active = True  # these people have no password: they never signed in
    return request


def titles(actor, words):
    return [todo.title.en for todo in todos(actor) if words in todo.title.en]


def test_a_clerk_fills_in_and_an_approver_deposits(clerk, approver, filing):
    assert titles(clerk, "2023-06")[0].startswith("File 2023-06")
    assert titles(approver, "2023-06") == []
    answered(clerk, saved(clerk, filing))
    perform("filings.check", clerk, filing)
    assert titles(clerk, "2023-06") == []
    assert titles(approver, "2023-06")[0].startswith("Deposit 2023-06")


def test_an_officer_has_one_line_a_month_of_this_year_and_the_last(officer, clerk, filing):
    """Twelve months of the year before and those of this year that have ended; nobody has begun any."""
    lines = titles(officer, "Data of ")
    assert len(lines) == 12 + clock.today().month - 1
    assert {line.partition(": ")[2] for line in lines} == {"1 not begun"}
    assert titles(clerk, "Data of ") == []  # a plant has each of its own


def test_the_api_gives_the_form_with_its_schema(clerk):
    answer = api.form_schema(asked_by(clerk), "power.month", 2023)
    assert answer["schema"]["$id"] == "power.month.2023"
    assert "power.month" in api.forms(asked_by(clerk))


def test_the_api_gives_values_findings_and_results_to_whoever_may_see_them(clerk, approver, officer, filing):
    deposited(clerk, approver, filing)
    told = api.filing(asked_by(officer), filing.pk)
    assert told["record"] == RECORD
    results = api.results(asked_by(officer), filing.pk)
    assert {"quantity": "combustion_emission", "value": "266.88"}.items() <= next(
        r for r in results if r["quantity"] == "combustion_emission"
    ).items()
    assert [f["period"] for f in api.filings(asked_by(clerk), period="2023")] == ["2023-06"]


def test_the_api_tells_a_stranger_nothing(stranger, filing):
    assert api.filings(asked_by(stranger)) == []
    with pytest.raises(Refused, match="ACT-SCOPE"):
        api.filing(asked_by(stranger), filing.pk)


def test_an_inner_deadline_informs_and_does_not_make_late(director, province, clerk, plant):
    data = {
        "region": province.code,
        "form_code": "power.month",
        "days": 20,
        "source": "省厅通知",
        "since": "2020-01-01",
    }
    perform("filings.set_deadline", director, data=data)
    opened = perform(
        "filings.open", clerk, data={"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-07"}
    ).result
    assert opened.inner_due_on.isoformat() == "2023-08-20"  # 31 July + 20 days
    assert opened.due_on.isoformat() == "2023-09-09"  # 31 July + 40 days


def test_a_mapping_is_kept_in_versions(clerk, plant):
    part = {"level": "month", "sheet": "台账", "columns": [{"field": "unit", "constant": "1"}]}
    data = {"organisation_id": plant.pk, "form_code": "power.month", "name": "生产台账", "parts": [part]}
    for number in (1, 2):
        mapping = perform("filings.map_ledger", clerk, data=data).result
        assert mapping.latest.number == number
