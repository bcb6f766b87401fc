"""What was computed before a value was entered: listed with the value, computed anew by two, before and after seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.filings.models import Result
from tanzhi.law import earlier as earlier_law
from tanzhi.law.earlier import Entered, earlier
from tanzhi.law.pages import READERS
from tanzhi.organisations.roles import ROLES
from tanzhi.rulebook.kernel import guidelines
from tests.law.conftest import Enter
from tests.law.test_reevaluation import YEAR, burned
from tests.law.test_stored import BENCHMARK, OXIDATION
from tests.registry import market

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.models import Organisation, Unit
    from tests.factories import World

__all__ = ["burned"]  # the fixture of the deposited month
PAGE = "/law/parameters/power/oxidation_rate/"
PREVIEW = "/filings/reevaluation/?guideline=power&year=2023"


def test_every_stream_that_keeps_computations_says_which_an_earlier_law_computed() -> None:
    rooms = {records.__module__.split(".")[1] for records in earlier_law._ROOMS}
    assert rooms == {"filings", "verification", "registry", "inventory"}


def test_a_deposit_is_listed_compared_and_computed_anew_and_shows_both(
    burned: Result, enter: Enter, administrator: Actor, other_administrator: Actor, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("administrator")
    entry = enter(**OXIDATION)
    [listed] = client.get(PAGE).context["entered"][0]["earlier"]
    assert listed.count == 1
    assert listed.address == PREVIEW
    before = client.get(PREVIEW)
    [row] = before.context["rows"]
    # 86.20 t × 0.8616 tC/t × 98 % × 44/12 = 266.88, with 97 % 264.15
    assert {(c.before, c.after) for c in row.changes} == {("266.88", "264.15"), ("267", "264")}
    assert "filings.reevaluate/?guideline=power&amp;year=2023" in before.content.decode()
    assert before.content.decode().count(burned.release) == 1
    proposal = perform("filings.reevaluate", administrator, data=YEAR).proposal
    assert proposal is not None
    decide(proposal, other_administrator)
    page = client.get(f"/filings/{burned.filing_id}/")
    [done] = page.context["reevaluations"]
    assert (done.before, done.after) == (burned.release, Result.objects.order_by("pk").last().release)  # type: ignore[union-attr]  # there are results
    changes = {(c.label.en, c.before, c.after, c.difference) for c in done.changes}
    assert changes == {(c.label.en, c.before, c.after, c.difference) for c in row.changes}
    for change in done.changes:
        assert client.get("/explain/", {"ref": change.before_ref}).status_code == 200
        assert client.get("/explain/", {"ref": change.after_ref}).status_code == 200
    assert earlier(Entered.of(entry), administrator) == []
    assert "没有变化" in client.get(PREVIEW).content.decode()


def test_an_issued_run_is_listed_and_leads_to_a_new_one(
    world: World, officer: Actor, director: Actor, clerk: Actor, approver: Actor, plant: Organisation, unit: Unit,
    enter: Enter,
) -> None:  # fmt: skip
    market.filed(plant, clerk, approver, 2021)
    market.account(plant, officer)
    run = market.issued(market.cycle(world, officer), officer, director)
    entry = enter(**BENCHMARK, keys={"unit_class": "I"})
    listed = [one for one in earlier(Entered.of(entry), officer) if one.kind == run.name]
    assert [one.count for one in listed] == [1]
    assert f"cycle={run.cycle_id}&year=2021&stage=final" in listed[0].address
    again = perform("registry.open_run", officer, data={"cycle": run.cycle_id, "year": 2021, "stage": "final"}).result
    perform("registry.compute_run", officer, again)
    assert [one for one in earlier(Entered.of(entry), officer) if one.kind == run.name] == []
    run.refresh_from_db()
    assert run.lines.get().allowance == market.ALLOWANCE[2021]  # what was issued stays


@pytest.mark.parametrize("address", [PAGE, PREVIEW])
@pytest.mark.parametrize("role", [role for role in ROLES if role != "public"])
def test_the_pages_are_for_those_who_read_the_law(role: str, address: str, signed_in: Callable[[str], Client]) -> None:
    assert signed_in(role).get(address).status_code == (200 if role in READERS else 404)


@pytest.mark.parametrize(
    "address",
    ["/law/parameters/power/nothing/", "/law/parameters/x/y/", "/filings/reevaluation/?guideline=x&year=2023"],
)
def test_what_is_no_parameter_has_no_page(address: str, signed_in: Callable[[str], Client]) -> None:
    assert signed_in("administrator").get(address).status_code == 404


def test_every_parameter_has_a_page_that_calls_keys_and_codes_by_their_names(
    signed_in: Callable[[str], Client],
) -> None:
    browser = signed_in("auditor")
    raw = []
    for rulebook in guidelines().values():
        for table in rulebook.parameters:
            address = f"/law/parameters/{rulebook.name}/{table.name}/"
            answer = browser.get(address)
            assert answer.status_code == 200, address
            page = answer.content.decode()
            rules = [rule for key in table.keys for rule in rulebook.rules.get(key, ())]
            codes = {code for rule in rules for code, label in rule.options.items() if label.zh != code}
            cells = [f'<th scope="col">{rule.name}</th>' for rule in rules] + [f"<td>{code}</td>" for code in codes]
            raw += [f"{address} {cell}" for cell in cells if cell in page]
    assert raw == []
