"""A sector may hold several industries: who is of which is chosen, and nobody owes a report by another one."""

from __future__ import annotations

from datetime import date

import pytest

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.filings.reminders.duties import duties
from tanzhi.organisations.register.membership import on_the_list
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import reporters, reporting
from tanzhi.organisations.sectors import accounting
from tanzhi.rulebook.kernel import Guideline, Industry, Level, Parameters, Text, guidelines
from tests import factories
from tests.factories import World

SECTOR, ONE, OTHER = "building_materials", "cement", "quarries"
ON = date(2024, 7, 1)


@pytest.fixture(autouse=True)
def quarries(monkeypatch: pytest.MonkeyPatch) -> Guideline:
    """Another industry of the sector, which is made up."""
    made_up = Guideline(
        OTHER,
        title=Text("采石（虚构）", "Quarries (made up)"),
        levels={"enterprise": "enterprises", "quarry": Level("quarries", Text("采石场", "Quarry"))},
        parameters=Parameters({}),
        industry=Industry(SECTOR, Text("采石", "Quarries"), total="emission", unit_total="quarry_emission"),
    )

    @made_up.input("t", level="quarry", label=Text("用量", "Used"), form="month")
    def used() -> None:
        """Used (用量), t."""

    @made_up.quantity("t", level="quarry", label=Text("采石场排放", "Quarry"))
    def quarry_emission(used):  # type: ignore[no-untyped-def]  # a rule
        return used

    @made_up.quantity("t", level="enterprise", label=Text("排放", "Emission"))
    def emission(quarry_emission):  # type: ignore[no-untyped-def]  # a rule
        return quarry_emission

    monkeypatch.setitem(guidelines(), OTHER, made_up.seal())
    return made_up


def firm(world: World, code: str, guideline: str = "") -> Organisation:
    listed = factories.organisation(code, world.city, sector=SECTOR, guideline=guideline)
    factories.key_unit(listed, years=())
    return listed


def test_each_owes_the_report_of_its_own_guideline_and_who_chose_none_owes_none_yet(world: World) -> None:
    mill, quarry, undecided = firm(world, "MILL", ONE), firm(world, "QUARRY", OTHER), firm(world, "UNDECIDED")
    by = reporters({2024: ON}, [ONE, OTHER])
    assert (by[2024, ONE], by[2024, OTHER]) == ({mill.pk}, {quarry.pk})
    assert set(reporting(2024, SECTOR, ON)) == {mill, quarry, undecided}
    owed = {(duty.organisation_id, duty.form_code.partition(".")[0]) for duty in duties([mill, quarry, undecided], ON)}
    assert owed <= {(mill.pk, ONE), (quarry.pk, OTHER)}
    assert (mill.pk, ONE) in owed
    assert accounting(undecided) is None


def test_the_list_of_a_market_decides_for_those_of_its_guideline_alone(world: World) -> None:
    mill, left, quarry = firm(world, "MILL", ONE), firm(world, "LEFT", ONE), firm(world, "QUARRY", OTHER)
    assert set(on_the_list(2024, "cement", world.province)) == {mill, left}
    factories.members_of(mill, [2024], market="cement")
    by = reporters({2024: ON}, [ONE, OTHER])
    assert (by[2024, ONE], by[2024, OTHER]) == ({mill.pk}, {quarry.pk})
    assert set(reporting(2024, SECTOR, ON)) == {mill, quarry}


def test_an_officer_chooses_the_guideline_among_those_of_the_sector(world: World, officer: Actor) -> None:
    undecided = firm(world, "UNDECIDED")
    with pytest.raises(Refused) as refused:
        perform("organisations.choose_guideline", officer, undecided, {"guideline": "power"})
    assert [finding.field for finding in refused.value.findings] == ["guideline"]
    perform("organisations.choose_guideline", officer, undecided, {"guideline": OTHER})
    undecided.refresh_from_db()
    assert accounting(undecided) is guidelines()[OTHER]
    data = {"code": "NEW", "zh": "新建示例厂", "kind": "enterprise", "region": world.city.code, "sector": "power"}
    with pytest.raises(Refused) as refused:
        perform("organisations.register", officer, data=data | {"guideline": OTHER, "since": "2024-01-01"})
    assert [finding.field for finding in refused.value.findings] == ["guideline"]
