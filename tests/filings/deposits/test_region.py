"""A form about a region: an authority states it, once, in the same intake as every other form."""

import base64
import io

import openpyxl
import pytest

from tanzhi.actions.registry import ACTIONS, Refused, perform
from tanzhi.filings.deposits.opening import files_as, opens_as
from tanzhi.filings.intake.template import Prefill, template
from tanzhi.filings.months.status import form_of, is_composed
from tanzhi.filings.shared.forms import known_forms
from tanzhi.organisations.people.roles import actor_of
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.workflow.todos.todo import todos
from tests import factories

pytestmark = pytest.mark.django_db
FORM = "inventory_processes.year"


@pytest.fixture
def author(world):
    return actor_of(factories.person("author", ("provincial_officer", world.authority)))


def opened(actor, organisation, period="2022"):
    asked = {"form_code": FORM, "organisation_id": organisation.pk, "period": period}
    return perform("filings.open", actor, data=asked).result


def test_a_guideline_offers_the_forms_it_has():
    codes = known_forms()
    assert {"power.month", "power.year", FORM} <= set(codes)
    assert not {"inventory_processes.month", "inventory.year", "surrender.month"} & set(codes)


def test_the_filing_is_about_the_region_and_is_typed_not_composed(author, world):
    filing = opened(author, world.authority)
    assert filing.subject == f"region:{world.province.pk}"
    assert not is_composed(filing)
    assert "工业生产过程" in filing.title.zh
    with pytest.raises(Refused) as refused:
        perform("filings.compose", author, filing)
    assert refused.value.code == "FIL-PERIOD"


def test_a_plant_states_nothing_of_a_region(clerk, plant):
    with pytest.raises(Refused) as refused:
        opened(clerk, plant)
    assert refused.value.code == "ACT-SCOPE"


ACTS = [
    "open",
    "save",
    "take_reports",
    "upload",
    "answer",
    "attach",
    "check",
    "deposit",
    "correct",
    "withdraw_correction",
    "compose",
    "return_to_clerk",
    "answer_remark",
]


def test_every_act_of_filing_is_limited_to_who_files_as_whom():
    limits = {f"filings.{name}": files_as for name in ACTS} | {"filings.open": opens_as}
    assert limits == {n: entry.limits for n, entry in ACTIONS.items() if entry.limits in (files_as, opens_as)}


def test_a_department_files_as_the_department_and_nothing_of_a_plant(author, officer, clerk, plant, world):
    asked = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    month = perform("filings.open", clerk, data=asked).result
    region = opened(author, world.authority)
    for act in ("save", "check", "correct"):
        data = {"record": {}} if act == "save" else {"reason": "because"} if act == "correct" else {}
        for who, filing in ((author, month), (clerk, region)):
            with pytest.raises(Refused) as refused:
                perform(f"filings.{act}", who, filing, data)
            assert refused.value.code == "ACT-SCOPE"
    names = [f"filings.{name}" for name in ACTS[1:]]
    assert buttons(officer, names, month) == []
    assert buttons(clerk, names, region) == []
    assert buttons(officer, names, region)
    assert any("工业生产过程" in todo.title.zh for todo in todos(officer))


def test_an_officer_of_another_department_of_the_region_does_not_file_for_it(author, world):
    region = opened(author, world.authority)
    second = factories.organisation("S98", world.province, "authority")
    other = actor_of(factories.person("other_officer", ("provincial_officer", second)))
    with pytest.raises(Refused) as refused:
        perform("filings.save", other, region, {"record": {}})
    assert refused.value.code == "ACT-SCOPE"


def test_no_role_of_an_enterprise_is_granted_in_an_authority(world):
    with pytest.raises(Refused) as refused:
        factories.person("mixed", ("enterprise_filer", world.authority))
    assert refused.value.findings[0].field == "role"


def test_one_authority_states_a_year_and_another_is_told_who(author, world):
    opened(author, world.authority)
    second = factories.organisation("S99", world.province, "authority")
    other = actor_of(factories.person("other_author", ("provincial_officer", second)))
    with pytest.raises(Refused) as refused:
        opened(other, second)
    assert refused.value.code == "FIL-SUBJECT"
    assert "P99" in refused.value.message.en


def test_it_comes_by_workbook_as_well(author, world):
    filing = opened(author, world.authority)
    content = template(form_of(filing), Prefill("P99", "2022", {"clinker_output": "1200.00"}))
    told = {"content": base64.b64encode(content).decode(), "name": "2022.xlsx"}
    perform("filings.upload", author, filing, told)
    version = filing.latest
    assert version.record == {"clinker_output": "1200.00"}
    assert version.places["clinker_output"].endswith("5")


def test_the_director_is_asked_to_deposit_what_the_one_officer_of_the_department_checked(author, world):
    """Both may deposit it, and who typed it may not: with one officer the director is the only second person."""
    filing = opened(author, world.authority)
    director = actor_of(factories.person("director", ("provincial_director", world.authority)))
    assert filing.reference not in {todo.subject for todo in todos(director)}  # to fill in is the officer's
    perform("filings.save", author, filing, {"record": {"clinker_output": "1200.00"}})
    perform("filings.check", author, filing)
    assert [todo.title.en for todo in todos(director) if todo.subject == filing.reference] == [
        f"Deposit {filing.name.en}"
    ]
    perform("filings.deposit", director, filing)
    assert filing.reference not in {todo.subject for todo in todos(director)}


def test_a_formula_in_the_workbook_is_refused_with_its_cell(author, world):
    filing = opened(author, world.authority)
    book = openpyxl.load_workbook(io.BytesIO(template(form_of(filing), Prefill("P99", "2022", {}))))
    codes = [code for page in book for row in page.iter_rows() for code in row if code.value == "clinker_output"]
    sheet, column = codes[0].parent.title, codes[0].column_letter
    book[sheet][f"{column}5"] = "=1+1"
    cell, filled = f"{column}5", io.BytesIO()
    book.save(filled)
    told = {"content": base64.b64encode(filled.getvalue()).decode(), "name": "2022.xlsx"}
    with pytest.raises(Refused) as refused:
        perform("filings.upload", author, filing, told)
    found = refused.value.findings[0]
    assert found.code == "XLS-FORMULA"
    assert found.place == f"{sheet}!{cell}"
