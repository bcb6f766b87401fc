"""A province takes a lower share of pre-allocation for one plant: decided by two, computed, printed and walked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tanzhi.actions.four_eyes import decide
from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.figures.lineage import explain
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.streams.market.allocation.computation import differences
from tanzhi.streams.market.allocation.lineage import evaluated, line_ref
from tanzhi.streams.market.allocation.model import AllocationLine, Cycle, LoweredShare
from tests.factories import World
from tests.streams.market import market

BASE = 1_567_180
DECISION = {"share": "30", "reason": "production halved since April", "document": "环气候〔2026〕15号"}
UNIT = {"cooling": "", "unit_power_supplied": "", "heat_ratio": "", "unit_generation": "1750000.000"}
"""What the form of these years asks for instead of what that of 2021 does."""


@pytest.fixture
def of(world: World, officer: Actor, clerk: Actor, approver: Actor, plant: Organisation, unit: Unit) -> Cycle:
    _filed(plant, clerk, approver, 2025)
    market.account(plant, officer)
    return market.cycle(world, officer, 2025, 2026)


def _filed(plant: Organisation, clerk: Actor, approver: Actor, year: int) -> None:
    asked = {"form_code": "power_allocation.year", "organisation_id": plant.pk, "period": str(year)}
    filing = perform("filings.open", clerk, data=asked).result
    row = {name: value for name, value in {**market.UNIT, **UNIT}.items() if value}
    perform("filings.save", clerk, filing, {"record": {"units": [row]}})
    perform("filings.check", clerk, filing)
    perform("filings.deposit", approver, filing)


def _line(of: Cycle, officer: Actor, year: int = 2025) -> AllocationLine:
    return market.computed(of, officer, "pre", year).lines.get()


def _again(line: AllocationLine) -> AllocationLine:
    return AllocationLine.objects.select_related("run", "organisation", "lowered").get(pk=line.pk)


def lowered(line: AllocationLine, officer: Actor, director: Actor, **more: str) -> LoweredShare:
    found: LoweredShare = market.both("registry.lower_share", officer, director, line, DECISION | more)
    return found


def test_the_plan_s_half_holds_until_two_decide_on_less(of: Cycle, officer: Actor, director: Actor) -> None:
    line = _line(of, officer)
    assert line.allowance == BASE // 2
    proposal = perform("registry.lower_share", officer, line, DECISION).proposal
    assert _again(line).allowance == BASE // 2
    with pytest.raises(Refused) as refusal:
        decide(proposal, officer)
    assert refusal.value.code in {"ACT-ROLE", "ACT-SELF"}
    decision = decide(proposal, director).result
    # 1 567 180 × 0.5 = 783 590; × 0.3 = 470 154
    assert (decision.before, decision.share) == ("50", "30")
    assert (decision.tonnes_before, decision.tonnes) == (783_590, 470_154)
    after = _again(line)
    assert (after.allowance, after.to_issue, after.pk) == (470_154, 470_154, line.pk)


def test_the_line_prints_the_decision_and_its_walk_ends_in_it(
    of: Cycle, officer: Actor, director: Actor, approver: Actor
) -> None:
    line = _line(of, officer)
    lowered(line, officer, director)
    after = _again(line)
    assert "50% 调整为 30%" in after.remark.zh
    assert DECISION["document"] in after.remark.en
    reference = line_ref(after, "enterprise_pre_allocation")
    seen = []
    while not reference.startswith("entry:"):
        node = explain(reference, approver)
        seen.append(node)
        reference = next(part.ref for part in node.parts if part.ref and "parameter" not in part.ref)
        if node.label.en == "Pre-allocation of the unit":
            reference = next(part.ref for part in node.parts if "pre_allocation_share" in part.ref)
        if node.label.en == "Pre-allocation share used":
            reference = next(part.ref for part in node.parts if "lowered_share" in part.ref)
    facts = {fact.label.en: fact.words.en for fact in seen[-1].facts}
    assert facts["Reason"] == DECISION["reason"]
    assert facts["Pre-allocation"] == "783,590 → 470,154 t"
    assert explain(reference, approver).label.en


def test_computing_again_and_a_later_run_of_the_year_keep_it_and_another_year_does_not(
    of: Cycle, officer: Actor, director: Actor, plant: Organisation, clerk: Actor, approver: Actor
) -> None:
    line = _line(of, officer)
    lowered(line, officer, director)
    run = perform("registry.compute_run", officer, line.run).result
    assert [(row.pk, row.allowance) for row in run.lines.all()] == [(line.pk, 470_154)]
    market.both("registry.approve_run", officer, director, run)
    market.both("registry.issue_run", officer, director, run)
    later = _line(of, officer)
    assert (later.allowance, later.run.number) == (470_154, 2)
    assert differences(later.run) == []
    _filed(plant, clerk, approver, 2026)
    assert _line(of, officer, 2026).allowance == 783_590


def test_the_final_allocation_knows_no_share(of: Cycle, officer: Actor, director: Actor) -> None:
    line = _line(of, officer)
    lowered(line, officer, director)
    run = line.run
    market.both("registry.approve_run", officer, director, run)
    market.both("registry.issue_run", officer, director, run)
    final = market.computed(of, officer, "final", 2025).lines.get()
    assert final.lowered is None
    assert final.to_issue == final.allowance - 470_154
    with pytest.raises(Refused) as refusal:
        perform("registry.lower_share", officer, final, DECISION)
    assert refusal.value.code == "REG-SHARE-RUN"


def test_the_plan_s_share_again_takes_a_decision_back(of: Cycle, officer: Actor, director: Actor) -> None:
    line = _line(of, officer)
    lowered(line, officer, director)
    back = lowered(line, officer, director, share="50", reason="production is back")
    assert (back.before, back.tonnes_before, back.tonnes) == ("30", 470_154, 783_590)
    assert [row.share for row in LoweredShare.objects.order_by("pk")] == ["30", "50"]


@pytest.mark.parametrize(("share", "tonnes"), [("0", 0), ("0.01", 156), ("49.99", 783_433)])
def test_a_share_is_floored_per_unit(of: Cycle, officer: Actor, director: Actor, share: str, tonnes: int) -> None:
    # 1 567 180 × 0.0001 = 156.718; × 0.4999 = 783 433.282
    line = _line(of, officer)
    lowered(line, officer, director, share=share)
    assert _again(line).allowance == tonnes


@pytest.mark.parametrize(
    ("share", "code"),
    [
        ("50.01", "REG-SHARE"),
        ("70", "REG-SHARE"),
        ("50", "REG-SHARE"),
        ("-1", "ACT-INPUT"),
        ("100.01", "ACT-INPUT"),
        ("30.005", "ACT-INPUT"),
        ("3,0", "ACT-INPUT"),
        ("NaN", "ACT-INPUT"),
        ("", "ACT-INPUT"),
    ],
)
def test_a_share_that_the_plan_does_not_allow_is_refused(of: Cycle, officer: Actor, share: str, code: str) -> None:
    line = _line(of, officer)
    with pytest.raises(Refused) as refusal:
        perform("registry.lower_share", officer, line, DECISION | {"share": share})
    assert refusal.value.code == code
    assert {finding.field for finding in refusal.value.findings} == {"share"}


@pytest.mark.parametrize("field", ["reason", "document"])
def test_a_decision_needs_its_reason_and_its_document(of: Cycle, officer: Actor, field: str) -> None:
    line = _line(of, officer)
    with pytest.raises(Refused) as refusal:
        perform("registry.lower_share", officer, line, DECISION | {field: ""})
    assert [finding.field for finding in refusal.value.findings] == [field]


def test_the_plans_before_2025_let_nobody_take_less(
    world: World, officer: Actor, clerk: Actor, approver: Actor, plant: Organisation, unit: Unit
) -> None:
    market.filed(plant, clerk, approver, 2021)
    line = market.computed(market.cycle(world, officer), officer, "pre").lines.get()
    with pytest.raises(Refused) as refusal:
        perform("registry.lower_share", officer, line, DECISION)
    assert refusal.value.code == "REG-SHARE-YEAR"


def test_what_was_proposed_before_the_run_was_computed_again_is_proposed_again(
    of: Cycle, officer: Actor, director: Actor
) -> None:
    line = _line(of, officer)
    proposal = perform("registry.lower_share", officer, line, DECISION).proposal
    perform("registry.compute_run", officer, line.run)
    with pytest.raises(Refused) as refusal:
        decide(proposal, director)
    assert refusal.value.code == "ACT-STALE"


@pytest.mark.parametrize("who", ["clerk", "approver", "verifier", "stranger", "director"])
def test_only_the_province_s_officers_propose_it(
    of: Cycle, officer: Actor, who: str, request: pytest.FixtureRequest
) -> None:
    line = _line(of, officer)
    with pytest.raises(Refused) as refusal:
        perform("registry.lower_share", request.getfixturevalue(who), line, DECISION)
    assert refusal.value.code in {"ACT-ROLE", "ACT-SCOPE"}


def test_another_province_finds_no_such_line(of: Cycle, officer: Actor, other_officer: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        perform("registry.lower_share", other_officer, _line(of, officer), DECISION)
    assert refusal.value.code == "ACT-SCOPE"


def test_an_issued_line_stands_as_it_was_decided_whatever_is_decided_later(
    of: Cycle, officer: Actor, director: Actor
) -> None:
    line = _line(of, officer)
    lowered(line, officer, director)
    market.both("registry.approve_run", officer, director, line.run)
    market.both("registry.issue_run", officer, director, line.run)
    later = _line(of, officer)
    lowered(later, officer, director, share="20")
    first = _again(line)
    assert first.lowered.share == "30"
    assert evaluated(first).value("enterprise_pre_allocation").number == 470_154
    with pytest.raises(Refused) as refusal:
        perform("registry.lower_share", officer, first, DECISION | {"share": "10"})
    assert refusal.value.code == "REG-SHARE-RUN"


def _page(person: Person, line: AllocationLine, data: dict[str, Any] | None = None) -> Any:
    Person.objects.filter(pk=person.pk).update(is_active=True, state="active")
    client, person = Client(), Person.objects.get(pk=person.pk)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client.post(line.get_absolute_url(), data) if data else client.get(line.get_absolute_url())


def test_the_page_of_a_line_takes_the_decision_and_gives_bad_input_back(
    of: Cycle, officer: Actor, clerk_person: Person
) -> None:
    line, person = _line(of, officer), Person.objects.get(pk=officer.person_id)
    assert 'name="share"' in _page(person, line).content.decode()
    refused = _page(person, line, DECISION | {"share": "60"})
    assert refused.status_code == 422
    assert "REG-SHARE" in refused.content.decode()
    assert 'value="60"' in refused.content.decode()
    assert _page(person, line, DECISION).status_code == 302
    plant = _page(clerk_person, line).content.decode()
    assert "783\u2009590" in plant
    assert 'name="share"' not in plant


def test_a_stranger_finds_no_page_of_a_line(of: Cycle, officer: Actor, stranger: Actor) -> None:
    assert _page(Person.objects.get(pk=stranger.person_id), _line(of, officer)).status_code == 404


def test_a_share_that_was_lowered_to_nil_is_raised_again_from_nil(of: Cycle, officer: Actor, director: Actor) -> None:
    line = _line(of, officer)
    decision = lowered(line, officer, director, share="0")
    assert (decision.before, decision.share, decision.tonnes) == ("50", "0", 0)
    with pytest.raises(Refused, match="REG-SHARE"):  # nil holds already
        lowered(_again(line), officer, director, share="0")
    again = lowered(_again(line), officer, director, share="50")
    assert (again.before, again.share, again.tonnes) == ("0", "50", 783_590)
