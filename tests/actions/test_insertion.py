"""Rows that are written by a statement made once are the rows that `save` writes, with the same signals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_save

from tanzhi.actions.insertion import rewrite
from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.register.model import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def of_no_act(plant: Organisation) -> Iterator[None]:
    plant.refresh_from_db()
    with unrecorded():
        yield


def stored(plant: Organisation) -> tuple[str, int]:
    return Organisation.objects.values_list("state", "revision").get(pk=plant.pk)


def test_all_fields_or_those_that_are_named_are_written(plant: Organisation) -> None:
    revision = plant.revision
    plant.state, plant.revision = "ended", revision + 7
    rewrite(plant, "state")
    assert stored(plant) == ("ended", revision)
    rewrite(plant)
    assert stored(plant) == ("ended", revision + 7)
    assert Organisation.objects.exclude(pk=plant.pk).filter(state="ended").count() == 0


def test_the_signals_are_those_of_a_save(plant: Organisation) -> None:
    received: list[tuple[bool, Any]] = []

    def note(created: bool, update_fields: Any, **_signal: Any) -> None:
        received.append((created, update_fields))

    post_save.connect(note, sender=Organisation)
    try:
        for names in ((), ("state", "revision")):
            rewrite(plant, *names)
            plant.save(update_fields=names or None)
    finally:
        post_save.disconnect(note, sender=Organisation)
    assert received == [(False, None)] * 2 + [(False, frozenset({"state", "revision"}))] * 2


def test_a_computed_value_is_left_to_django(plant: Organisation) -> None:
    revision, plant.revision = plant.revision, F("revision") + 1
    rewrite(plant)
    assert stored(plant)[1] == revision + 1


def test_a_row_that_is_gone_and_a_field_that_there_is_not_are_faults(plant: Organisation) -> None:
    with pytest.raises(ValueError, match="has no fields"):
        rewrite(plant, "nothing")
    plant.pk += 1000
    with pytest.raises(ObjectDoesNotExist), transaction.atomic():
        rewrite(plant)
