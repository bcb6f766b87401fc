"""Rows put in are those that the acts wrote, the log answers for them, and whatever is otherwise is built by acts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from tanzhi.actions.registry import perform
from tanzhi.evidence.checking import verify
from tanzhi.evidence.sealer import seal_all
from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation, Region
from tests import built_once, factories

if TYPE_CHECKING:
    from tests.built_once import Rows
    from tests.factories import World

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The acts that the factories do from here on; nothing was built in the run before."""
    names: list[str] = []

    def performed(name: str, *arguments: Any, **named: Any) -> Any:
        names.append(name)
        return perform(name, *arguments, **named)

    monkeypatch.setattr(factories, "perform", performed)
    monkeypatch.setattr(built_once, "_KNOWN", {})
    return names


def built() -> tuple[World, Person]:
    world = factories.world()
    return world, factories.person("officer", ("provincial_officer", world.authority), password=factories.PASSWORD)


def taken_back() -> Rows:
    """Every row that building leaves in an empty database, which is empty again afterwards."""
    with transaction.atomic():
        built_once.begin_anew()
        built()
        rows = built_once.rows_of_all()
        transaction.set_rollback(True)
    return rows


def test_the_second_time_no_act_is_done_and_the_same_rows_stand_there(acts: list[str]) -> None:
    by_acts = taken_back()
    assert {"organisations.register", "organisations.add_unit", "organisations.accept_invitation"} <= set(acts)
    acts.clear()
    assert taken_back() == by_acts
    assert acts == []


def test_the_log_answers_for_what_is_put_in_and_names_what_is_altered_in_it(acts: list[str]) -> None:
    taken_back()
    acts.clear()
    built_once.begin_anew()
    world, officer = built()
    assert acts == []
    assert Organisation.objects.get(code="PLANT") == world.plant
    assert officer.check_password(factories.PASSWORD)
    seal_all()
    assert verify().faults == []
    with unrecorded():
        Person.objects.filter(pk=officer.pk).update(name="Somebody else")
    assert [fault.place for fault in verify().faults] == [f"organisations.person:{officer.pk}"]


def test_after_any_act_the_acts_are_done_as_ever(acts: list[str]) -> None:
    taken_back()
    acts.clear()
    built_once.begin_anew()
    factories.region("970000")
    built()
    assert "organisations.register" in acts
    assert Region.objects.filter(code="970000").exists()


def test_where_a_row_stands_in_the_way_nothing_is_put_in_and_the_acts_are_done(acts: list[str]) -> None:
    number = min(int(key) for key in taken_back()["organisations_region"])
    acts.clear()
    built_once.begin_anew()
    named = {"code": "970000", "path": "970000/", "name_zh": "异地", "name_en": "Elsewhere", "kind": "province"}
    with unrecorded():
        Region.objects.create(pk=number, since=date(2020, 1, 1), **named)
    world, _ = built()
    assert "organisations.register" in acts
    assert world.province.pk != number
