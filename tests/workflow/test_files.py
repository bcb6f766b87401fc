"""A digest is no authority: a file is its uploader's until it lies beside a record, and then that record's."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import tanzhi
from tanzhi.actions.registry import Actor, perform
from tanzhi.evidence.files import receive, upload_of
from tanzhi.office.imports.model import IMPORTERS
from tanzhi.office.imports.work import sheet_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.dossier.model import Attachment
from tests.refusing import refused
from tests.workflow.vacation import Vacation

SOURCE = Path(tanzhi.__file__).parent
OPENERS = {
    "evidence/files.py": "the store itself",
    "workflow/dossier/pages.py": "an attachment, for whoever sees its case",
    "office/imports/work.py": "an upload of the actor's own",
    "filings/mappings/pages.py": "a ledger, by a signed token of whoever uploaded it",
    "filings/mappings/row_pages.py": "a report laid out by rows, by a signed token of whoever uploaded it",
    "filings/months/uploads.py": "a workbook that was tried, for whoever tried it",
    "filings/months/version_pages.py": "evidence of a filing, for whoever sees the filing",
    "streams/verification/clues/answers.py": "the nation's own list, for whoever answers it",
    "streams/verification/photos.py": "whether what a member attached is a picture, by its first bytes",
    "bulletin/models.py": "an edition's own content",
    "bulletin/pages.py": "an edition, for whoever sees it",
    "bulletin/published.py": "a public edition",
}
WRITERS = {
    "workflow/dossier/files.py": "the one door to a case: an upload of one's own, or a file that lies there already"
}


def callers(name: str) -> set[str]:
    """Modules that call a function, or create rows of a model, of that name."""
    named = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(name):
                named.add(str(path.relative_to(SOURCE)))
    return named


@pytest.fixture
def case(clerk: Actor, plant: Organisation) -> Vacation:
    asked: Vacation = perform("cases.vacation_ask", clerk, data={"organisation": plant.pk, "days": 3}).result
    return asked


def uploaded(person_id: int | None, name: str = "secret.xlsx", content: bytes = b"a plant's workbook") -> str:
    return receive(io.BytesIO(content), name, "", person_id or -1).file.sha256


def test_stored_files_are_opened_by_these_modules_for_these_reasons_alone() -> None:
    assert callers("open_stored") == OPENERS.keys() - {"evidence/files.py"}


def test_files_come_to_lie_beside_a_case_by_one_door() -> None:
    assert callers("Attachment.objects.create") == WRITERS.keys()


@pytest.mark.parametrize("act", ["cases.attach"])
def test_a_file_that_somebody_else_uploaded_is_not_there(
    act: str, case: Vacation, clerk: Actor, stranger: Actor
) -> None:
    digest = uploaded(stranger.person_id)
    with refused("CASE-FILE"):
        perform(act, clerk, data={"case": case.reference, "title": "证明", "files": [digest]})
    assert not Attachment.objects.exists()


def test_a_file_is_attached_by_its_uploader_under_his_name_for_it(
    case: Vacation, clerk: Actor, stranger: Actor
) -> None:
    digest = uploaded(stranger.person_id, "the other's.pdf")
    assert uploaded(clerk.person_id, "mine.pdf") == digest
    perform("cases.attach", clerk, data={"case": case.reference, "title": "证明", "files": [digest]})
    assert [(one.name, one.sha256) for one in Attachment.objects.all()] == [("mine.pdf", digest)]


def test_a_file_that_lies_beside_the_case_may_be_named_again_there_and_nowhere_else(
    case: Vacation, clerk: Actor, officer: Actor, plant: Organisation
) -> None:
    digest = uploaded(clerk.person_id, "mine.pdf")
    perform("cases.attach", clerk, data={"case": case.reference, "title": "证明", "files": [digest]})
    again = {"case": case.reference, "title": "复核", "files": [digest]}
    perform("cases.attach", officer, data=again)
    assert {one.name for one in Attachment.objects.all()} == {"mine.pdf"}
    elsewhere: Vacation = perform("cases.vacation_ask", clerk, data={"organisation": plant.pk, "days": 4}).result
    with refused("CASE-FILE"):
        perform("cases.attach", officer, data=again | {"case": elsewhere.reference})


def test_nothing_is_attached_to_a_case_that_is_closed(case: Vacation, clerk: Actor, officer: Actor) -> None:
    Vacation.objects.filter(pk=case.pk).update(state="granted")
    with refused("CASE-CLOSED"):
        told = {"case": case.reference, "title": "证明", "files": [uploaded(clerk.person_id)]}
        perform("cases.attach", clerk, data=told)


@pytest.mark.parametrize("name", sorted(IMPORTERS))
def test_an_import_reads_no_file_that_somebody_else_uploaded(name: str, officer: Actor, second_officer: Actor) -> None:
    digest = uploaded(second_officer.person_id)
    with refused("IMP-FILE"):
        sheet_of(IMPORTERS[name], digest, officer)
    assert upload_of(digest, {second_officer.person_id or 0}) is not None


def test_a_file_is_downloaded_by_whoever_sees_its_case_alone(
    case: Vacation, clerk: Actor, stranger: Actor, client: Client
) -> None:
    digest = uploaded(clerk.person_id, "mine.pdf")
    told = {"case": case.reference, "title": "证明", "files": [digest]}
    attached: Any = perform("cases.attach", clerk, data=told).result
    address = reverse("cases:attachment", args=[attached.pk])
    statuses = {}
    for actor in (clerk, stranger):
        client.force_login(person_of(actor), backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(address)
        statuses[actor.name] = answer.status_code
        answer.close()
    assert statuses == {clerk.name: 200, stranger.name: 404}


def person_of(actor: Actor) -> Any:
    from tanzhi.organisations.people.model import Person

    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    return Person.objects.get(pk=actor.person_id)
