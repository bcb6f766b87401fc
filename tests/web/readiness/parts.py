"""How far one part of the province's ground is, for an actor on a day."""

from __future__ import annotations

from datetime import date

from tanzhi.actions.actor import Actor
from tanzhi.actions.readiness import Standing, parts
from tanzhi.organisations.people.model import Person

DAY = date(2024, 6, 15)


def standing(code: str, actor: Actor, day: date = DAY) -> Standing:
    [part] = [each for each in parts() if each.code == code]
    return part.standing(actor, day)


def codes(code: str, actor: Actor, day: date = DAY) -> list[str]:
    """The codes of what is lacking."""
    return [lack.code for lack in standing(code, actor, day).lacks]


def sign_in(*people: Person) -> None:
    """They have accepted their invitations."""
    Person.objects.filter(pk__in=[person.pk for person in people]).update(state="active", is_active=True)
