"""One rule who may see a record: every model answers it, and every subject of an action follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from tanzhi.actions.actor import Actor, ActorRole
from tanzhi.actions.perform import perform
from tanzhi.actions.references import reference
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.state_record import CaseRecord
from tanzhi.actions.visibility import NOBODY, audience_of, may_see, sees
from tanzhi.evidence.models import Entry
from tanzhi.evidence.receipts import may_read
from tanzhi.evidence.tracking import unrecorded
from tanzhi.figures import Ref, lineage
from tanzhi.figures.readers import RECORDS, RULES, open_references
from tanzhi.organisations.people.roles import ROLES, public_actor
from tanzhi.streams.policy.documents.model import Document
from tanzhi.workflow.dossier.files import belongs
from tanzhi.workflow.dossier.model import Attachment
from tests.actions.spots import Spot, spots
from tests.web import matrix
from tests.web.test_every_page import OBSERVERS

if TYPE_CHECKING:
    from django.db.models import Model

OURS = [model for model in apps.get_models() if model.__module__.startswith("tanzhi.")]
STRANGER = Actor(None, "stranger", [ActorRole("enterprise_filer", 987654321), ActorRole("bank", 987654321)])


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_says_who_sees_its_rows(model: type[Model]) -> None:
    rule = audience_of(model)
    if rule == "part_of":
        owner: Any = model.part_of  # type: ignore[attr-defined]  # what `audience_of` just found there
        assert hasattr(model, owner), f"{model._meta.label} is part of {owner}, which it does not have"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_reference_to_nothing_is_nobodys(model: type[Model], db: None) -> None:
    for written in (f"{model._meta.label_lower}:987654321", f"{model._meta.label_lower}:x", model._meta.label_lower):
        assert not may_see(public_actor(), written)
        assert not may_see(Actor.platform(), written)


@pytest.mark.parametrize("written", ["", ":", "x", "x.y:1", "evidence.entry", "organisations.person:²", "a.b.c:1"])
def test_words_that_are_no_reference_are_nobodys(written: str, db: None) -> None:
    assert not may_see(Actor.platform(), written)


def test_no_subject_of_an_action_is_kept_from_everybody() -> None:
    subjects = {entry.subject for entry in ACTIONS.values() if entry.subject}
    assert {model._meta.label for model in subjects if audience_of(model) == NOBODY} == set()


def test_a_plants_month_and_all_that_belongs_to_it_are_its_own_and_its_authorities(world: Any, clerk: Actor) -> None:
    month = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": "2023-06"}
    filing = perform("filings.open", clerk, data=month).result
    parts: list[Any] = [filing, *filing.versions.all(), world.plant, world.unit, *world.plant.names.all()]
    for record in parts:
        assert sees(clerk, record), record
        assert may_see(clerk, reference(record)), record
        assert not sees(public_actor(), record), record
        assert not sees(STRANGER, record), record
        assert not sees(None, record), record


def reader_of(role: str, world: Any) -> Actor:
    """An observer of the matrix: of the plant or its authorities; the stranger files and banks elsewhere."""
    place = {"region": (world.authority.pk, world.province.path), "platform": (None, ""), "people": (None, "")}
    reach = ROLES["enterprise_filer" if role == "stranger" else role].reach
    own = (world.other_plant.pk, world.other_plant.region.path)
    if role != "stranger":
        own = (world.verifier_firm.pk, "") if reach == "assigned" else (world.plant.pk, world.plant.region.path)
    held = place.get(reach, own)
    grant = ActorRole("enterprise_filer" if role == "stranger" else role, *held, frozenset({world.plant.pk}))
    return Actor(None, role, [grant])


@pytest.mark.parametrize("role", OBSERVERS)
def test_every_record_receipt_node_and_file_is_seen_by_those_whom_the_visibility_matrix_names(
    role: str, world: Any
) -> None:
    """At the plant: a record of each kind that an action is done to, the receipt of each action, a node of each kind
    of the walk, a file beside a case of each kind, the text of a document that is published.
    """
    here, reader = spots(world)[0], reader_of(role, world)
    subjects = {name: here.of(entry.subject) for name, entry in ACTIONS.items() if entry.subject}
    records = {record._meta.label: record for record in subjects.values()}
    seen = {label for label, record in records.items() if sees(reader, record)}
    opened = {name for name, record in subjects.items() if may_read(reader, Entry(subject=reference(record)))}
    named = {kind: f"{kind}:{_record_of(kind, here).pk}" for kind in RECORDS}
    walked = {kind for kind, written in named.items() if open_references([written], reader)}
    cases = {label: record for label, record in records.items() if isinstance(record, CaseRecord)}
    files = {label for label, case in cases.items() if _file_beside(case, "beside it").opened_by(reader)}
    document: Any = cases["policy.Document"]
    with unrecorded():
        Document.objects.filter(pk=document.pk).update(published=True, state="in_force")
    files |= {"policy.Document text"} if _file_beside(document, document.title_zh).opened_by(reader) else set()
    parts = {"records": seen, "receipts": opened, "nodes": walked, "files": files}
    assert [line for part, now in parts.items() for line in matrix.compare(part, role, now, OBSERVERS)] == []


def _record_of(kind: str, here: Spot) -> Any:
    return here.of(apps.get_model(RECORDS[kind](Ref(kind, "1")).partition(":")[0]))


def _file_beside(case: CaseRecord, title: str) -> Attachment:
    return Attachment(**belongs(case), subject=case.reference, title=title)


def test_every_node_of_the_walk_asks_a_record_or_a_rule_of_its_own() -> None:
    """And which record that is stands in the matrix or in a room's model."""
    assert lineage.PROVIDERS.keys() == RECORDS.keys() | RULES.keys()
    labels = {RECORDS[kind](Ref(kind, "1")).partition(":")[0] for kind in RECORDS}
    assert {label for label in labels if not audience_of(apps.get_model(label))} == set()
    assert RULES.keys() == {"figure", "intensity.change", "inventory.run"}
