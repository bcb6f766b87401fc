"""From deposited data to allowances in an account: computed, approved by two, issued by two, once."""

from __future__ import annotations

from datetime import date

import pytest

from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.figures.lineage import explain
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.streams.market.allocation import computation
from tanzhi.streams.market.allocation.lineage import line_ref
from tanzhi.streams.market.allocation.model import AllocationRun, Cycle
from tanzhi.streams.market.allocation.work import RUN
from tanzhi.streams.market.ledger.model import Account
from tanzhi.streams.market.ledger.queries import holdings
from tanzhi.workflow.clocks.model import Clock
from tests.factories import World
from tests.streams.market import market


@pytest.fixture
def of(world: World, officer: Actor, clerk: Actor, approver: Actor, plant: Organisation, unit: Unit) -> Cycle:
    market.filed(plant, clerk, approver, 2021)
    market.account(plant, officer)
    return market.cycle(world, officer)


def held(plant: Organisation) -> dict[str, int]:
    return {unit.code: tonnes for unit, tonnes in holdings(plant).items()}


def test_a_run_gives_what_the_worked_example_says(of: Cycle, officer: Actor) -> None:
    line = market.computed(of, officer).lines.get()
    assert (line.emission, line.allowance, line.gap) == (1_567_180, market.ALLOWANCE[2021], -140_978)


def test_allowances_are_issued_by_two_pairs_of_eyes(
    of: Cycle, officer: Actor, director: Actor, plant: Organisation
) -> None:
    run = market.computed(of, officer)
    proposal = perform("registry.approve_run", officer, run).proposal
    with pytest.raises(Refused) as refusal:
        decide(proposal, officer)  # the director decides
    assert refusal.value.code in {"ACT-ROLE", "ACT-SELF"}
    decide(proposal, director)
    market.both("registry.issue_run", officer, director, run)
    assert held(plant) == {"CEA21": market.ALLOWANCE[2021]}


def test_what_was_issued_ahead_is_taken_off_the_final_issue(
    of: Cycle, officer: Actor, director: Actor, plant: Organisation
) -> None:
    ahead = market.issued(of, officer, director, "pre")
    assert ahead.lines.get().to_issue == market.AHEAD
    final = market.issued(of, officer, director)
    assert final.lines.get().to_issue == market.ALLOWANCE[2021] - market.AHEAD
    assert held(plant) == {"CEA21": market.ALLOWANCE[2021]}


def test_a_second_run_issues_or_takes_back_the_difference_and_shows_it(
    of: Cycle, officer: Actor, director: Actor, plant: Organisation, clerk: Actor, approver: Actor
) -> None:
    market.issued(of, officer, director)
    market.filed(plant, clerk, approver, 2021, unit_power_supplied="1600000.000")
    run = market.computed(of, officer)
    [found] = computation.differences(run)
    line = run.lines.get()
    assert found.change is not None
    assert found.change < 0
    assert line.to_issue == found.change
    market.both("registry.approve_run", officer, director, run)
    market.both("registry.issue_run", officer, director, run)
    assert held(plant) == {"CEA21": line.allowance}


def test_deductions_are_taken_off_with_their_reason(of: Cycle, officer: Actor) -> None:
    run = perform("registry.open_run", officer, data={"cycle": of.pk, "year": 2021, "stage": "final"}).result
    taken = [{"organisation": "PLANT", "tonnes": 8_158, "reason": "arrears of 2020"}]
    perform("registry.compute_run", officer, run, {"deductions": taken})
    line = run.lines.get()
    assert (line.to_issue, line.note) == (1_700_000, "arrears of 2020")


def test_a_plant_whose_allowances_do_not_follow_stops_the_approval(
    of: Cycle, officer: Actor, director: Actor, plant: Organisation, clerk: Actor, approver: Actor
) -> None:
    market.filed(plant, clerk, approver, 2021, load_coefficient="", unit_power_supplied="1620000.000")
    run = market.computed(of, officer)
    assert run.lines.get().problem_zh
    with pytest.raises(Refused) as refusal:
        perform("registry.approve_run", officer, run)
    assert refusal.value.code == "REG-UNCLEAR"
    assert refusal.value.findings[0].place == "PLANT"


@pytest.mark.parametrize(("year", "code"), [(2023, "REG-YEAR"), (2021, "REG-RUN")])
def test_a_run_outside_of_the_cycle_or_beside_an_open_one_is_refused(
    of: Cycle, officer: Actor, year: int, code: str
) -> None:
    market.computed(of, officer)
    with pytest.raises(Refused) as refusal:
        perform("registry.open_run", officer, data={"cycle": of.pk, "year": year, "stage": "final"})
    assert refusal.value.code == code


def test_a_year_without_data_is_told(world: World, officer: Actor) -> None:
    empty = market.cycle(world, officer, 2022, 2022)
    with pytest.raises(Refused) as refusal:
        market.computed(empty, officer, year=2022)
    assert refusal.value.code == "REG-EMPTY"


