"""Roles as the people's room sees them: who holds which today, as a value that rules about permission can use."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.actor import Grant as Held
from tanzhi.actions.roles import REACHES, ROLES, Role

from .models import Assignment, Grant, Person, in_force

if TYPE_CHECKING:
    from datetime import date

__all__ = ["REACHES", "ROLES", "Role", "actor_of", "public_actor"]


def actor_of(person: Person, on: date | None = None) -> Actor:
    """The person with the roles held on a day (today unless said)."""
    day = on or clock.today()
    grants = list(Grant.objects.filter(in_force(day), person=person).select_related("organisation__region"))
    assigned = _assigned([g for g in grants if ROLES[g.role].reach == "assigned"], day)
    held = [_held(grant, assigned) for grant in grants]
    return Actor(person.pk, person.name, held, day)


def public_actor() -> Actor:
    """Whoever has not signed in."""
    return Actor(None, "public", [Held("public")])


def _held(grant: Grant, assigned: dict[int, set[int]]) -> Held:
    organisation = grant.organisation
    if organisation is None:
        return Held(grant.role)
    return Held(grant.role, organisation.pk, organisation.region.path, frozenset(assigned[organisation.pk]))


def _assigned(grants: list[Grant], on: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    holders = {grant.organisation_id for grant in grants}
    if holders:
        for one in Assignment.objects.filter(in_force(on), holder__in=holders):
            found[one.holder_id].add(one.organisation_id)
    return found
