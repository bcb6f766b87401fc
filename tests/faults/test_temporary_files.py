"""What an upload puts aside while it is handled is gone afterwards: taken, refused, or with its reader killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse

from tanzhi.actions.registry import perform
from tanzhi.evidence.models import StoredFile
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import form_of
from tanzhi.organisations.people.model import Person
from tanzhi.presentation.intake import pool

pytestmark = pytest.mark.django_db
Post = Callable[[bytes], Any]


@pytest.fixture
def places(settings: Any, tmp_path: Path) -> tuple[Path, Path]:
    """Where Django keeps a file that is uploaded, and where the evidence keeps it; every upload goes through both."""
    temporary, kept = tmp_path / "temporary", tmp_path / "kept"
    temporary.mkdir()
    kept.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR, settings.MEDIA_ROOT = str(temporary), str(kept)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    return temporary, kept


@pytest.fixture
def browser(client: Client, clerk: Any) -> Client:
    client.raise_request_exception = False
    client.force_login(Person.objects.get(pk=clerk.person_id), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def filing(clerk: Any, plant: Any) -> Filing:
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    found: Filing = perform("filings.open", clerk, data=data).result
    return found


def filled(filing: Filing) -> bytes:
    record = {"units": [{"unit": "1", "months": [{"month": "2023-06", "generation": "100.000"}]}]}
    return template(form_of(filing), Prefill(filing.organisation.code, filing.period, record))


DOORS: dict[str, Callable[[Client, Filing, bytes], Any]] = {
    "dry run": lambda b, f, c: b.post(
        reverse("filings:upload", args=[f.pk]), {"file": SimpleUploadedFile("a.xlsx", c), "dry": "1"}
    ),
    "workbook": lambda b, f, c: b.post(
        reverse("filings:upload", args=[f.pk]), {"file": SimpleUploadedFile("a.xlsx", c)}
    ),
    "ledger": lambda b, f, c: b.post(
        reverse("filings:ledger"), {"file": SimpleUploadedFile("a.xlsx", c), "organisation": f.organisation_id}
    ),
    "evidence": lambda b, f, c: b.post(
        reverse("filings:attach", args=[f.pk]), {"file": SimpleUploadedFile("a.xlsx", c), "kind": "other"}
    ),
}


def killed(_self: Any, *_arguments: Any) -> None:
    raise OSError("the process ended")


def end(answer: Any) -> None:
    """As a server ends an answer; but the connection, which is the test's, stays open."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("case", ["good", "no workbook", "reader killed", "disk full"])
def test_nothing_of_an_upload_stays_but_what_is_kept(door, case, places, browser, filing, monkeypatch):
    temporary, kept = places
    if case == "reader killed":
        monkeypatch.setattr(pool.Reader, "read", killed)
    if case == "disk full":
        monkeypatch.setattr("tanzhi.evidence.files._settle", killed)
    answer = DOORS[door](browser, filing, b"garbage" if case == "no workbook" else filled(filing))
    end(answer)
    assert answer.status_code < 500 or case == "disk full"
    assert list(temporary.iterdir()) == []
    stored = {Path(kept, digest[:2], digest) for digest in StoredFile.objects.values_list("sha256", flat=True)}
    assert {path for path in kept.rglob("*") if path.is_file()} == stored