def test_an_account_is_needed_to_be_issued_to(of: Cycle, officer: Actor, director: Actor) -> None:
    run = market.computed(of, officer)
    market.both("registry.approve_run", officer, director, run)
    Account.objects.update(state="closed")
    with pytest.raises(Refused) as refusal:
        market.both("registry.issue_run", officer, director, run)
    assert refusal.value.code == "REG-ACCOUNT"
    assert AllocationRun.objects.get(pk=run.pk).state == "approved"


def test_half_of_a_large_gap_may_be_borrowed_and_is_repaid(
    of: Cycle, officer: Actor, director: Actor, approver: Actor, plant: Organisation, clerk: Actor, world: World
) -> None:
    market.filed(plant, clerk, approver, 2021, unit_obligation_emission="2000000")
    line = market.issued(of, officer, director).lines.get()
    assert line.borrowable == (2_000_000 - market.ALLOWANCE[2021]) // 2
    market.both("registry.borrow", approver, officer, line, {"tonnes": 100_000})
    with pytest.raises(Refused) as refusal:
        market.both("registry.borrow", approver, officer, line, {"tonnes": line.borrowable})
    assert refusal.value.code == "REG-BORROW"
    market.filed(plant, clerk, approver, 2022)
    following = market.cycle(world, officer, 2022, 2022)
    ahead = market.computed(following, officer, "pre", 2022).lines.get()
    assert ahead.to_issue == market.AHEAD - 100_000
    assert held(plant)["CEA22"] == 100_000


# --- who may, and the walk ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "verifier", "stranger"])
def test_only_the_province_opens_runs(of: Cycle, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused) as refusal:
        perform(
            "registry.open_run", request.getfixturevalue(who), data={"cycle": of.pk, "year": 2021, "stage": "final"}
        )
    assert refusal.value.code == "ACT-ROLE"


def test_another_province_finds_no_such_run(of: Cycle, officer: Actor, other_officer: Actor) -> None:
    run = market.computed(of, officer)
    with pytest.raises(Refused) as refusal:
        perform("registry.compute_run", other_officer, run)
    assert refusal.value.code == "ACT-SCOPE"


def test_allowances_walk_down_to_the_deposit(of: Cycle, officer: Actor, approver: Actor) -> None:
    line = market.computed(of, officer).lines.get()
    node = explain(line_ref(line, "enterprise_allowance"), approver)
    kinds = []
    while node.parts and node.parts[0].ref:
        node = explain(node.parts[0].ref, approver)
        kinds.append(node.label.en)
    assert node.ref.startswith("entry:")
    assert "Power supplied" in " ".join(kinds)


def test_a_stranger_does_not_walk_into_a_plant(of: Cycle, officer: Actor, stranger: Actor) -> None:
    line = market.computed(of, officer).lines.get()
    with pytest.raises(Refused) as refusal:
        explain(line_ref(line, "enterprise_allowance"), stranger)
    assert refusal.value.code == "ACT-SCOPE"


@pytest.mark.parametrize(
    ("year", "stage", "due"),
    [
        (2023, "pre", {}),
        (2024, "pre", {"issue": date(2025, 4, 20)}),
        (2024, "final", {"decide": date(2025, 7, 31), "issue": date(2025, 8, 20)}),
        (2025, "pre", {"issue": date(2026, 6, 30)}),
        (2025, "final", {"decide": date(2026, 9, 20), "issue": date(2026, 9, 30)}),
    ],
)
def test_a_run_is_due_on_the_days_of_the_national_calendar(
    world: World, officer: Actor, year: int, stage: str, due: dict[str, date]
) -> None:
    """Days of the notices 环办气候函〔2025〕140号 and 〔2026〕32号; for 2023 there was none, so no clock is guessed."""
    cycle = market.cycle(world, officer, 2023, 2025)
    run = perform("registry.open_run", officer, data={"cycle": cycle.pk, "year": year, "stage": stage}).result
    assert dict(Clock.objects.filter(case=run.reference).values_list("limit", "due_on")) == due


def test_what_a_run_is_due_for_ends_with_each_step(of: Cycle, officer: Actor, director: Actor) -> None:
    run = market.computed(of, officer)
    for code in ("decide", "issue"):
        Clock.objects.create(
            subject=run.reference, case=run.reference, kind=RUN.name, limit=code, unit="natural", name_zh="x",
            name_en="x", address="/", started_on=date(2022, 1, 1), due_on=date(2022, 9, 20),
        )  # fmt: skip
    running = Clock.objects.filter(case=run.reference, state=Clock.RUNNING).order_by("limit")
    market.both("registry.approve_run", officer, director, run)
    assert [row.limit for row in running.all()] == ["issue"]
    market.both("registry.issue_run", officer, director, run)
    assert not running.exists()
    run.refresh_from_db()
    assert run.closed_at is not None
