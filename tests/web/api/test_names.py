"""Programs name records by their codes: the subject of an act, and what its input names; secrets are shown once."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed
from tanzhi.actions.perform import perform
from tanzhi.actions.table import ACTIONS
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.model import Person
from tanzhi.presentation.records.kind import KINDS, code_of
from tests import factories
from tests.filings.laboratory.reports import report
from tests.web.api.test_acts import JSON, bearer, program_of

if TYPE_CHECKING:
    from tests.factories import World


def opening(organisation: object, month: int = 6) -> dict[str, Any]:
    return {"form_code": "power.month", "organisation_id": organisation, "period": f"2023-{month:02d}"}


def test_an_input_names_a_record_by_its_code_or_its_number(world: World, clerk: Actor) -> None:
    program = program_of(clerk)
    named = [world.plant.code, world.plant.pk, str(world.plant.pk)]
    for month, organisation in enumerate(named, start=1):
        answer = program.post("/api/actions/filings.open", opening(organisation, month), content_type=JSON)
        assert answer.status_code == 200, answer.content
    acts = [{"action": "filings.open", "data": opening(world.plant.code, 4)}]
    (one,) = program.post("/api/batch", {"acts": acts}, content_type=JSON).json()["answers"]
    assert one["answer"]["result"]["code"] == f"power.month:{world.plant.code}:2023-04"
    assert set(Filing.objects.values_list("organisation_id", flat=True)) == {world.plant.pk}


def test_a_code_of_nobody_and_one_out_of_sight_are_refused_alike(world: World, clerk: Actor) -> None:
    program, refusals = program_of(clerk), []
    for code in ("NOBODY", world.other_plant.code):
        answer = program.post("/api/actions/filings.open", opening(code), content_type=JSON)
        (finding,) = answer.json()["findings"]
        assert (answer.status_code, finding["field"], finding["found"]["zh"]) == (422, "organisation_id", code)
        refusals.append((answer.json()["code"], finding["code"], finding["expected"]))
    assert refusals[0] == refusals[1]
    assert refusals[0][0] == "ACT-INPUT"
    assert not Filing.objects.exists()


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "{", ""])
def test_a_body_that_is_no_input_is_refused(body: str, clerk: Actor) -> None:
    answer = program_of(clerk).generic("POST", "/api/actions/filings.open", body, JSON)
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("API-REQUEST", "ACT-INPUT")


def test_a_refusal_keeps_its_findings_for_whoever_takes_compressed_answers(world: World, clerk: Actor) -> None:
    """Most programs do: what was compressed could not be read, and "the request does not fit" took its place."""
    taking = {"content_type": JSON, "headers": {"Accept-Encoding": "gzip"}}
    answer = program_of(clerk).post("/api/actions/filings.open", opening("NOBODY"), **taking)
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (422, "gzip")
    refusal = json.loads(gzip.decompress(answer.content))
    assert (refusal["code"], refusal["findings"][0]["field"]) == ("ACT-INPUT", "organisation_id")


def test_a_record_is_named_without_the_numbers_of_rows_while_it_is_the_only_one(world: World, clerk: Actor) -> None:
    tested = {"organisation_id": world.plant.pk, "report": report("2023-06", report="R-1")}
    first = perform("filings.record_report", clerk, data=tested).result
    program, natural = program_of(clerk), f"{world.plant.code}:R-1"
    assert program.get(f"/api/records/laboratory_reports/{natural}").json()["id"] == first.pk
    withdrawn = program.post(
        f"/api/actions/filings.withdraw_report?code={natural}", {"reason": "the wrong sample"}, content_type=JSON
    )
    assert withdrawn.status_code == 200, withdrawn.content
    second = perform("filings.record_report", clerk, data=tested).result
    codes = [code_of(KINDS["laboratory_reports"], row) for row in (first, second)]
    for answer in (
        program.get(f"/api/records/laboratory_reports/{natural}"),
        program.post(f"/api/actions/filings.withdraw_report?code={natural}", {"reason": "again"}, content_type=JSON),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "API-CODE")
        assert answer.json()["findings"][0]["expected"]["en"].endswith(", ".join(codes))
    assert program.get(f"/api/records/laboratory_reports/{codes[1]}").json()["id"] == second.pk


def test_fewer_kinds_than_a_tenth_are_named_by_nothing_but_a_row() -> None:
    """Proposals, acts, jobs, comparisons, postings, what hangs on them have no name in the field; applicants have data
    of their own, which a code would tell.
    """
    unnamed = {kind.name for kind in KINDS.values() if not kind.natural}
    assert unnamed <= {"proposals", "acts", "jobs", "comparisons", "transfers", "commands", "account_applications"}


def test_a_secret_is_shown_to_whoever_signed_in_once_and_to_no_token(world: World) -> None:
    person = factories.person("keeper", ("security_administrator", None))
    keeper = Actor(person.pk, person.name)
    data = {"sign_in_name": "new.one", "name": "New One"}
    program, address = program_of(keeper), "/api/actions/organisations.invite_person"
    keyed = {"content_type": JSON, "headers": {"Idempotency-Key": "invite"}}
    result = program.post(address, data, **keyed).json()["result"]
    assert program.get(f"/organisations/invitation/{result['secrets'][0]}/").status_code == 200
    invited = Person.objects.get(sign_in_name="new.one")
    assert result["name"] == f"organisations.person:{invited.pk}"
    assert program.post(address, data, **keyed).json()["result"] == result["name"]  # the same key: not again
    again = "/api/actions/organisations.invite_again?code=new.one"
    by_token = Client().post(again, {}, content_type=JSON, **bearer(keeper, "organisations"))
    assert by_token.json()["result"] == result["name"]
    assert not [line for line in Performed.objects.all() if result["secrets"][0] in str(line.outcome)]


def test_the_secret_of_a_calendar_is_not_kept_beside_the_act(world: World, clerk: Actor) -> None:
    result = program_of(clerk).post("/api/actions/cases.calendar_address", {}, content_type=JSON).json()["result"]
    assert len(result["secrets"][0]) == 43  # 32 bytes in base64 without its padding
    (line,) = Performed.objects.filter(action="cases.calendar_address")
    assert line.outcome["result"] == "calendar address"


def test_every_result_with_a_secret_is_described_as_such() -> None:
    from tanzhi.actions.answers import ONCE, answer_of

    shown = {name for name, entry in ACTIONS.items() if answer_of(entry).kind == ONCE}
    assert shown == {
        "cases.calendar_address", "organisations.confirm_totp", "organisations.invite_again",
        "organisations.invite_person", "organisations.own_invite", "organisations.own_invite_again",
        "organisations.print_letter", "web.make_token",
    }  # fmt: skip
