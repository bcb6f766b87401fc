"""Roles as the people's room sees them: who holds which today, as a value that rules about permission can use."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import connection

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, ActorRole
from tanzhi.actions.roles import REACHES, ROLES, Role

from .model import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

__all__ = ["REACHES", "ROLES", "Role", "actor_of", "public_actor", "reports_assigned"]

# Every page and every act asks these two: composing the queries anew took ten times as long as answering them.
_GRANTED = """
SELECT held.role, held.organisation_id, region.path FROM organisations_grant held
LEFT JOIN organisations_organisation body ON body.id = held.organisation_id
LEFT JOIN organisations_region region ON region.id = body.region_id
WHERE held.person_id = %s AND held.since <= %s AND (held.until IS NULL OR held.until > %s)
ORDER BY held.since, held.id
"""
_ASSIGNED = """
SELECT organisation_id FROM organisations_assignment
WHERE holder_id = %s AND since <= %s AND (until IS NULL OR until > %s)
"""

YEARS: list[Callable[[Iterable[int]], Iterable[tuple[int, int, int]]]] = []
"""Registered by whoever orders the verification of reports: body, organisation and year of each, for some bodies."""


def reports_assigned(query: Callable[[Iterable[int]], Iterable[tuple[int, int, int]]]) -> None:
    """Register a query that knows whose report of which year a body verifies."""
    YEARS.append(query)


def actor_of(person: Person, on: date | None = None) -> Actor:
    """The person with the roles held on a day (today unless said)."""
    day = on or clock.today()
    grants: list[tuple[str, int | None, str]] = _rows(_GRANTED, person.pk, day)
    holders = {key for role, key, _ in grants if ROLES[role].reach == "assigned" and key is not None}
    # Organisations by the body that looks after them on a day.
    assigned = defaultdict(set, {holder: {row[0] for row in _rows(_ASSIGNED, holder, day)} for holder in holders})
    # Reports, as organisation and year, by the body that verifies them.
    years: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for body, organisation, year in (row for query in YEARS for row in query(holders)) if holders else ():
        years[body].add((organisation, year))
    roles = [
        ActorRole(role, key, region_path, frozenset(assigned[key]), frozenset(years[key]))
        if key is not None
        else ActorRole(role)
        for role, key, region_path in grants
    ]
    return Actor(person.pk, person.name, roles, day)


def public_actor() -> Actor:
    """Whoever has not signed in."""
    return Actor(None, "public", [ActorRole("public")])


def _rows(query: str, key: int, on: date) -> list[Any]:
    """The rows of a query for what has a key and is in force on a day, as `in_force` says."""
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(query, [key, day, day])
        return list(cursor.fetchall())
