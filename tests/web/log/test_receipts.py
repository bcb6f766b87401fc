"""Receipts: digests for everybody, the particulars for whoever may see the subject."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.test import Client

from tanzhi.actions.registry import perform
from tanzhi.evidence.sealer import seal_all
from tanzhi.organisations.people.model import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from tanzhi.actions.registry import Actor
    from tests.factories import World


def test_a_receipt_tells_the_particulars_to_whoever_may_see_the_subject(
    world: World, officer: Actor, enter: Callable[[str], Client], stranger: Actor
) -> None:
    change = {"zh": "机密新名", "en": "Hidden name", "since": "2024-01-01", "basis": "机密依据"}
    entry = perform("organisations.rename", officer, world.plant, change).entry
    seal_all()
    entry.refresh_from_db()
    address = f"/evidence/receipts/{entry.number}"
    anonymous = Client()
    for page in (anonymous.get(f"{address}/"), anonymous.get(f"{address}.json")):
        words = page.content.decode()
        assert page.status_code == 200
        assert "organisations.rename" not in words
        assert world.plant.code not in words
        assert "provincial_officer" not in words
    elsewhere = Client()
    elsewhere.force_login(Person.objects.get(pk=stranger.person_id), "django.contrib.auth.backends.ModelBackend")
    reader = enter("enterprise_filer")
    opened: dict[str, Any] = json.loads(reader.get(f"{address}.json").content)
    content = json.loads(opened["particulars"]["content"])
    assert (content["kind"], content["subject"]) == ("organisations.rename", entry.subject)
    assert "organisations.rename" in reader.get(f"{address}/").content.decode()
    told = reader.get(f"{address}/").content.decode()
    before_the_fields = told[: told.index("<details")]
    assert all(words in before_the_fields for words in ("更名", "省级经办"))
    assert "organisations.rename" not in before_the_fields
    assert officer.name not in json.dumps(opened, ensure_ascii=False)
    assert "particulars" not in json.loads(elsewhere.get(f"{address}.json").content)
