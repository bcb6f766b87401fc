"""What is owed follows the membership of each year: a new plant owes its years alone, an excluded one nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.figures import Question, ask
from tanzhi.organisations.register.model import Membership, Organisation
from tanzhi.streams.market.allocation.model import AllocationRun, Cycle
from tanzhi.streams.market.compliance.status import standings
from tanzhi.streams.market.ledger.model import Account
from tests.factories import World, key_unit, organisation
from tests.streams.market import market

OWED = 1_567_180


@pytest.fixture
def both_years(world: World, officer: Actor) -> Cycle:
    """The cycle of 2021 and 2022, to be met by the end of 2023."""
    with market.at(2022, 1, 4):
        return market.cycle(world, officer, 2021, 2022)


def stand(cycle: Cycle, year: int, month: int, day: int) -> Any:
    return next(iter(standings(cycle, date(year, month, day))), None)


def issued(cycle: Cycle, officer: Actor, director: Actor, year: int, day: tuple[int, int, int]) -> AllocationRun:
    with market.at(*day):
        return market.issued(cycle, officer, director, "final", year)


def decided(officer: Actor, director: Actor, year: int, standing: str, reason: str, on: str) -> None:
    row = {"organisation": "PLANT", "standing": standing, "reason": reason}
    data = {"region": "990000", "market": "power", "year": year, "document": "notice", "source": "the web"}
    asked = perform("organisations.decide_membership", officer, data=data | {"decided_on": on, "rows": [row]})
    assert asked.proposal is not None
    decide(asked.proposal, director, True, "")


@pytest.mark.parametrize(
    ("years", "determined_after"),
    [((2022,), 1), ((2021,), 1), ((2021, 2022), 2)],
    ids=["listed in the second year", "left after the first", "member in both"],
)
@pytest.mark.usefixtures("unit")
def test_a_plant_owes_for_the_years_of_its_membership_and_can_surrender(
    both_years: Cycle, plant: Organisation, clerk: Actor, approver: Actor, officer: Actor, director: Actor,
    years: tuple[int, ...], determined_after: int,
) -> None:  # fmt: skip
    Membership.objects.filter(organisation=plant).exclude(year__in=years).delete()
    market.account(plant, officer)
    for number, year in enumerate(years, 1):
        with market.at(2023, 3, 20):
            market.filed(plant, clerk, approver, year)
        issued(both_years, officer, director, year, (2023, 7, number))
        known = stand(both_years, 2023, 7, number)
        assert (known.compliance.obligation is not None) == (number == determined_after)
    known = stand(both_years, 2023, 12, 30)
    assert (known.years, known.lacking) == (years, ())
    assert known.compliance.obligation == OWED * len(years)
    assert known.compliance.standing == "open"
    own = Account.objects.get(organisation=plant, kind="holding")
    with market.at(2023, 11, 9):
        asked = {"cycle": both_years.pk, "allowances": OWED * len(years), "credits": 0}
        perform("registry.confirm_surrender", officer, perform("registry.surrender", approver, own, asked).result)
    assert stand(both_years, 2024, 1, 5).compliance.standing == "met"
    question = Question("2023", "990000")
    assert ask("market.cycle_obligation", question).value == OWED * len(years)
    assert ask("market.surrendered_in_full", question).value == 1


@pytest.mark.usefixtures("unit")
def test_what_is_not_determined_is_never_overdue_and_says_which_year_lacks(
    both_years: Cycle, plant: Organisation, clerk: Actor, approver: Actor, officer: Actor, director: Actor
) -> None:
    market.account(plant, officer)
    with market.at(2023, 3, 20):
        market.filed(plant, clerk, approver, 2021)
    issued(both_years, officer, director, 2021, (2023, 7, 1))
    for day in ((2023, 12, 31), (2024, 1, 1), (2030, 1, 1)):
        known = stand(both_years, *day)
        assert known.compliance.standing == "undetermined"
        assert known.lacking == (2022,)
    own = Account.objects.get(organisation=plant, kind="holding")
    with market.at(2023, 11, 9), pytest.raises(Refused) as refusal:
        perform("registry.surrender", approver, own, {"cycle": both_years.pk, "allowances": 10, "credits": 0})
    assert refusal.value.code == "REG-OBLIGATION"
    assert "2022" in refusal.value.message.en
    scope = ask("market.cycle_obligation", Question("2023", "990000")).answer.scope
    assert "of 1 a year is not determined" in scope.en


@pytest.mark.usefixtures("unit")
def test_a_late_decision_changes_the_obligation_from_its_day_and_the_next_run_takes_the_allowances_back(
    both_years: Cycle, plant: Organisation, clerk: Actor, approver: Actor, officer: Actor, director: Actor
) -> None:
    market.account(plant, officer)
    for year in both_years.years:
        with market.at(2023, 3, 20):
            market.filed(plant, clerk, approver, year)
        issued(both_years, officer, director, year, (2023, 7, 1))
    with market.at(2023, 9, 1):
        decided(officer, director, 2022, "excluded", "units_excluded", "2023-09-01")
    owed = [stand(both_years, *day).compliance.obligation for day in ((2023, 8, 31), (2023, 9, 1))]
    assert owed == [2 * OWED, OWED]
    run = issued(both_years, officer, director, 2022, (2023, 9, 20))
    line = run.lines.get()
    assert (line.obligation, line.to_issue) == (0, -market.ALLOWANCE[2022])
    assert "机组均暂不纳入" in line.note
    assert ask("market.cycle_obligation", Question("2023", "990000")).value == OWED
    with market.at(2023, 10, 1):
        decided(officer, director, 2022, "member", "", "2023-10-01")
    assert stand(both_years, 2023, 10, 1).compliance.obligation == OWED  # the last run says nil until the next one


@pytest.mark.usefixtures("unit")
def test_a_run_computes_the_members_of_its_year_alone(
    both_years: Cycle, plant: Organisation, clerk: Actor, approver: Actor, officer: Actor, director: Actor
) -> None:
    with market.at(2023, 3, 20):
        market.filed(plant, clerk, approver, 2022)
        Membership.objects.filter(year=2022).update(standing="excluded", reason="new_in_year")
        with pytest.raises(Refused) as refusal:
            market.computed(both_years, officer, year=2022)
        assert refusal.value.code == "REG-EMPTY"
        Membership.objects.filter(year=2022).delete()
        run = AllocationRun.objects.get(year=2022)
        with pytest.raises(Refused) as refusal:
            perform("registry.compute_run", officer, run)
    assert refusal.value.code == "REG-MEMBERS"


@pytest.mark.usefixtures("unit")
def test_a_member_without_data_stands_in_the_run_and_in_the_way_of_its_approval(
    both_years: Cycle, world: World, plant: Organisation, clerk: Actor, approver: Actor, officer: Actor
) -> None:
    key_unit(organisation("SILENT", world.city))
    with market.at(2023, 3, 20):
        market.filed(plant, clerk, approver, 2022)
        run = market.computed(both_years, officer, year=2022)
        assert [line.organisation.code for line in run.lines.filter(to_issue=None)] == ["SILENT"]
        with pytest.raises(Refused) as refusal:
            perform("registry.approve_run", officer, run)
    assert [(one.code, one.place) for one in refusal.value.findings] == [("REG-UNCLEAR", "SILENT")]
    without = [{"organisation": "SILENT", "reason": "no report yet"}]
    with market.at(2023, 3, 21):
        run = perform("registry.compute_run", officer, run, {"without": without}).result
        assert perform("registry.approve_run", officer, run).proposal is not None
    assert next(row for row in standings(both_years, date(2024, 1, 1)) if row.organisation.code == "SILENT").lacking


def test_whoever_is_no_member_in_any_year_is_told_so(
    both_years: Cycle, plant: Organisation, approver: Actor, officer: Actor
) -> None:
    Membership.objects.all().delete()
    own = market.account(plant, officer)
    assert standings(both_years, date(2024, 1, 1)) == []
    with pytest.raises(Refused) as refusal:
        perform("registry.surrender", approver, own, {"cycle": both_years.pk, "allowances": 10, "credits": 0})
    assert refusal.value.code == "REG-MEMBER"
