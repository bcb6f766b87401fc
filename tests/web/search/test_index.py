"""The index of words follows the records in the transaction that changes them, and comes out the same made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.references import reference, resolve
from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.register.model import Organisation, OrganisationName
from tanzhi.presentation.search import search
from tanzhi.presentation.search_index.model import SearchTerm
from tanzhi.presentation.search_writing import index_all, index_first, searched_paths
from tanzhi.streams.market.allocation.model import AllocationLine
from tests.actions.spots import spots
from tests.factories import organisation

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tests.factories import World

pytestmark = pytest.mark.django_db


def codes(actor: Actor, question: str) -> set[str]:
    return {hits.code for hits in search(actor, question, 5)}


def everything() -> set[tuple[str, bytes, int]]:
    return {
        (label, bytes(term), record)
        for label, term, record in SearchTerm.objects.values_list("label", "term", "record")
    }


def test_every_searched_record_stands_in_the_index_as_if_it_were_made_anew(world: World) -> None:
    places = spots(world)
    made = [spot.of(model) for model in searched_paths() for spot in places]
    followed = everything()
    assert {reference(record) for record in made} <= {f"{label}:{record}" for label, _, record in followed}
    SearchTerm.objects.all().delete()
    assert index_all() >= len(made)
    assert everything() == followed
    assert index_all() == 0


def test_a_new_name_finds_the_records_of_its_organisation_too(world: World, officer: Actor) -> None:
    assert codes(officer, "陇原新能") == set()
    before = codes(officer, "示例PLANT")
    OrganisationName.objects.create(organisation=world.plant, zh="陇原新能", en="Longyuan", since="2024-01-01")
    assert "organisations" in codes(officer, "陇原新能")
    assert codes(officer, "陇原新能") >= codes(officer, "longy") >= {"organisations"}
    assert codes(officer, "示例PLANT") == before  # by its former name as well


def test_a_changed_text_is_found_and_the_former_one_is_not(world: World, officer: Actor) -> None:
    world.plant.credit_code = "91620102MA7FORMER1"
    world.plant.save(update_fields=["credit_code"])
    assert "organisations" in codes(officer, "91620102ma7former")
    world.plant.credit_code = "91620102MA7LATTER1"
    world.plant.save(update_fields=["credit_code"])
    assert "organisations" not in codes(officer, "91620102ma7former")
    assert "organisations" in codes(officer, "91620102ma7latter")


def test_a_save_that_changes_no_text_asks_nothing_of_the_index_and_one_put_back_does(
    world: World, officer: Actor
) -> None:
    plant = resolve(reference(world.plant))
    assert isinstance(plant, Organisation)
    with unrecorded(), CaptureQueriesContext(connection) as queries:
        plant.revision += 1
        plant.save()
    assert [q["sql"] for q in queries if "searchterm" in q["sql"]] == []
    for credit_code in ("91620102MA7BETWEEN", None):
        plant.credit_code = credit_code
        with unrecorded():
            plant.save()
        assert ("organisations" in codes(officer, "91620102ma7between")) == bool(credit_code)


def test_a_change_that_was_taken_back_is_found_when_it_is_saved_again(world: World, officer: Actor) -> None:
    plant = resolve(reference(world.plant))
    assert isinstance(plant, Organisation)
    plant.credit_code = "91620102MA7AGAIN01"
    for taken_back in (True, False):
        with unrecorded(), transaction.atomic():
            plant.save()
            transaction.set_rollback(taken_back)
        assert ("organisations" in codes(officer, "91620102ma7again")) == (not taken_back)


def test_what_is_taken_back_is_not_in_the_index_and_what_is_deleted_is_in_it_no_more(world: World) -> None:
    before = everything()
    with transaction.atomic():
        organisation("GONE-7", world.city, "enterprise")
        assert everything() > before
        transaction.set_rollback(True)
    assert everything() == before
    line = spots(world)[0].of(AllocationLine)
    label = AllocationLine._meta.label_lower
    assert (label, line.pk) in {(each, record) for each, _, record in everything()}
    with unrecorded():
        line.delete()
    assert label not in {each for each, _, _ in everything()}


def test_an_installation_without_an_index_gets_one_with_the_migration_that_brings_it(world: World) -> None:
    followed = everything()
    SearchTerm.objects.all().delete()
    index_first(plan=[])
    assert everything() == set()

    class Brought:
        app_label = "presentation"

    index_first(plan=[(Brought(), False)])
    assert everything() == followed != set()
