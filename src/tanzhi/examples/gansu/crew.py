"""Who acts in the example's streams, and where."""

from __future__ import annotations

from tanzhi.actions.actor import Actor
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.streams.verification.cases.model import Verification

from .data import read
from .people import employ


def acting(sign_in_name: str) -> Actor:
    """One of the example's people, with the roles he holds."""
    return actor_of(Person.objects.get(sign_in_name=sign_in_name))


def home() -> Region:
    """The example province."""
    return Region.objects.get(code=read("regions.yaml")["province"]["code"])


def city_officer(code: str) -> Actor:
    """The officer of a city's authority; employed at the first call where the example has none yet."""
    authority = Organisation.objects.select_related("region").get(kind="authority", region__code=code)
    officer = Person.objects.filter(grants__organisation=authority, grants__role="city_officer").first()
    if officer is not None:
        return acting(officer.sign_in_name)
    name = f"{authority.region.name_zh}局经办（示例）"
    return employ(Actor.platform(), f"city.{code}", name, "city_officer", authority.code)


def leader_of(case: Verification) -> Actor:
    """Who leads the group of a verification."""
    return acting(case.members.get(leader=True).person.sign_in_name)


def head_of(case: Verification) -> Actor:
    """Who acts for the enterprise that is verified."""
    return acting(f"{case.organisation.code.lower()}.head")
