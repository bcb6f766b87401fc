"""Who acts in the example's streams, and where."""

from __future__ import annotations

from tanzhi.actions.actor import Actor
from tanzhi.organisations.models import Person, Region
from tanzhi.organisations.roles import actor_of

from .generate import read


def acting(sign_in_name: str) -> Actor:
    """One of the example's people, with the roles he holds."""
    return actor_of(Person.objects.get(sign_in_name=sign_in_name))


def home() -> Region:
    """The example province."""
    return Region.objects.get(code=read("regions.yaml")["province"]["code"])
