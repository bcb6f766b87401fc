"""Comments, files and findings of any case, by its reference."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.evidence.files import receive
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.case.pages import case_context
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.dossier.model import Attachment, Comment
from tanzhi.workflow.findings.model import CaseFinding
from tests.factories import PASSWORD, World, person
from tests.workflow.vacation import Vacation

FRIDAY = datetime(2024, 9, 27, 2, 0, tzinfo=UTC)


@pytest.fixture
def case(clerk: Actor, plant: Organisation) -> Vacation:
    with clock.at(FRIDAY):
        found: Vacation = perform("cases.vacation_ask", clerk, data={"organisation": plant.pk, "days": 3}).result
    return found


@pytest.fixture
def finding(case: Vacation, verifier: Actor) -> CaseFinding:
    told = {"case": case.reference, "title": "计量器具未检定", "text": "皮带秤超过检定周期", "law": "核查指南"}
    with clock.at(FRIDAY):
        found: CaseFinding = perform("cases.raise_finding", verifier, data=told).result
    return found


def file(words: bytes = b"proof") -> str:
    return receive(io.BytesIO(words), "证明.pdf", "application/pdf").file.sha256


def test_a_finding_is_due_in_five_working_days(case: Vacation, finding: CaseFinding) -> None:
    running = Clock.objects.get(subject=finding.reference)
    assert (finding.state, finding.number, finding.place) == ("raised", 1, case.place)
    assert (running.due_on, running.case, running.label.en) == (
        date(2024, 10, 10),
        case.reference,
        "Answer the finding",
    )


def test_a_finding_is_answered_sent_back_answered_again_and_closed(
    finding: CaseFinding, clerk: Actor, verifier: Actor
) -> None:
    with clock.at(datetime(2024, 10, 8, 2, tzinfo=UTC)):
        perform("cases.answer_finding", clerk, finding, {"text": "已送检", "files": [file()]})
        assert not Clock.objects.filter(subject=finding.reference, state="running").exists()
        perform("cases.return_finding", verifier, finding, {"text": "缺少证书"})
    assert Clock.objects.get(subject=finding.reference, state="running").due_on == date(2024, 10, 14)
    perform("cases.answer_finding", clerk, finding, {"text": "证书已附", "files": [file(b"certificate")]})
    perform("cases.close_finding", verifier, finding, {"text": "确认整改"})
    finding.refresh_from_db()
    assert (finding.state, finding.answer, finding.verdict) == ("closed", "证书已附", "确认整改")
    assert finding.closed_at is not None
    assert {one.subject for one in Attachment.objects.all()} == {finding.reference}


def test_only_the_roles_of_the_table_raise_answer_and_close(
    case: Vacation, finding: CaseFinding, clerk: Actor, verifier: Actor, officer: Actor
) -> None:
    told = {"case": case.reference, "title": "某项", "text": "某事实"}
    for who, act, subject, data in (
        (clerk, "cases.raise_finding", None, told),
        (verifier, "cases.answer_finding", finding, {"text": "代答"}),
        (officer, "cases.close_finding", finding, {"text": "关闭"}),
    ):
        with pytest.raises(Refused) as refused:
            perform(act, who, subject, data)
        assert (act, refused.value.code) == (act, "CASE-ROLE")


def test_strangers_reach_nothing_of_a_case(case: Vacation, stranger: Actor) -> None:
    for act, data in (("cases.comment", {"text": "好"}), ("cases.attach", {"title": "x", "files": [file()]})):
        with pytest.raises(Refused) as refused:
            perform(act, stranger, data={"case": case.reference, **data})
        assert refused.value.code == "ACT-SCOPE"


@pytest.mark.parametrize("ref", ["", "nothing", "cases.vacation:77", "organisations.organisation:1", "no.model:1"])
def test_a_reference_that_is_no_case_is_not_there(db: None, administrator: Actor, clerk: Actor, ref: str) -> None:
    with pytest.raises(Refused) as refused:
        perform("cases.comment", clerk, data={"case": ref, "text": "好"})
    assert refused.value.code == "ACT-SCOPE"


def test_a_closed_case_takes_no_finding(case: Vacation, officer: Actor, verifier: Actor) -> None:
    perform("cases.vacation_decide", officer, case, {"outcome": "granted"})
    with pytest.raises(Refused) as refused:
        perform("cases.raise_finding", verifier, data={"case": case.reference, "title": "某项", "text": "某事实"})
    assert refused.value.code == "CASE-CLOSED"


def test_a_file_that_was_never_stored_is_refused(case: Vacation, clerk: Actor) -> None:
    with pytest.raises(Refused) as refused:
        perform("cases.attach", clerk, data={"case": case.reference, "title": "x", "files": ["0" * 64]})
    assert refused.value.code == "CASE-FILE"


def test_internal_remarks_are_written_and_read_by_authorities_alone(
    case: Vacation, clerk: Actor, officer: Actor, rf: Any
) -> None:
    perform("cases.comment", officer, data={"case": case.reference, "text": "内部研判", "internal": True})
    perform("cases.comment", clerk, data={"case": case.reference, "text": "请尽快"})
    with pytest.raises(Refused) as refused:
        perform("cases.comment", clerk, data={"case": case.reference, "text": "x", "internal": True})
    assert refused.value.code == "CASE-INTERNAL"

    def read(actor: Actor) -> list[str]:
        return [one.text for one in case_context(rf.get("/"), case, actor)["dossier"].comments]

    assert read(officer) == ["内部研判", "请尽快"]
    assert read(clerk) == ["请尽快"]
    assert Comment.objects.count() == 2


def test_comments_are_read_by_programs_as_their_authors_read_them(
    client: Client, case: Vacation, officer: Actor, clerk: Actor, clerk_person: Person, world: World
) -> None:
    """Written by the act and read as records: an internal one by officials, none by a stranger."""
    perform("cases.comment", officer, data={"case": case.reference, "text": "内部研判", "internal": True})
    perform("cases.comment", clerk, data={"case": case.reference, "text": "请尽快"})
    office = person("reads.comments", ("provincial_officer", world.authority), password=PASSWORD)
    nosy = person("nosy", ("enterprise_filer", world.other_plant), password=PASSWORD)
    for reader, texts in ((office, ["内部研判", "请尽快"]), (clerk_person, ["请尽快"]), (nosy, [])):
        client.force_login(reader)
        records = client.get("/api/records/case_comments", {"case": case.reference}).json()["records"]
        assert [record["text"] for record in records] == texts
        rows = Comment.objects.filter(case=case.reference)
        assert [row.text for row in rows if row.seen_by(actor_of(reader))] == texts  # the same rule, row by row


def test_an_attached_file_is_given_only_to_those_who_see_the_case(
    client: Client, case: Vacation, clerk: Actor, clerk_person: Person, world: World
) -> None:
    held = perform("cases.attach", clerk, data={"case": case.reference, "title": "证明", "files": [file()]}).result
    client.force_login(clerk_person)
    answer = client.get(held.address)
    assert b"".join(answer.streaming_content) == b"proof"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    client.force_login(person("nosy", ("enterprise_filer", world.other_plant), password=PASSWORD))
    assert client.get(held.address).status_code == 404


def test_what_hangs_on_a_case_stands_in_its_timeline(
    case: Vacation, finding: CaseFinding, clerk: Actor, rf: Any
) -> None:
    perform("cases.comment", clerk, data={"case": case.reference, "text": "请尽快"})
    labels = [line.label.en for line in case_context(rf.get("/"), case, clerk)["timeline"]]
    assert labels == ["Comment", "Raise a finding", "Ask to stop"]


def test_the_buttons_of_a_finding_are_those_that_the_reader_could_press(
    case: Vacation, finding: CaseFinding, clerk: Actor, verifier: Actor, officer: Actor, rf: Any
) -> None:
    def shown(actor: Actor) -> list[str]:
        return [button.name for button in case_context(rf.get("/"), case, actor)["dossier"].findings[0].buttons]

    assert shown(clerk) == ["cases.answer_finding"]
    assert shown(verifier) == ["cases.close_finding"]
    assert shown(officer) == []


def test_the_form_of_a_comment_carries_its_case_along(client: Client, case: Vacation, clerk_person: Person) -> None:
    client.force_login(clerk_person)
    address = f"/presentation/act/cases.comment/?case={case.reference}"
    assert f'type="hidden" name="case" value="{case.reference}"' in client.get(address).content.decode()
    client.post(address, {"case": case.reference, "text": "请尽快"})
    assert Comment.objects.get().text == "请尽快"
