"""Filters, cursors and codes of the read operations, as a program meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.references import reference
from tanzhi.evidence.models import Entry
from tanzhi.evidence.sealer import seal
from tanzhi.presentation.records.kind import KINDS, code_of, with_code
from tanzhi.presentation.records.page import page_of
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import World

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def program(client: Client, clerk_person: Any) -> Client:
    client.force_login(clerk_person, BACKEND)
    return client


@pytest.fixture
def month(world: World, clerk: Actor) -> Any:
    data = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": "2023-06"}
    return perform("filings.open", clerk, data=data).result


@pytest.mark.usefixtures("world")
def test_what_is_added_between_two_pages_neither_shifts_nor_hides_anything(world: World) -> None:
    kind, everything, pages = KINDS["organisations"], Actor.platform(), []
    before = {record["code"] for record in page_of(kind, everything, {}).records}
    assert len(before) > 3
    page = page_of(kind, everything, {"limit": "2"})
    while True:
        pages += [record["code"] for record in page.records]
        if page.following is None:
            break
        if len(pages) == 2:
            factories.organisation("AAA-FIRST-BY-NAME", world.city)
        page = page_of(kind, everything, {"limit": "2", "after": page.following})
    assert len(pages) == len(set(pages))
    assert set(pages) == before | {"AAA-FIRST-BY-NAME"}


def test_filters_narrow_by_field_by_code_by_day_and_by_words(program: Client, month: Any, world: World) -> None:
    def codes(query: str) -> list[str]:
        answer = program.get(f"/api/records/filings?{query}")
        assert answer.status_code == 200, answer.content
        return [record["code"] for record in answer.json()["records"]]

    own = f"power.month:{world.plant.code}:2023-06"
    due = month.due_on.isoformat()
    for query in (
        "", "period=2023-06", f"organisation={world.plant.code}", "state=draft", "late=false", "year=2023",
        f"due_on_from={due}&due_on_until={due}", f"q={world.plant.code}", "form=power.month",
    ):  # fmt: skip
        assert codes(query) == [own], query
    for query in (
        "period=2023-07", f"organisation={world.other_plant.code}", "organisation=nobody", "state=deposited",
        "late=true", "due_on_from=2190-01-01", "q=nothing-like-it",
    ):  # fmt: skip
        assert codes(query) == [], query


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("colour=red", "colour"), ("limit=0", "limit"), ("limit=501", "limit"), ("limit=many", "limit"),
        ("after=zzz", "after"), ("after=YWZ0ZXIgLTE", "after"), ("state=asleep", "state"), ("late=perhaps", "late"),
        ("due_on=32.1.2023", "due_on"), ("due_on_from=x", "due_on_from"), ("revision=-1", "revision"),
        ("period=%00", "period"), ("year=nineteen", "year"),
    ],
)  # fmt: skip
def test_a_query_that_does_not_fit_is_told_with_its_place(query: str, field: str, program: Client, month: Any) -> None:
    answer = program.get(f"/api/records/filings?{query}")
    (finding,) = answer.json()["findings"]
    assert (answer.status_code, answer.json()["code"]) == (422, "API-QUERY")
    assert (finding["place"], finding["field"]) == ("filings", field)
    assert finding["expected"]["zh"]
    assert finding["expected"]["en"]


def test_an_action_takes_the_code_of_its_subject_and_answers_with_the_code_of_its_record(
    program: Client, month: Any
) -> None:
    code = f"power.month:{month.organisation.code}:2023-06"
    asked = {"content_type": "application/json", "data": {}}
    answer = program.post(f"/api/actions/filings.check?code={code}", **asked)
    by_number = program.post(f"/api/actions/filings.check?subject={month.pk}", **asked)
    assert answer.status_code == by_number.status_code
    opening = {"form_code": "power.month", "organisation_id": month.organisation_id, "period": "2023-06"}
    opened = program.post("/api/actions/filings.open", opening, content_type="application/json").json()["result"]
    assert opened == {"reference": f"filings.filing:{month.pk}", "records": "filings", "id": month.pk, "code": code}
    assert program.get(f"/api/records/{opened['records']}/{opened['code']}").json()["id"] == month.pk
    for wrong, refused in (("", "API-SUBJECT"), (f"?code={code}&subject=1", "API-SUBJECT"), ("?code=x", "ACT-SCOPE")):
        assert program.post(f"/api/actions/filings.check{wrong}", **asked).json()["code"] == refused


def test_a_code_is_split_where_it_was_joined_whatever_its_parts_hold(world: World) -> None:
    kind = KINDS["units"]
    unit = factories.unit(world.facility, "1:a/b~0", **factories.REGISTERED)
    written = code_of(kind, unit)
    assert "/" not in written
    assert with_code(kind, kind.model._base_manager.all(), written).get() == unit
    assert not with_code(kind, kind.model._base_manager.all(), "x").exists()


def test_what_is_not_ones_own_is_not_found_by_its_code_either(program: Client, world: World) -> None:
    answer = program.get(f"/api/records/organisations/{world.other_plant.code}")
    assert (answer.status_code, answer.json()["code"]) == (404, "ACT-SCOPE")


def test_an_act_leads_to_its_receipt_once_its_entry_is_sealed(program: Client, month: Any) -> None:
    def opened() -> dict[str, Any]:
        query = {"action": "filings.open", "subject": reference(month)}
        (act,) = program.get("/api/records/acts", query).json()["records"]
        return act

    assert opened()["receipt"] is None
    seal()
    entry = Entry.objects.get(pk=opened()["entry"])
    assert (entry.kind, opened()["receipt"]) == ("filings.open", entry.number)
    assert program.get(f"/evidence/receipts/{opened()['receipt']}.json").status_code == 200
