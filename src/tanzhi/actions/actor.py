"""Who acts and where: plain values, so that a rule about permission needs no database."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from .roles import ADMINISTRATORS, KNOWN_ROLES, PERSON, ROOMS

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs: to an organisation, to a region, to a person; and whether the public may see it."""

    organisation_id: int | None = None
    region_path: str = ""
    person_id: int | None = None
    published: bool = False
    room: str = ""  # of those that an assignment may open (`roles.ROOMS`); none: no assignment opens it
    year: int | None = None  # of the report, in that room
    body_id: int | None = None  # the verification body that the record names


@dataclass(frozen=True, slots=True)
class ActorRole:
    """A role somebody holds in an organisation, with the region that the organisation answers for."""

    role: str
    organisation_id: int | None = None
    region_path: str = ""
    assigned: frozenset[int] = frozenset()  # organisations
    years: frozenset[tuple[int, int]] = frozenset()  # an organisation and the year of its report

    def reaches(self, place: Place) -> bool:
        """Whether this grant covers a record that belongs to `place`."""
        match KNOWN_ROLES[self.role].reach:
            case "platform":
                return True
            case "people":
                return place.person_id is not None
            case "region":
                return bool(self.region_path) and place.region_path.startswith(self.region_path)
            case "own":
                return self.organisation_id is not None and self.organisation_id == place.organisation_id
            case "assigned" | "consented":
                own = self.organisation_id is not None and self.organisation_id == place.organisation_id
                return own or self._opens(place)
            case _:
                return place.published

    def _opens(self, place: Place) -> bool:
        """Whether an assignment covers the record: the organisation, and what its room asks for besides."""
        if place.organisation_id is None or place.organisation_id not in self.assigned:
            return False
        match ROOMS[self.role].get(place.room):
            case "assignment":
                return True
            case "year":
                return (place.organisation_id, place.year) in self.years
            case "body":
                return place.body_id is not None and place.body_id == self.organisation_id
            case _:
                return False


@dataclass(frozen=True, slots=True)
class ServiceReach:
    """What a program does in its own name: whose it is, and what each organisation that agreed lets it prepare."""

    account: int
    organisation_id: int
    consents: Mapping[int, frozenset[str]]  # by organisation: acts, and rooms with all their acts

    def covers(self, organisation_id: int | None, action: str) -> bool:
        scopes = self.consents.get(organisation_id or 0, frozenset())
        return bool({action, action.partition(".")[0]} & scopes)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with the roles he holds on a day; or a program in its own name (`service`), whose number is negative."""

    person_id: int | None
    name: str
    grants: list[ActorRole] = field(default_factory=list)
    on: date | None = None
    # By what he acts: "" the program itself, "session" a browser, "fresh" one just given the password, "token" a key
    way: str = ""
    service: ServiceReach | None = None

    @classmethod
    def platform(cls) -> Actor:
        """The platform itself: for the first start and for scheduled work, never for a request."""
        return cls(None, "platform", [ActorRole(role) for role in sorted(ADMINISTRATORS)])

    @property
    def known_by(self) -> Hashable:
        """All that what he may see and do depends on."""
        consents = frozenset(self.service.consents.items()) if self.service else None
        return self.person_id, tuple(self.grants), self.on, self.way, consents

    @property
    def roles(self) -> set[str]:
        """Codes of the roles held; a person always holds the role over himself."""
        codes = {grant.role for grant in self.grants}
        return codes | {PERSON.code} if self.person_id is not None and self.service is None else codes

    def reaches(self, role: str, place: Place | None) -> bool:
        """Whether one of this actor's grants of `role` covers `place`."""
        if role == PERSON.code:
            own = place is None or place.person_id == self.person_id
            return self.person_id is not None and self.service is None and own
        return any(grant.role == role and (place is None or grant.reaches(place)) for grant in self.grants)

    def sees(self, place: Place) -> bool:
        """Whether any of the roles covers `place`; published records are seen by everybody."""
        return place.published or any(self.reaches(role, place) for role in self._reading)

    @property
    def _reading(self) -> set[str]:
        """Roles that read records: who looks after accounts sees people, not what they do."""
        return {code for code in self.roles if KNOWN_ROLES[code].reach != "people"}

    def works_with(self, place: Place) -> bool:
        """Whether a role covers `place` as his own or his duty, and not only because it is public."""
        inside = replace(place, published=False)
        return any(self.reaches(role, inside) for role in self._reading)

    def oversees(self, place: Place) -> bool:
        """Whether an authority's role covers `place`: what is internal to officials."""
        over = (code for code in self.roles if KNOWN_ROLES[code].reach in ("region", "platform"))
        return any(self.reaches(role, place) for role in over)

    def belongs_to(self, organisation_id: int | None) -> bool:
        """Whether any grant is held in this organisation."""
        return organisation_id is not None and any(g.organisation_id == organisation_id for g in self.grants)


@dataclass(frozen=True, slots=True)
class ScopeFields:
    """Names of the look-ups with which a model says where its rows belong; empty: it has no such field."""

    organisation: str = "organisation_id"
    region: str = "organisation__region__path"
    person: str = ""
    published: str = ""
    room: str = ""  # the room itself, not a look-up
    year: str = ""
    body: str = ""


def scope(actor: Actor, fields: ScopeFields | None = None) -> Q:
    """The rows an actor may see, as a filter: the same law as `ActorRole.reaches`, spoken to the database."""
    look = fields or ScopeFields()
    condition = Q(pk__in=[])
    if look.published:
        condition |= Q(**{look.published: True})
    if look.person and actor.person_id is not None:
        condition |= Q(**{look.person: actor.person_id})
    for grant in actor.grants:
        reach = KNOWN_ROLES[grant.role].reach
        if reach == "platform":
            condition |= ~Q(pk__in=[])
        elif reach == "region" and look.region and grant.region_path:
            condition |= Q(**{f"{look.region}__startswith": grant.region_path})
        elif reach in ("own", "assigned") and look.organisation and grant.organisation_id is not None:
            condition |= Q(**{look.organisation: grant.organisation_id})
            if reach == "assigned":
                condition |= _opened(grant, look)
        elif reach == "consented" and look.organisation:
            condition |= _opened(grant, look)
    return condition


def _opened(grant: ActorRole, look: ScopeFields) -> Q:
    """The rows that an assignment opens: the same law as `ActorRole._opens`."""
    within = Q(**{f"{look.organisation}__in": sorted(grant.assigned)})
    match ROOMS[grant.role].get(look.room):
        case "assignment":
            return within
        case "year":
            pairs = sorted(pair for pair in grant.years if pair[0] in grant.assigned)
            whole = (Q(**{look.organisation: owner, look.year: str(year)}) for owner, year in pairs)
            return reduce(or_, whole, Q(pk__in=[]))
        case "body":
            return within & Q(**{look.body: grant.organisation_id})
        case _:
            return Q(pk__in=[])
