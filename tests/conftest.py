"""Fixtures of all rooms: two made-up provinces and the people who act in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.conf import settings

from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.organisations.people.roles import actor_of
from tanzhi.presentation.intake import pool
from tests import built_once, factories

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tanzhi.law.models import ParameterEntry
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.register.model import Facility, Organisation, Region, Unit
    from tests.factories import World

# How fast a machine makes up its examples says nothing about what is tested.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

pytest_plugins = (
    "tests.groups",  # the others read its marks
    "tests.answers",
    "tests.browser",
    "tests.databases",
    "tests.engines",
    "tests.example",
    "tests.provinces",
    "tests.skips",
    "tests.widths",
)


@pytest.fixture(scope="session", autouse=True)
def fast_and_separate(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Cheap password hashes; keys and files in a folder of this run's own."""
    settings.TANZHI_REFUSE_UNCOVERED = True
    settings.TANZHI_TIME_CODES = "off"  # a device for each director of a test; tests/organisations tries it on
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.VAR = tmp_path_factory.mktemp("var")
    settings.MEDIA_ROOT = settings.VAR / "files"
    settings.STATIC_ROOT = settings.VAR / "static"
    settings.STATIC_ROOT.mkdir()
    pool.WALL_SECONDS = 120  # how busy the machine is that tests says nothing; the processor's limit stands


@pytest.fixture(autouse=True)
def an_empty_database() -> None:
    built_once.begin_anew()


@pytest.fixture
def world(db: None) -> World:
    return factories.world()


@pytest.fixture
def province(world: World) -> Region:
    return world.province


@pytest.fixture
def plant(world: World) -> Organisation:
    return world.plant


@pytest.fixture
def facility(world: World) -> Facility:
    return world.facility


@pytest.fixture
def unit(world: World) -> Unit:
    return world.unit


@pytest.fixture
def clerk_person(world: World) -> Person:
    return factories.person("clerk", ("enterprise_filer", world.plant), password=factories.PASSWORD)


@pytest.fixture
def clerk(clerk_person: Person) -> Actor:
    """The plant's filer."""
    return actor_of(clerk_person)


@pytest.fixture
def approver(world: World) -> Actor:
    """The plant's approver."""
    return actor_of(factories.person("approver", ("enterprise_approver", world.plant)))


@pytest.fixture
def officer(world: World) -> Actor:
    """The province's officer."""
    return actor_of(factories.person("officer", ("provincial_officer", world.authority)))


@pytest.fixture
def second_officer(world: World) -> Actor:
    """Another officer of the province."""
    return actor_of(factories.person("second_officer", ("provincial_officer", world.authority)))


@pytest.fixture
def director(world: World) -> Actor:
    return actor_of(factories.person("director", ("provincial_director", world.authority)))


@pytest.fixture
def city_officer(world: World) -> Actor:
    return actor_of(factories.person("city_officer", ("city_officer", world.city_authority)))


@pytest.fixture
def verifier(world: World) -> Actor:
    """A verifier to whom the plant was assigned."""
    return actor_of(factories.person("verifier", ("verifier", world.verifier_firm)))


@pytest.fixture
def administrator(db: None) -> Actor:
    return actor_of(factories.person("administrator", ("administrator", None)))


@pytest.fixture
def other_administrator(db: None) -> Actor:
    return actor_of(factories.person("other_administrator", ("administrator", None)))


@pytest.fixture
def enter(administrator: Actor, other_administrator: Actor) -> Callable[..., ParameterEntry]:
    """Enter a value of the law, proposed by one administrator and approved by another."""

    def entered(**data: Any) -> ParameterEntry:
        proposal = perform("law.enter_parameter", administrator, data=data).proposal
        assert proposal is not None
        result: ParameterEntry = decide(proposal, other_administrator).result
        return result

    return entered


@pytest.fixture
def security_administrator(db: None) -> Actor:
    """Who keeps people's accounts and rights."""
    return actor_of(factories.person("security_administrator", ("security_administrator", None)))


@pytest.fixture
def second_administrator(db: None) -> Actor:
    """Another security administrator, who decides what the first one asks."""
    return actor_of(factories.person("second_administrator", ("security_administrator", None)))


@pytest.fixture
def other_officer(world: World) -> Actor:
    """The officer of the other province."""
    return actor_of(factories.person("other_officer", ("provincial_officer", world.other_authority)))


@pytest.fixture
def stranger(world: World) -> Actor:
    """A filer of the other province's plant: every right there, none here."""
    return actor_of(factories.person("stranger", ("enterprise_filer", world.other_plant)))


@pytest.fixture(autouse=True)
def head_of_another_test() -> Iterator[None]:
    """The head signed last is kept beside the keys, outside the database that each test gets anew."""
    pinned = settings.VAR / "keys" / "last-head"
    before = pinned.read_bytes() if pinned.exists() else None
    yield
    if before is not None:
        pinned.write_bytes(before)
    elif pinned.exists():
        pinned.write_bytes(b'{"root":"","size":0}')
