"""Whether a row is there: by its values, all of them, and by nothing but columns of its own."""

from __future__ import annotations

import pytest

from tanzhi.actions.existence import is_there
from tanzhi.organisations.register.model import Region
from tests.factories import World

pytestmark = pytest.mark.django_db


def test_a_row_is_there_by_all_its_values_together(world: World) -> None:
    stated = {"code": world.province.code, "kind": world.province.kind}
    assert is_there(Region, **stated)
    assert not is_there(Region, **stated | {"kind": "city"}), "one value of two is another"
    assert not is_there(Region, code=f"{world.province.code}'")


def test_a_row_is_there_once_it_is_written_and_no_longer_when_it_is_gone(world: World) -> None:
    assert is_there(Region, parent_id=world.province.pk) == Region.objects.filter(parent=world.province).exists()
    assert not is_there(Region, path="nowhere/")


def test_what_is_no_column_of_the_model_is_a_fault_of_the_code(world: World) -> None:
    with pytest.raises(KeyError):
        is_there(Region, organisation__code="P01")
