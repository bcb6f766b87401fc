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
    from collections.abc import Callable, Iterable
    from datetime import date

__all__ = ["REACHES", "ROLES", "Role", "actor_of", "public_actor", "reports_assigned"]

YEARS: list[Callable[[Iterable[int]], Iterable[tuple[int, int, int]]]] = []
"""Registered by whoever orders the verification of reports: body, organisation and year of each, for some bodies."""


def reports_assigned(query: Callable[[Iterable[int]], Iterable[tuple[int, int, int]]]) -> None:
    """Register a query that knows whose report of which year a body verifies."""
    YEARS.append(query)


def actor_of(person: Person, on: date | None = None) -> Actor:
    """The person with the roles held on a day (today unless said)."""
    day = on or clock.today()
    # every page and every act asks this: plain rows cost half of what whole organisations and regions would
    granted = Grant.objects.filter(in_force(day), person=person)
    grants = list(granted.values_list("role", "organisation", "organisation__region__path"))
    holders = {key for role, key, _ in grants if ROLES[role].reach == "assigned" and key is not None}
    assigned, years = _assigned(holders, day), _years(holders)
    held = [_held(*grant, assigned, years) for grant in grants]
    return Actor(person.pk, person.name, held, day)


def public_actor() -> Actor:
    """Whoever has not signed in."""
    return Actor(None, "public", [Held("public")])


def _held(
    role: str,
    organisation: int | None,
    region_path: str,
    assigned: dict[int, set[int]],
    years: dict[int, set[tuple[int, int]]],
) -> Held:
    if organisation is None:
        return Held(role)
    return Held(role, organisation, region_path, frozenset(assigned[organisation]), frozenset(years[organisation]))


def _assigned(holders: set[int], on: date) -> dict[int, set[int]]:
    """Organisations by the body that looks after them on a day."""
    organisations: dict[int, set[int]] = defaultdict(set)
    if holders:
        for assignment in Assignment.objects.filter(in_force(on), holder__in=holders):
            organisations[assignment.holder_id].add(assignment.organisation_id)
    return organisations


def _years(holders: set[int]) -> dict[int, set[tuple[int, int]]]:
    """Reports, as organisation and year, by the body that verifies them."""
    reports: dict[int, set[tuple[int, int]]] = defaultdict(set)
    if holders:
        for query in YEARS:
            for body, organisation, year in query(holders):
                reports[body].add((organisation, year))
    return reports
