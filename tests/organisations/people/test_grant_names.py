"""A role is called by whose it is, which and where: the form that ends it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tanzhi.organisations.people.model import Grant
from tests import factories

if TYPE_CHECKING:
    from tests.factories import World

pytestmark = pytest.mark.django_db


def test_a_grant_is_called_by_its_person_its_role_and_its_organisation(world: World) -> None:
    person = factories.person("lin_wei", ("city_officer", world.city_authority), ("administrator", None))
    names = {grant.role: grant.name for grant in Grant.objects.filter(person=person)}
    assert names["city_officer"].zh == "Lin Wei：市级经办（示例C99）"
    assert names["city_officer"].en == "Lin Wei: City officer (Example C99)"
    assert "（" not in names["administrator"].zh
