"""What a list tells whom: an enterprise's emission, its statement and its proof are its own and the authority's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.registry import perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.verification.key_list.model import KeyUnitList, KeyUnitListRow
from tanzhi.workflow.dossier.model import Attachment
from tests.factories import PASSWORD, person

from .conftest import decided_row, head_of, row_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import World

pytestmark = pytest.mark.django_db
EMISSION = "26\u202f000.01"  # of ENTERS, as pages write it


def page(client: Client, actor: Actor, address: str) -> str:
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address).content.decode().replace("\u2009", "\u202f")


def test_an_emission_is_told_to_the_authority_and_to_the_enterprise_alone(
    client: Client, circulated: KeyUnitList, firms: dict[str, Organisation], world: World
) -> None:
    officer = person("reading_officer", ("provincial_officer", world.authority), password=PASSWORD)
    readers = {
        "authority": Actor(officer.pk, "officer"),
        "itself": head_of(firms["ENTERS"]),
        "another": head_of(firms["STAYS"]),
    }
    row = row_of(circulated, "ENTERS").get_absolute_url()
    reads_row = {name for name, actor in readers.items() if EMISSION in page(client, actor, row)}
    assert reads_row == {"authority", "itself"}
    whole = circulated.get_absolute_url()
    pages = {name: page(client, actor, whole) for name, actor in readers.items()}
    assert {name for name, words in pages.items() if "ENTERS" in words} == set(readers)
    assert {name for name, words in pages.items() if EMISSION in words} == {"authority"}
    exported = page(client, readers["another"], f"{whole}?export=csv")
    assert "ENTERS" in exported
    assert "26000.01" not in exported


def test_what_is_handed_in_with_a_statement_is_opened_by_the_authority_alone(
    circulated: KeyUnitList, firms: dict[str, Organisation], officer: Actor
) -> None:
    row = row_of(circulated, "STAYS")
    head = head_of(firms["STAYS"])
    perform("verification.object_to_list", head, row, {"statement": "2023 年排放量与财务数据见附件"})
    proof = Attachment.objects.create(
        case=circulated.reference, region_path=circulated.region.path, subject=f"verification.keyunitlistrow:{row.pk}",
        title="proof", sha256="0" * 64, name="proof.pdf", size=1, person_id=head.person_id or 0, person_name=head.name,
        at=circulated.opened_at,
    )  # fmt: skip
    another = head_of(firms["ENTERS"])
    assert circulated.seen_by(another)
    assert not proof.opened_by(another)
    assert proof.opened_by(officer)


def test_who_applied_reads_its_own_row_before_anybody_reads_the_list(
    client: Client, drawn_up: KeyUnitList, firms: dict[str, Organisation], officer: Actor
) -> None:
    head = head_of(firms["BELOW"])
    data = {"organisation": "BELOW", "year": 2025, "statement": "2024 年投产第二条线，预计超过门槛"}
    row: KeyUnitListRow = perform("verification.apply_for_list", head, data=data).result
    assert set(KeyUnitListRow.objects.visible_to(head)) == {row}
    words = page(client, head, row.get_absolute_url())
    assert "2024 年投产第二条线" in words
    assert reverse("verification:key_list", args=[drawn_up.pk]) not in words
    decided_row(drawn_up, "BELOW", "off", officer)
    assert not KeyUnitListRow.objects.visible_to(head_of(firms["STAYS"])).exists()
