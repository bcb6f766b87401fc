"""Rows by a question that is compiled once are the rows that Django gives, with what they join."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Model, QuerySet
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.models import Performed
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.retrieval import one_of, parts_of, retrieved, retrieved_columns
from tanzhi.actions.visibility import with_place
from tanzhi.organisations.register.model import Organisation, OrganisationName, Unit
from tests.actions.spots import spots
from tests.factories import World, organisation

pytestmark = pytest.mark.django_db


def columns(record: Model) -> dict[str, Any]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def by_key(key: int, model: type[Model]) -> QuerySet[Any]:
    return with_place(model).filter(pk=key)


def named(zh: str, kind: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(names__zh=zh, kind=kind).order_by("code")


def names_of(organisation_id: int) -> QuerySet[OrganisationName]:
    return OrganisationName.objects.filter(organisation=organisation_id)


def begins(code: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(code__startswith=code)


def counted(key: int) -> QuerySet[Organisation]:
    return Organisation.objects.annotate(n=Count("names")).filter(pk=key)


def codes_of(kind: str, key: int) -> QuerySet[Any]:
    return Organisation.objects.filter(kind=kind, pk__gte=key).order_by("pk").values_list("code", "region__path")


def test_every_kind_of_record_that_acts_are_done_to_is_retrieved_as_django_gives_it(world: World) -> None:
    places = spots(world)
    models = {entry.subject for entry in ACTIONS.values() if entry.subject is not None}
    compared = 0
    for model in sorted(models, key=lambda model: model._meta.label):
        record = next((spot.of(model) for spot in places), None)
        if record is None:
            continue
        own, expected = one_of(by_key, record.pk, about=(model,)), by_key(record.pk, model).get()
        assert type(own) is model
        assert columns(own) == columns(expected), model._meta.label
        assert own._state.fields_cache.keys() == expected._state.fields_cache.keys(), model._meta.label
        compared += 1
    assert compared > 20


def test_what_is_joined_needs_no_query_of_its_own(world: World) -> None:
    with CaptureQueriesContext(connection) as queries:
        plant = one_of(by_key, world.plant.pk, about=(Organisation,))
        assert plant is not None
        assert plant.region.path == world.plant.region.path
    assert len(queries) == 1


def test_a_question_is_compiled_once_and_answered_for_every_value(world: World) -> None:
    asked: list[int] = []

    def question(key: int) -> QuerySet[Organisation]:
        asked.append(key)
        return Organisation.objects.filter(pk=key)

    keys = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    assert [record.pk for key in keys for record in retrieved(question, key)] == keys
    assert one_of(question, keys[-1] + 1) is None
    assert len(asked) == 1
    assert asked[0] not in keys


def test_values_stand_where_they_were_stated_and_are_nothing_but_values(world: World) -> None:
    other = organisation("Q7", world.city, zh="同名'厂")
    organisation("Q8", world.city, zh="同名'厂", kind="bank")
    assert [record.pk for record in retrieved(named, "同名'厂", "enterprise")] == [other.pk]
    assert [record.code for record in retrieved(named, "同名'厂", "bank")] == ["Q8"]
    assert list(retrieved(named, "' OR 1=1 --", "enterprise")) == []
    assert list(retrieved_columns(codes_of, "bank", 0)) == [["Q8", world.city.path]]


def test_what_asks_for_more_than_values_of_columns_is_refused(world: World) -> None:
    for question, value in ((begins, "PL"), (counted, world.plant.pk)):
        with pytest.raises(ValueError, match="values of columns"):
            list(retrieved(question, value))
    with pytest.raises(TypeError, match="whole records"):
        list(retrieved(codes_of, "bank", 0))


def test_days_moments_and_json_are_read_by_their_fields(unit: Unit) -> None:
    line = Performed.objects.order_by("-pk")[0]
    again = one_of(by_key, line.pk, about=(Performed,))
    assert again is not None
    assert (again.at, again.outcome) == (line.at, line.outcome)
    assert again.at.tzinfo is not None
    assert isinstance(again.outcome, dict)


def test_parts_are_taken_as_they_were_prefetched(world: World) -> None:
    plant = Organisation.objects.prefetch_related("names").get(pk=world.plant.pk)
    with CaptureQueriesContext(connection) as queries:
        prefetched = list(parts_of(plant, "names", names_of))
    assert len(queries) == 0
    alone = Organisation.objects.get(pk=world.plant.pk)
    assert [name.pk for name in parts_of(alone, "names", names_of)] == [name.pk for name in prefetched] != []
