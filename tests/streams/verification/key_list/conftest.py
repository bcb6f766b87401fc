"""Four plants of a province, verified in 2022 and 2023: one that stays, one that enters, one that may leave, one below.

And PLANT of the world, which nobody verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.verification.cases.model import Conclusion, Verification
from tanzhi.streams.verification.key_list.model import KeyUnitList, KeyUnitListRow
from tests.factories import PASSWORD, World, key_unit, organisation, person
from tests.streams.verification.conftest import day, report

EMISSIONS = {"STAYS": ("30000", "26000"), "ENTERS": ("1000", "26000.01"), "LEAVES": ("25999", "25999.99")}
BELOW = ("10", "25999.99")  # of a plant that is not on the list: no row
LISTED = ("STAYS", "LEAVES")


def verified(firm: Organisation, year: int, tonnes: str) -> Verification:
    """A verification whose result was told; how it came to be is tried in tests of cases."""
    filing = report(firm, year)
    version = filing.versions.get()
    case = Verification.objects.create(
        organisation=firm, year=year, filing=filing, version=version, state="final", opened_at=datetime.now(UTC)
    )
    Conclusion.objects.create(
        case=case, number=1, report_number=f"{firm.code}-{year}", conforms=True, opinion="", reported=tonnes,
        verified=tonnes, release="", person_name="verifier", at=datetime.now(UTC),
    )  # fmt: skip
    return case


@pytest.fixture
def firms(world: World) -> dict[str, Organisation]:
    made = {}
    for code, tonnes in (EMISSIONS | {"BELOW": BELOW}).items():
        made[code] = organisation(code, world.city)
        if code in LISTED:
            key_unit(made[code])
        for year, each in zip((2022, 2023), tonnes, strict=True):
            verified(made[code], year, each)
    return made


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with day(10, 8):
        yield


@pytest.fixture
def drawn_up(firms: dict[str, Organisation], officer: Actor) -> KeyUnitList:
    result: KeyUnitList = perform("verification.draw_up_list", officer, data={"region": "990000", "year": 2025}).result
    return result


def row_of(key_list: KeyUnitList, code: str) -> KeyUnitListRow:
    row: KeyUnitListRow = key_list.rows.get(organisation__code=code)
    return row


def decided_row(key_list: KeyUnitList, code: str, decision: str, officer: Actor) -> None:
    data = {"outcome": decision, "reason": "连续两年低于门槛"}
    perform("verification.decide_list_row", officer, row_of(key_list, code), data)


@pytest.fixture
def circulated(drawn_up: KeyUnitList, officer: Actor) -> KeyUnitList:
    decided_row(drawn_up, "LEAVES", "off", officer)
    perform("verification.circulate_list", officer, drawn_up)
    drawn_up.refresh_from_db()
    return drawn_up


def decided(key_list: KeyUnitList, officer: Actor, director: Actor) -> KeyUnitList:
    data = {"document": "示例环发〔2024〕9号"}
    proposal = perform("verification.decide_list", officer, key_list, data).proposal
    assert proposal is not None
    decide(proposal, director)
    key_list.refresh_from_db()
    return key_list


def head_of(firm: Organisation) -> Actor:
    return actor_of(person(f"head_of_{firm.code.lower()}", ("enterprise_approver", firm), password=PASSWORD))
