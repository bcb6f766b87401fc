"""Two made-up provinces with people in every role, written through the actions; shared by the tests of all rooms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tanzhi.actions.references import reference
from tanzhi.actions.registry import Actor, perform
from tanzhi.actions.witness import witnessed
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Facility, Membership, Organisation, Region, Unit
from tests.built_once import built_once

SINCE = date(2020, 1, 1)
PASSWORD = "painted-caves-of-990000"
PLATFORM = Actor.platform()
REGISTERED = {
    "rated_power": "350",
    "main_fuel": "conventional_coal",
    "boiler_type": "pulverised",
    "heat_supply": "cogeneration",
    "cooling": "water",
}
"""What the register says of the plant's unit: class II by every plan."""


def region(code: str, parent: Region | None = None, **more: Any) -> Region:
    data = {"code": code, "zh": f"地区{code}", "en": f"Region {code}", "since": SINCE, "kind": "province"} | more
    if parent is not None:
        data |= {"parent": parent.code, "kind": more.get("kind", "city")}
    return perform("organisations.add_region", PLATFORM, data=data).result


def organisation(
    code: str, where: Region, kind: str = "enterprise", sector: str = "power", **more: Any
) -> Organisation:
    data = {"code": code, "zh": f"示例{code}", "en": f"Example {code}", "kind": kind, "region": where.code}
    if kind == "enterprise":
        data["sector"] = sector
    return perform("organisations.register", PLATFORM, data=data | {"since": SINCE} | more).result


def facility(owner: Organisation, code: str = "") -> Facility:
    data = {
        "code": code or f"{owner.code}-F",
        "zh": "一厂",
        "en": "Plant 1",
        "region": owner.region.code,
        "since": SINCE,
    }
    return perform("organisations.add_facility", PLATFORM, owner, data).result


def unit(plant: Facility, number: str = "1", **attributes: str) -> Unit:
    data = {"number": number, "attributes": attributes, "since": SINCE}
    return perform("organisations.add_unit", PLATFORM, plant, data).result


def person(sign_in_name: str, *grants: tuple[str, Organisation | None], password: str | None = None) -> Person:
    """Somebody with roles; only with a password can he sign in, because hashing one takes its time."""
    held = tuple((role, where.code if where else "") for role, where in grants)
    return built_once(
        ("person", sign_in_name, held, password), lambda: _person(sign_in_name, *grants, password=password)
    )


def _person(sign_in_name: str, *grants: tuple[str, Organisation | None], password: str | None) -> Person:
    data = {"sign_in_name": sign_in_name, "name": sign_in_name.replace("_", " ").title()}
    invited = perform("organisations.invite_person", PLATFORM, data=data).result
    for role, where in grants:
        held = {"role": role, "organisation": where.code if where else "", "since": SINCE}
        perform("organisations.grant_role", PLATFORM, invited.person, held)
    if password is not None:
        accept = {"secret": invited.secret, "password": password}
        perform("organisations.accept_invitation", actor_of(invited.person), invited.person, accept)
    return Person.objects.get(pk=invited.person.pk)


def key_unit(firm: Organisation, since: date = SINCE, years: Iterable[int] | None = None) -> Organisation:
    """On the list of key emission units, and a member of its market in the years since."""
    data = {"sector": firm.sector, "since": since, "basis": "≥ 26 000 tCO2"}
    perform("organisations.enter_list", PLATFORM, firm, data)
    members_of(firm, range(since.year, 2028) if years is None else years)
    return firm


def members_of(firm: Organisation, years: Iterable[int], market: str = "power", standing: str = "member") -> None:
    """Decisions as two people of a province take them, years at a time; the act itself is tried in its own test."""
    with witnessed("tests.members", reference(firm)):
        Membership.objects.bulk_create(
            Membership(
                organisation=firm, market=market, year=year, standing=standing, document="list of the year",
                source="made up for tests", decided_on=date(year, 1, 1), at=datetime(year, 1, 1, tzinfo=UTC),
            )
            for year in years
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """Province 990000 with a city, a plant and people; province 980000 with the same, for whoever must see nothing."""

    province: Region
    city: Region
    authority: Organisation
    city_authority: Organisation
    plant: Organisation
    facility: Facility
    unit: Unit
    verifier_firm: Organisation
    other_province: Region
    other_city: Region
    other_authority: Organisation
    other_plant: Organisation


def world() -> World:
    """The two provinces, with their organisations."""
    return built_once("world", _world)


def _world() -> World:
    province, elsewhere = region("990000"), region("980000")
    city, other_city = region("990100", province), region("980100", elsewhere)
    authority = organisation("P99", province, "authority")
    city_authority = organisation("C99", city, "authority")
    plant = key_unit(organisation("PLANT", city))
    works = facility(plant)
    one = unit(works, "1", **REGISTERED)
    verifier = organisation("VER", province, "verifier")
    perform("organisations.assign", PLATFORM, plant, {"holder": "VER", "since": SINCE})
    other_authority = organisation("P98", elsewhere, "authority")
    other_plant = key_unit(organisation("OTHER", other_city))
    firms = (authority, city_authority, plant, works, one, verifier)
    return World(province, city, *firms, elsewhere, other_city, other_authority, other_plant)
